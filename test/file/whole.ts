/** A file as its author writes it, changed at any place. */
// biome-ignore lint/suspicious/noExplicitAny: whatever stands there.
export type Written = any;

/** Somebody of each kind. */
export const [ROOT, RAY, IAN, TIA] = [
  "root@acme.test",
  "ray@acme.test",
  "ian@acme.test",
  "tia@acme.test",
] as const;

/** An organisation with one of everything that a file can say. */
export const whole = (): Written => ({
  sightline: 1,
  organization: {
    ...{
      key: "acme",
      name: "Acme",
      timeZone: "UTC",
      edition: "ENTERPRISE",
      hierarchy: "ROLE",
      language: "EN",
    },
    ...{ seats: { regular: 9, team: 2 }, superAdmin: ROOT, longestSupportDays: 60 },
  },
  roles: {
    ceo: { name: "CEO" },
    head: { name: "Head", parent: "ceo" },
    rep: { name: "Rep", parent: "head", shareDataWithPeers: false },
  },
  profiles: { plain: { name: "Plain", modules: { leads: ["VIEW"] }, capabilities: ["SEND_EMAIL"] } },
  users: {
    [ROOT]: { name: "Root", role: "ceo", profile: "administrator" },
    [RAY]: {
      ...{ name: "Ray", role: "rep", profile: "plain", reportsTo: ROOT },
      applications: { CRM: {}, DESK: { values: { role: "Agent", profile: "Agent", department: "General" } } },
    },
    [IAN]: { name: "Ian", role: "rep", status: "INACTIVE" },
    [TIA]: { name: "Tia", role: "rep", license: "TEAM", teamModules: { tickets: "MEMBER" } },
  },
  applications: {
    WIKI: {
      ...{ name: "Wiki", takesSeat: true, seatlessBy: "guest" },
      actions: { PENDING: ["UNASSIGN"], ACTIVE: ["EDIT", "ENABLE", "DISABLE"] },
      fields: {
        space: { label: "Space", type: "OPTION", required: true, options: ["Docs"] },
        guest: { type: "BOOLEAN" },
      },
      administrators: [RAY],
    },
  },
  groups: { all: { name: "All", members: [{ role: "rep" }] } },
  modules: {
    leads: {
      label: "Leads",
      default: "PRIVATE",
      fields: { status: { type: "PICKLIST", options: ["new", "won"] }, size: { type: "NUMBER" } },
    },
    tickets: { label: "Tickets", kind: "TEAM" },
  },
  teamUserModules: [],
  sharingRules: {
    some: {
      ...{ name: "Some", module: "leads", from: { role: "ceo" }, to: { group: "all" }, access: "READ_ONLY" },
      ...{ includeSuperiors: false, active: true },
    },
    won: {
      name: "Won",
      module: "leads",
      criteria: { field: "status", op: "EQ", value: "won" },
      to: "everyone",
      access: "READ_ONLY",
    },
  },
  records: { leads: { one: { owner: RAY, name: "One", values: { status: "new" } } } },
  shares: [{ record: "leads/one", to: { user: IAN }, access: "READ_ONLY" }],
  supportAccess: {
    agent: "agent@vendor.test",
    grantedAt: "2026-11-20T00:00:00Z",
    expiresOn: "2026-12-01",
    reason: "Why",
    extraDenials: [],
  },
});
