import { IAN, RAY, ROOT, type Written } from "./whole.ts";

/** What is added, the kinds of events that tell of it, and those that tell of it when it is taken away again. */
type Addition = readonly [
  what: string,
  add: (file: Written) => void,
  added: readonly string[],
  removed: readonly string[],
];

/** One of each thing, and of what hangs on it. */
export const ADDITIONS: readonly Addition[] = [
  [
    "a role",
    (file) => (file.roles.boss = { name: "Boss", parent: "ceo", forecastManager: ROOT }),
    ["CREATE_ROLE"],
    ["DELETE_ROLE"],
  ],
  [
    "a profile",
    (file) =>
      (file.profiles.new = { name: "New", modules: { leads: ["VIEW"] }, capabilities: ["SEND_EMAIL"] }),
    ["CREATE_PROFILE"],
    ["DELETE_PROFILE"],
  ],
  [
    "a person with applications",
    (file) =>
      (file.users["new@acme.test"] = {
        ...{ name: "New", role: "rep", profile: "plain", reportsTo: ROOT },
        applications: { CRM: {}, WIKI: { enabled: false, values: { space: "Docs" } } },
      }),
    ["CREATE_USER", "ASSIGN_APPLICATION"],
    ["DELETE_USER"],
  ],
  [
    "somebody inactive who never accepted",
    (file) =>
      (file.users["new@acme.test"] = { name: "New", role: "rep", status: "INACTIVE", accepted: false }),
    ["CREATE_USER"],
    ["DELETE_USER"],
  ],
  [
    "an application",
    (file) =>
      (file.applications.SHOP = {
        ...{ name: "Shop", takesSeat: true, seatlessBy: "guest", actions: { PENDING: [], ACTIVE: ["EDIT"] } },
        ...{ fields: { guest: { type: "BOOLEAN" } }, administrators: [RAY] },
      }),
    ["CREATE_APPLICATION"],
    ["DELETE_APPLICATION"],
  ],
  [
    "a group",
    (file) => (file.groups.new = { name: "New", members: [{ user: IAN }, { group: "all" }] }),
    ["CREATE_GROUP"],
    ["DELETE_GROUP"],
  ],
  [
    "a module with a field",
    (file) => (file.modules.new = { label: "New", fields: { one: { type: "PICKLIST", options: ["a"] } } }),
    ["CREATE_MODULE", "CREATE_FIELD"],
    ["DELETE_MODULE"],
  ],
  [
    "a field",
    (file) => (file.modules.leads.fields.of = { type: "LOOKUP", module: "leads", label: "Of" }),
    ["CREATE_FIELD"],
    ["DELETE_FIELD"],
  ],
  [
    "a rule",
    (file) =>
      (file.sharingRules.new = {
        ...{ name: "New", module: "leads", from: { group: "all" }, to: { user: RAY }, access: "READ_WRITE" },
        expiresAt: "2027-01-01T00:00:00Z",
      }),
    ["CREATE_SHARING_RULE"],
    ["DELETE_SHARING_RULE"],
  ],
  [
    "a record",
    (file) => (file.records.leads.two = { owner: RAY, name: "Two", values: { status: "won" } }),
    ["CREATE_RECORD"],
    ["DELETE_RECORD"],
  ],
  [
    "a share",
    (file) => file.shares.push({ record: "leads/one", to: { role: "head" }, access: "FULL" }),
    ["SHARE_RECORD"],
    ["UNSHARE_RECORD"],
  ],
];
