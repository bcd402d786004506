/** The table of `spec/capabilities.md`, row by row: who holds what without anybody listing it. */
type Row = { names: string; standard?: string; team?: string; agentDenied?: string };

const ALL = "*";

const ROWS: Row[] = [
  { names: "MANAGE_DATA_SHARING" },
  { names: "MANAGE_ROLES MANAGE_GROUPS MANAGE_PROFILES MANAGE_MODULES" },
  { names: "MANAGE_USERS", agentDenied: ALL },
  { names: "MANAGE_ADMIN_PERMISSIONS", agentDenied: ALL },
  { names: "MANAGE_ORGANIZATION", agentDenied: ALL },
  { names: "MANAGE_SUBSCRIPTION", agentDenied: ALL },
  { names: "MANAGE_SUPPORT_ACCESS", agentDenied: ALL },
  { names: "MANAGE_AUTOMATION" },
  { names: "VIEW_ALL_DATA MODIFY_ALL_DATA" },
  { names: "VIEW_ACCESS" },
  { names: "VIEW_AUDIT_LOG" },
  { names: "EXPORT_AUDIT_LOG", agentDenied: ALL },
  { names: "EXPORT_DATA", standard: ALL, team: ALL, agentDenied: ALL },
  { names: "BACKUP_DATA", agentDenied: ALL },
  { names: "APPLY_POLICY COPY_CUSTOMIZATION", agentDenied: "COPY_CUSTOMIZATION" },
  { names: "RECORD_DELETE", standard: ALL, team: ALL },
  {
    names: "SEND_EMAIL MASS_EMAIL AUTO_EMAIL SCHEDULED_MASS_EMAIL WORKFLOW_EMAIL",
    standard: "SEND_EMAIL MASS_EMAIL",
    team: "SEND_EMAIL MASS_EMAIL",
    agentDenied: ALL,
  },
  {
    names: "MERGE_DUPLICATES CONVERT_RECORD APPROVE_RECORDS SHARE_LIST_VIEWS",
    standard: ALL,
    team: "SHARE_LIST_VIEWS",
  },
  {
    names: "BE_LOOKED_UP ASSIGNMENT_TARGET OWN_ORGANIZATION_RECORDS",
    standard: ALL,
    agentDenied: "BE_LOOKED_UP ASSIGNMENT_TARGET",
  },
  {
    names: "VIEW_DASHBOARDS MANAGE_DASHBOARDS EXPORT_REPORTS RUN_MACRO",
    standard: ALL,
    agentDenied: "EXPORT_REPORTS",
  },
  {
    names: "START_CALL CREATE_MEETING BOOK_CALENDAR JOIN_GAMIFICATION USE_SANDBOX LINK_INTEGRATION_RECORDS",
    standard: "START_CALL CREATE_MEETING BOOK_CALENDAR JOIN_GAMIFICATION LINK_INTEGRATION_RECORDS",
    agentDenied: "CREATE_MEETING",
  },
  { names: "USE_FEEDS VIEW_INTEGRATION_RECORDS", standard: ALL, team: ALL },
  { names: "VIEW_SOCIAL_POSTS", standard: ALL, team: ALL, agentDenied: ALL },
  { names: "MAIL_MERGE", standard: ALL, team: ALL, agentDenied: ALL },
  {
    names: "SHEET_VIEW PRINT_VIEW DATE_RANGE_BEYOND_5_YEARS",
    standard: ALL,
    team: "PRINT_VIEW",
    agentDenied: ALL,
  },
  {
    names:
      "TAB_GROUPS TRUSTED_DOMAINS FLOW_ACTIONS GENERATE_ZSC_KEY MANAGE_INTEGRATIONS EDIT_CONNECTIONS " +
      "CREATE_CONNECTIONS MARKETPLACE CHANNELS ASK_ASSISTANT CONVERSATIONAL_AI DEVELOPER_VOICE ENRICH_DATA " +
      "VOICE_OF_CUSTOMER IMAGE_VALIDATION VOICE_ASSISTANT SURVEY CLIENT_SCRIPT SOCIAL",
    standard: "CHANNELS ASK_ASSISTANT ENRICH_DATA SURVEY SOCIAL",
    agentDenied: ALL,
  },
  { names: "VIEW_CONNECTIONS" },
];

/** CA-01: every capability there is. */
export const CAPABILITIES: readonly string[] = ROWS.flatMap((row) => row.names.split(" "));

/** CA-02: what `standard` holds unless its list is replaced. */
export const HELD_BY_STANDARD: readonly string[] = ROWS.flatMap((row) => cell(row, row.standard));

/** CA-02: all that a team user holds, and cannot be given more. */
export const HELD_BY_TEAM_USER: readonly string[] = ROWS.flatMap((row) => cell(row, row.team));

/** SA-07: what a support agent is denied although an administrator holds it (D01 to D32, and the "no" of `BE_LOOKED_UP`). */
export const DENIED_TO_AGENT: readonly string[] = ROWS.flatMap((row) => cell(row, row.agentDenied));

/** "by the regular licence" and "by the module's DELETE": these need not be listed in a profile. */
export const NEED_NOT_BE_LISTED: readonly string[] = [
  "BE_LOOKED_UP",
  "ASSIGNMENT_TARGET",
  "OWN_ORGANIZATION_RECORDS",
  "RECORD_DELETE",
];

function cell(row: Row, entry: string | undefined): string[] {
  if (entry === undefined) return [];
  return (entry === ALL ? row.names : entry).split(" ");
}
