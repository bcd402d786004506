import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { describeOnBoth } from "../database.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

// biome-ignore lint/suspicious/noExplicitAny: a file as its author writes it, changed at any place.
type Written = any;

const [ROOT, RAY, IAN, TIA] = ["root@acme.test", "ray@acme.test", "ian@acme.test", "tia@acme.test"] as const;

/** An organisation with one of everything that a file can say. */
const whole = (): Written => ({
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
      fields: { status: { type: "PICKLIST", options: ["new", "won"] } },
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

/** Where something stands in the file, what is done with it, and the kinds of events that tell of it. */
type Edit = readonly [path: string, edit: (file: Written) => void, actions: readonly string[]];

const ORGANIZATION = ["APPLY_ORGANIZATION_FILE"];
const SUPPORT = ["REVOKE_SUPPORT_ACCESS", "GRANT_SUPPORT_ACCESS"];
const EDITS: readonly Edit[] = [
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
const NO_CHANGE: readonly string[] = [
  ...["sightline", "organization.key", "expect.at", "expect.access", "expect.capabilities"],
  // It is asked of who is inactive, when they come back.
  "users.*.accepted",
  // What a module is stays as it is, and so does when a record was created; a share without its record is another one.
  ...["modules.*.kind", "records.*.*.createdAt", "shares[].record", "shares[].includeRelated"],
  // Refused until profiles hide fields.
  ...["profiles.*.fields"],
];

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

describeOnBoth("SA-24 everything that a file can say", (open) => {
  test.each(EDITS)(
    "SA-24 %s: a change of it is told, before and after, and nothing else is",
    async (_, edit, actions) => {
      const { database } = await open();
      const before = whole();
      await apply(database, before);
      const after = whole();
      edit(after);
      const events = await apply(database, after);
      expect(events.map(({ action }) => action).sort()).toEqual(
        [...new Set([...actions, ...ORGANIZATION])].sort(),
      );
      for (const event of events) expect(event.before, event.action).not.toEqual(event.after);
    },
  );

  test("SA-24 what is taken out of the suite is told, and of whom it was taken", async () => {
    const { database } = await open();
    const file = whole();
    file.users[RAY].applications.WIKI = { values: { space: "Docs" } };
    await apply(database, file);
    delete file.applications;
    delete file.users[RAY].applications.WIKI;
    const events = await apply(database, file, true);
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["DELETE_APPLICATION", "UNASSIGN_APPLICATION"]),
    );
  });
});

test("SA-24 each place of the file has its edit: one that is forgotten fails here", () => {
  const covered = new Set([...EDITS.map(([path]) => path), ...NO_CHANGE]);
  const missing = placesOfFile().filter(
    (place) =>
      ![...covered].some(
        (each) => place === each || place.startsWith(`${each}.`) || place.startsWith(`${each}[`),
      ),
  );
  expect(missing).toEqual([]);
});

async function apply(database: Database, file: Written, prune = false) {
  const before = (await database.reader.auditHead.findFirst())?.sequence ?? 0;
  const text = JSON.stringify(file);
  await applyOrganizationFile(database, { text, name: "acme.yaml" }, null, {
    ...{ now: NOW, prune, confirmDeletions: prune },
  });
  return database.reader.auditEvent.findMany({
    where: { sequence: { gt: before } },
    orderBy: { sequence: "asc" },
  });
}

type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
};

/** Every place of an organisation file, by its schema: `*` is any key, `[]` any item. */
function placesOfFile(): readonly string[] {
  const url = new URL("../../src/file/organization-file.schema.json", import.meta.url);
  const places = new Set<string>();
  const walk = (schema: Schema, place: string): void => {
    for (const each of schema.anyOf ?? []) walk(each, place);
    // Those that come with the organisation are kept like others.
    const named = Object.entries(schema.properties ?? {}).map(
      ([key, below]) => [BUILT_IN.has(`${place}.${key}`) ? "*" : key, below] as const,
    );
    const any =
      typeof schema.additionalProperties === "object" ? [["*", schema.additionalProperties] as const] : [];
    for (const [key, below] of [...named, ...any]) walk(below, place === "" ? key : `${place}.${key}`);
    if (schema.items !== undefined) walk(schema.items, `${place}[]`);
    if (named.length + any.length === 0 && schema.items === undefined && schema.anyOf === undefined)
      places.add(place);
  };
  walk(JSON.parse(readFileSync(url, "utf8")) as Schema, "");
  return [...places];
}

const BUILT_IN: ReadonlySet<string> = new Set([
  ...["profiles.administrator", "profiles.standard", "profiles.team-user", "modules.forecasts"],
]);
