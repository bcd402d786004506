/**
 * The catalogue of capabilities (CA-01): named powers that are not about one record.
 *
 * One row each: what it means, what the *Standard* profile holds unless adjusted, what a team user holds, and which
 * denial (D01…D32 of the support-access specification) keeps it from the vendor's support agent.
 */
type Row = {
  readonly description: string;
  /** Held by the profile *Standard* unless adjusted (CA-02). */
  readonly standard?: true;
  /** Held by a team user: always, or in as far as a team role gives it. */
  readonly team?: "ALWAYS" | "BY_TEAM_ROLE";
  /** The denial that keeps it from a support agent. */
  readonly denial?: `D${number}`;
  /** Not given by a profile at all, but by what the row says; need not be listed in a profile. */
  readonly source?: "REGULAR_LICENCE" | "MODULE_DELETE";
};

const CATALOGUE = {
  MANAGE_DATA_SHARING: {
    description: "Set organisation defaults and sharing rules; simulate a change of them.",
  },
  MANAGE_ROLES: { description: "Create, move, rename and delete roles." },
  MANAGE_GROUPS: { description: "Create, change and delete groups." },
  MANAGE_PROFILES: { description: "Create, change and delete profiles, administrator profiles excepted." },
  MANAGE_MODULES: { description: "Create, change and delete modules and fields." },
  MANAGE_USERS: { description: "Invite people, edit their details, assign them.", denial: "D02" },
  MANAGE_ADMIN_PERMISSIONS: {
    description: "Change administrators and the Administrator profile.",
    denial: "D12",
  },
  MANAGE_ORGANIZATION: { description: "See and change company settings.", denial: "D11" },
  MANAGE_SUBSCRIPTION: { description: "Change edition, seats and team licensing.", denial: "D04" },
  MANAGE_SUPPORT_ACCESS: { description: "See, open, move and close support access.", denial: "D01" },
  MANAGE_AUTOMATION: { description: "Change assignment rules, workflows and wizards." },
  VIEW_ALL_DATA: { description: "Read every record of the modules that the profile opens." },
  MODIFY_ALL_DATA: {
    description: "Everything with every record of the modules that the profile opens.",
  },
  VIEW_ACCESS: { description: "Ask who may do what, about others." },
  VIEW_AUDIT_LOG: { description: "Read the whole audit log." },
  EXPORT_AUDIT_LOG: { description: "Export the audit log as CSV.", denial: "D09" },
  EXPORT_DATA: {
    description: "Export records as CSV.",
    standard: true,
    team: "BY_TEAM_ROLE",
    denial: "D07",
  },
  BACKUP_DATA: { description: "Export the organisation file.", denial: "D07" },
  APPLY_POLICY: { description: "Apply an organisation file." },
  COPY_CUSTOMIZATION: { description: "Clone an organisation file into another organisation.", denial: "D14" },
  RECORD_DELETE: {
    description:
      "Delete records, as far as a module's DELETE goes; exists so that a support grant can deny it.",
    team: "BY_TEAM_ROLE",
    source: "MODULE_DELETE",
  },
  SEND_EMAIL: {
    description: "Send an email to the address on a record.",
    standard: true,
    team: "BY_TEAM_ROLE",
    denial: "D05",
  },
  MASS_EMAIL: {
    description: "Send an email to many records at once.",
    standard: true,
    team: "BY_TEAM_ROLE",
    denial: "D06",
  },
  AUTO_EMAIL: { description: "Automatic replies.", denial: "D06" },
  SCHEDULED_MASS_EMAIL: { description: "Mass email at a later time.", denial: "D06" },
  WORKFLOW_EMAIL: { description: "Email sent by a workflow.", denial: "D06" },
  MERGE_DUPLICATES: { description: "Find and merge duplicate records.", standard: true },
  CONVERT_RECORD: { description: "Convert leads, quotes and sales orders.", standard: true },
  APPROVE_RECORDS: { description: "Review and approve records.", standard: true },
  SHARE_LIST_VIEWS: { description: "Share list views with others.", standard: true, team: "ALWAYS" },
  BE_LOOKED_UP: { description: "Appear in a user lookup.", source: "REGULAR_LICENCE" },
  ASSIGNMENT_TARGET: {
    description: "Be chosen by an assignment rule.",
    source: "REGULAR_LICENCE",
    denial: "D17",
  },
  OWN_ORGANIZATION_RECORDS: {
    description: "Own records of organisation modules.",
    source: "REGULAR_LICENCE",
  },
  VIEW_DASHBOARDS: { description: "See dashboards and reports.", standard: true },
  MANAGE_DASHBOARDS: { description: "Create, change and delete dashboards and reports.", standard: true },
  EXPORT_REPORTS: { description: "Export reports.", standard: true, denial: "D08" },
  RUN_MACRO: { description: "Run macros.", standard: true },
  START_CALL: { description: "Start calls.", standard: true },
  CREATE_MEETING: { description: "Create online meetings.", standard: true, denial: "D24" },
  BOOK_CALENDAR: { description: "Offer calendar bookings.", standard: true },
  JOIN_GAMIFICATION: { description: "Take part in gamification.", standard: true },
  USE_SANDBOX: { description: "Use the sandbox." },
  LINK_INTEGRATION_RECORDS: {
    description: "Attach integration-made records to related lists.",
    standard: true,
  },
  USE_FEEDS: { description: "Talk in feeds.", standard: true, team: "ALWAYS" },
  VIEW_SOCIAL_POSTS: {
    description: "Read social posts and comments.",
    standard: true,
    team: "ALWAYS",
    denial: "D32",
  },
  VIEW_INTEGRATION_RECORDS: {
    description: "Read records made by integrations.",
    standard: true,
    team: "ALWAYS",
  },
  SHEET_VIEW: { description: "See lists as a sheet.", standard: true, denial: "D19" },
  PRINT_VIEW: { description: "See lists for printing.", standard: true, team: "ALWAYS", denial: "D19" },
  DATE_RANGE_BEYOND_5_YEARS: {
    description: "Choose a date range further than five years from now.",
    standard: true,
    denial: "D20",
  },
  TAB_GROUPS: { description: "Change tab groups.", denial: "D03" },
  MAIL_MERGE: {
    description: "Merge records into letters.",
    standard: true,
    team: "BY_TEAM_ROLE",
    denial: "D03",
  },
  TRUSTED_DOMAINS: { description: "Change trusted domains.", denial: "D03" },
  FLOW_ACTIONS: { description: "Use flow actions in workflows.", denial: "D03" },
  GENERATE_ZSC_KEY: { description: "Generate an API key.", denial: "D10" },
  MANAGE_INTEGRATIONS: { description: "Change integrations.", denial: "D13" },
  VIEW_CONNECTIONS: { description: "See connections." },
  EDIT_CONNECTIONS: { description: "Edit connections.", denial: "D15" },
  CREATE_CONNECTIONS: { description: "Create connections.", denial: "D30" },
  MARKETPLACE: { description: "Use the marketplace.", denial: "D16" },
  CHANNELS: { description: "Use channels.", standard: true, denial: "D18" },
  ASK_ASSISTANT: { description: "Chat with the assistant.", standard: true, denial: "D21" },
  CONVERSATIONAL_AI: { description: "Use the conversational AI tab.", denial: "D22" },
  DEVELOPER_VOICE: { description: "Use the voice assistant in developer features.", denial: "D23" },
  ENRICH_DATA: { description: "Enrich records with outside facts.", standard: true, denial: "D25" },
  VOICE_OF_CUSTOMER: { description: "Use the voice of the customer.", denial: "D26" },
  IMAGE_VALIDATION: { description: "Validate images.", denial: "D27" },
  VOICE_ASSISTANT: { description: "Use the voice assistant.", denial: "D28" },
  SURVEY: { description: "Use surveys.", standard: true, denial: "D29" },
  CLIENT_SCRIPT: { description: "Write client scripts.", denial: "D31" },
  SOCIAL: { description: "Use social channels.", standard: true, denial: "D32" },
} as const satisfies Record<string, Row>;

export type Capability = keyof typeof CATALOGUE;

/** Every capability, in the order of the catalogue. */
export const CAPABILITIES = Object.keys(CATALOGUE) as readonly Capability[];

/** What the catalogue says of one capability. */
export function capabilityRow(capability: Capability): Row {
  return CATALOGUE[capability];
}

/** Whether the text names a capability; an unknown name is refused wherever one is written (CA-03). */
export function isCapability(text: string): text is Capability {
  return Object.hasOwn(CATALOGUE, text);
}
