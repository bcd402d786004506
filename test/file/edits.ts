import { IAN, RAY, ROOT, TIA, type Written } from "./whole.ts";

/** Where something stands in the file, what is done with it, and the kinds of events that tell of it. */
export type Edit = readonly [path: string, edit: (file: Written) => void, actions: readonly string[]];

export const ORGANIZATION = ["APPLY_ORGANIZATION_FILE"];
const SUPPORT = ["REVOKE_SUPPORT_ACCESS", "GRANT_SUPPORT_ACCESS"];
export const EDITS: readonly Edit[] = [
  ["organization.name", (file) => (file.organization.name = "Acme Inc"), ORGANIZATION],
  ["organization.timeZone", (file) => (file.organization.timeZone = "Europe/Berlin"), ORGANIZATION],
  ["organization.edition", (file) => (file.organization.edition = "ULTIMATE"), ORGANIZATION],
  ["organization.hierarchy", (file) => (file.organization.hierarchy = "REPORTING"), ORGANIZATION],
  ["organization.longestSupportDays", (file) => (file.organization.longestSupportDays = 90), ORGANIZATION],
  ["organization.superAdmin", makeRaySuper, [...ORGANIZATION, "UPDATE_USER"]],
  ["organization.seats", (file) => (file.organization.seats.team = 3), ["SET_SEATS"]],
  ["organization.language", (file) => (file.organization.language = "DE"), ["UPDATE_ORGANIZATION"]],
  ["roles.*.name", (file) => (file.roles.rep.name = "Reps"), ["UPDATE_ROLE"]],
  ["roles.*.parent", (file) => (file.roles.rep.parent = "ceo"), ["MOVE_ROLE"]],
  ["roles.*.shareDataWithPeers", (file) => (file.roles.rep.shareDataWithPeers = true), ["UPDATE_ROLE"]],
  ["roles.*.forecastManager", (file) => (file.roles.head.forecastManager = ROOT), ["UPDATE_ROLE"]],
  ["profiles.*.name", (file) => (file.profiles.plain.name = "Usual"), ["UPDATE_PROFILE"]],
  ["profiles.*.modules", (file) => file.profiles.plain.modules.leads.push("EDIT"), ["UPDATE_PROFILE"]],
  [
    "profiles.*.capabilities",
    (file) => file.profiles.plain.capabilities.push("START_CALL"),
    ["UPDATE_PROFILE"],
  ],
  ["users.*.name", (file) => (file.users[RAY].name = "Roy"), ["UPDATE_USER"]],
  ["users.*.role", (file) => (file.users[IAN].role = "head"), ["UPDATE_USER"]],
  ["users.*.profile", (file) => (file.users[IAN].profile = "plain"), ["UPDATE_USER"]],
  [
    "users.*.license",
    (file) => Object.assign(file.users[IAN], { license: "TEAM", profile: "team-user" }),
    ["UPDATE_USER"],
  ],
  ["users.*.status", (file) => delete file.users[IAN].status, ["UPDATE_USER"]],
  ["users.*.accepted", (file) => (file.users[IAN].accepted = false), ["UPDATE_USER"]],
  ["users.*.reportsTo", (file) => delete file.users[RAY].reportsTo, ["UPDATE_USER"]],
  ["users.*.administrator", (file) => (file.users[RAY].administrator = true), ["UPDATE_USER"]],
  ["users.*.formerly", renameIan, ["CHANGE_ADDRESS"]],
  ["users.*.teamModules", (file) => (file.users[TIA].teamModules.tickets = "ADMIN"), ["UPDATE_USER"]],
  [
    "users.*.applications",
    (file) => (file.users[RAY].applications.ANALYTICS = { values: { role: "Viewer" } }),
    ["ASSIGN_APPLICATION"],
  ],
  [
    "users.*.applications",
    (file) => (file.users[RAY].applications.DESK.values.lightAgent = true),
    ["EDIT_APPLICATION_ASSIGNMENT"],
  ],
  [
    "users.*.applications",
    (file) => (file.users[RAY].applications.DESK.enabled = false),
    ["DISABLE_APPLICATION"],
  ],
  ["users.*.applications", (file) => delete file.users[RAY].applications.DESK, ["UNASSIGN_APPLICATION"]],
  ["applications.*.name", (file) => (file.applications.WIKI.name = "Pages"), ["CONFIGURE_APPLICATION"]],
  [
    "applications.*.takesSeat",
    (file) => Object.assign(file.applications.WIKI, { takesSeat: false, seatlessBy: undefined }),
    ["CONFIGURE_APPLICATION"],
  ],
  [
    "applications.*.seatlessBy",
    (file) => delete file.applications.WIKI.seatlessBy,
    ["CONFIGURE_APPLICATION"],
  ],
  [
    "applications.*.actions",
    (file) => file.applications.WIKI.actions.ACTIVE.push("UNASSIGN"),
    ["CONFIGURE_APPLICATION"],
  ],
  [
    "applications.*.fields",
    (file) => file.applications.WIKI.fields.space.options.push("Notes"),
    ["CONFIGURE_APPLICATION"],
  ],
  [
    "applications.*.administrators",
    (file) => (file.applications.WIKI.administrators = []),
    ["CONFIGURE_APPLICATION"],
  ],
  ["groups.*.name", (file) => (file.groups.all.name = "Some"), ["UPDATE_GROUP"]],
  ["groups.*.members", (file) => file.groups.all.members.push({ user: IAN }), ["UPDATE_GROUP"]],
  ["modules.*.label", (file) => (file.modules.leads.label = "Chances"), ["UPDATE_MODULE"]],
  ["modules.*.default", (file) => (file.modules.leads.default = "PUBLIC_READ_ONLY"), ["UPDATE_MODULE"]],
  ["modules.*.fields", (file) => file.modules.leads.fields.status.options.push("lost"), ["UPDATE_FIELD"]],
  ["modules.*.fields", turnFields, ["UPDATE_MODULE"]],
  ["teamUserModules", (file) => file.teamUserModules.push("leads"), ["UPDATE_MODULE"]],
  ["sharingRules.*.name", (file) => (file.sharingRules.some.name = "Few"), ["UPDATE_SHARING_RULE"]],
  ["sharingRules.*.from", (file) => (file.sharingRules.some.from = { role: "rep" }), ["UPDATE_SHARING_RULE"]],
  [
    "sharingRules.*.criteria",
    (file) => (file.sharingRules.won.criteria.value = "new"),
    ["UPDATE_SHARING_RULE"],
  ],
  ["sharingRules.*.to", (file) => (file.sharingRules.some.to = { user: RAY }), ["UPDATE_SHARING_RULE"]],
  [
    "sharingRules.*.access",
    (file) => (file.sharingRules.some.access = "READ_WRITE"),
    ["UPDATE_SHARING_RULE"],
  ],
  [
    "sharingRules.*.includeSuperiors",
    (file) => (file.sharingRules.some.includeSuperiors = true),
    ["UPDATE_SHARING_RULE"],
  ],
  ["sharingRules.*.active", (file) => (file.sharingRules.some.active = false), ["UPDATE_SHARING_RULE"]],
  [
    "sharingRules.*.expiresAt",
    (file) => (file.sharingRules.some.expiresAt = "2027-01-01T00:00:00Z"),
    ["UPDATE_SHARING_RULE"],
  ],
  ["sharingRules.*.module", (file) => (file.sharingRules.some.module = "tickets"), ["UPDATE_SHARING_RULE"]],
  ["records.*.*.owner", (file) => (file.records.leads.one.owner = ROOT), ["UPDATE_RECORD"]],
  ["records.*.*.name", (file) => (file.records.leads.one.name = "Uno"), ["UPDATE_RECORD"]],
  ["records.*.*.values", (file) => (file.records.leads.one.values.status = "won"), ["UPDATE_RECORD"]],
  ["shares[].access", (file) => (file.shares[0].access = "FULL"), ["SHARE_RECORD"]],
  ["shares[].expiresAt", (file) => (file.shares[0].expiresAt = "2027-01-01T00:00:00Z"), ["SHARE_RECORD"]],
  [
    "shares[].to",
    (file) => file.shares.push({ record: "leads/one", to: { role: "head" }, access: "READ_ONLY" }),
    ["SHARE_RECORD"],
  ],
  ["supportAccess.agent", (file) => (file.supportAccess.agent = "other@vendor.test"), SUPPORT],
  ["supportAccess.grantedAt", (file) => (file.supportAccess.grantedAt = "2026-11-19T00:00:00Z"), SUPPORT],
  ["supportAccess.expiresOn", (file) => (file.supportAccess.expiresOn = "2026-12-02"), SUPPORT],
  ["supportAccess.extraDenials", (file) => file.supportAccess.extraDenials.push("RECORD_DELETE"), SUPPORT],
  ["supportAccess.reason", (file) => (file.supportAccess.reason = "Since"), ["UPDATE_SUPPORT_ACCESS"]],
  ["pastSupportAccess[]", addPast, ["GRANT_SUPPORT_ACCESS", "REVOKE_SUPPORT_ACCESS"]],
];

/** What a file says that makes no difference to what is there, or is another thing when it changes. */
export const NO_CHANGE: readonly string[] = [
  ...["sightline", "organization.key", "expect.at", "expect.access", "expect.capabilities"],
  // What a module is stays as it is, and so does when a record was created; a share without its record is another one.
  ...["modules.*.kind", "records.*.*.createdAt", "shares[].record", "shares[].includeRelated"],
  // Refused until profiles hide fields.
  ...["profiles.*.fields"],
];

/** The same fields in another order. */
function turnFields({ modules: { leads } }: Written): void {
  leads.fields = Object.fromEntries(Object.entries(leads.fields).reverse());
}

function makeRaySuper(file: Written): void {
  file.organization.superAdmin = RAY;
  file.users[RAY].profile = "administrator";
}

function renameIan(file: Written): void {
  file.users["jan@acme.test"] = { ...file.users[IAN], formerly: IAN };
  delete file.users[IAN];
  file.shares[0].to.user = "jan@acme.test";
}

function addPast(file: Written): void {
  file.pastSupportAccess = [
    {
      ...{ agent: "agent@vendor.test", grantedAt: "2026-10-01T00:00:00Z", expiresOn: "2026-10-10" },
      revokedAt: "2026-10-02T00:00:00Z",
    },
  ];
}
