import type { FieldEntry, OrganizationFile, RecordEntry, ShareEntry, Value } from "../oracle/file.ts";
import type { Dice } from "../random/dice.ts";

/** Somebody who asks, by address (null: nobody signed in), and why most records are out of reach. */
export type Persona = { readonly who: string | null; readonly because: string };

export const PERSONAS: readonly Persona[] = [
  { who: "nora@acme.test", because: "owns nothing and was given nothing" },
  { who: "rolf@acme.test", because: "reaches own records only" },
  { who: "lena@acme.test", because: "reaches own records and those below in the role tree" },
  { who: "rita@acme.test", because: "reaches records through rules and shares" },
  { who: "eve@acme.test", because: "was given a share and a rule that have expired" },
  { who: "gus@acme.test", because: "was given shares in modules that the profile does not open" },
  { who: "tom@acme.test", because: "is a team user" },
  { who: "stella@acme.test", because: "may change every structure and reaches own records only" },
  { who: "agent@vendor.test", because: "is the support agent before the grant" },
  { who: null, because: "is not signed in" },
];

/** Those of them who are users of the organisation. */
export const MEMBERS: readonly { readonly who: string }[] = PERSONAS.flatMap(({ who }) =>
  who?.endsWith("@acme.test") === true ? [{ who }] : [],
);

/** Sees everything: makes cursors, and shows that a question touches what others do not reach. */
export const ROOT = "root@acme.test";
export const AGENT = "agent@vendor.test";

const EXPIRED = "2026-11-30T00:00:00Z";

/** Who owns records of a module, and how many. Nobody's share of a module is all of it. */
const OWNERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  accounts: { rolf: 2, rex: 5, rob: 3, ian: 2, sam: 4, sid: 2, root: 3, lena: 1, gus: 1 },
  leads: { rolf: 6, rex: 12, rob: 7, ian: 4, sam: 6, sid: 4, root: 4, stella: 3, lena: 2, gus: 2, eve: 1 },
  deals: { rolf: 3, rex: 4, sam: 4, root: 2, stella: 1 },
  tickets: { tom: 4, tess: 7, sam: 3, rolf: 2 },
};

const TEXTS = ["", "alpha", "Alpha", "beta", "beta%", "be_a", "zeta", "10", "9", "é", "e\u0301", "\u{1f680}"];
const OPTIONS = ["new", "open", "won", "lost"];
const MINUTE = 60_000;

/**
 * An organisation in which every persona reaches some records and not others, the same for the same dice.
 *
 * Every field type is there. Values come from small sets, so that what is hidden ties with what is not; half of the
 * lookups point to hidden records from most points of view.
 */
export function organizationOf(dice: Dice): OrganizationFile {
  const file = structuredClone(STRUCTURE);
  const records: NonNullable<OrganizationFile["records"]> = {};
  for (const [module, owners] of Object.entries(OWNERS)) {
    const total = Object.values(owners).reduce((sum, n) => sum + n, 0);
    const keys = dice.sample(
      Array.from({ length: total }, (_, at) => `${module}-${at}`),
      total,
    );
    records[module] = {};
    for (const [owner, n] of Object.entries(owners)) {
      for (const key of keys.splice(0, n))
        records[module][key] = recordOf(dice, file, `${owner}@acme.test`, module);
    }
  }
  file.records = records;
  for (const [module, entries] of Object.entries(records)) {
    for (const record of Object.values(entries)) record.values = valuesOf(dice, file, module);
  }
  file.shares = sharesOf(dice, records);
  return file;
}

function recordOf(dice: Dice, file: OrganizationFile, owner: string, module: string): RecordEntry {
  const at = Date.parse("2026-06-01T00:00:00Z") + dice.between(0, 150 * 24 * 60) * MINUTE;
  const label = file.modules?.[module]?.label ?? module;
  return {
    owner,
    name: dice.chance(0.3)
      ? label
      : `${label} ${dice.pick(["North", "South", "south", "%", "_"])} ${dice.between(1, 40)}`,
    createdAt: new Date(at).toISOString(),
  };
}

function valuesOf(dice: Dice, file: OrganizationFile, module: string): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [key, field] of Object.entries(file.modules?.[module]?.fields ?? {})) {
    if (field.required === true || dice.chance(0.8)) values[key] = someValue(dice, file, field);
  }
  return values;
}

function someValue(dice: Dice, file: OrganizationFile, field: FieldEntry): Value {
  const options = field.options ?? [];
  const day = new Date(Date.parse("2026-01-01T00:00:00Z") + dice.between(0, 40) * 24 * 60 * MINUTE);
  switch (field.type) {
    case "TEXT":
      return dice.chance(0.7) ? dice.pick(TEXTS) : `secret ${dice.between(0, 999)}`;
    case "NUMBER":
      return dice.chance(0.7) ? dice.between(-3, 6) : dice.between(0, 9999) / 4;
    case "BOOLEAN":
      return dice.chance(0.5);
    case "DATE":
      return day.toISOString().slice(0, 10);
    case "DATETIME":
      return day.toISOString();
    case "PICKLIST":
      return dice.pick(options);
    case "MULTI_PICKLIST":
      return dice.sample(options, dice.between(0, options.length));
    case "EMAIL":
      return `${dice.pick(["ann", "bob", "Bob", "zoe_1"])}@${dice.pick(["a", "b"])}.test`;
    case "LOOKUP":
      return dice.pick(Object.keys(file.records?.[field.module ?? ""] ?? {}));
    case "USER":
      return dice.pick(["rex@acme.test", "rolf@acme.test", "rita@acme.test", "sam@acme.test"]);
  }
}

/** Shares to personas, shares that are over, and shares among others on what the personas do not reach. */
function sharesOf(dice: Dice, records: NonNullable<OrganizationFile["records"]>): ShareEntry[] {
  const given: readonly (readonly [string, number, Omit<ShareEntry, "record">])[] = [
    ["leads", 3, { to: { user: "rita@acme.test" }, access: "FULL" }],
    ["leads", 3, { to: { group: "friends" }, access: "READ_ONLY" }],
    ["accounts", 3, { to: { role: "desk" }, access: "READ_WRITE" }],
    ["leads", 4, { to: { user: "eve@acme.test" }, access: "FULL", expiresAt: EXPIRED }],
    ["leads", 5, { to: { user: "gus@acme.test" }, access: "FULL" }],
    ["leads", 3, { to: { user: "tom@acme.test" }, access: "READ_WRITE" }],
    ["tickets", 2, { to: { user: "tom@acme.test" }, access: "READ_ONLY" }],
    ["leads", 8, { to: { user: "sid@acme.test" }, access: "READ_WRITE" }],
    ["leads", 5, { to: { roleAndSubordinates: "ceo" }, access: "READ_ONLY" }],
    ["accounts", 6, { to: { user: "sid@acme.test" }, access: "FULL", expiresAt: "2027-01-01T00:00:00Z" }],
    ["tickets", 4, { to: { role: "ceo" }, access: "READ_ONLY" }],
  ];
  return given.flatMap(([module, n, share]) =>
    dice
      .sample(Object.keys(records[module] ?? {}), n)
      .map((key) => ({ record: `${module}/${key}`, ...share })),
  );
}

const STRUCTURE: OrganizationFile = {
  sightline: 1,
  organization: {
    key: "acme",
    name: "Acme",
    timeZone: "Europe/Berlin",
    edition: "ENTERPRISE",
    seats: { regular: 40, team: 10 },
    superAdmin: ROOT,
  },
  roles: {
    ceo: { name: "CEO" },
    head: { name: "Head of sales", parent: "ceo" },
    rep: { name: "Rep", parent: "head" },
    service: { name: "Service" },
    desk: { name: "Desk", parent: "service" },
  },
  profiles: {
    "no-leads": { name: "No leads", modules: { accounts: ["VIEW", "CREATE", "EDIT"] } },
    steward: {
      name: "Steward",
      modules: {
        accounts: ["VIEW", "CREATE", "EDIT", "DELETE", "SHARE", "CHANGE_OWNER"],
        leads: ["VIEW", "CREATE", "EDIT", "DELETE", "SHARE", "CHANGE_OWNER"],
        deals: ["VIEW", "EDIT"],
      },
      capabilities: [
        ...["MANAGE_DATA_SHARING", "MANAGE_ROLES", "MANAGE_GROUPS", "MANAGE_PROFILES", "MANAGE_MODULES"],
        ...["MANAGE_USERS", "MANAGE_ORGANIZATION", "MANAGE_ADMIN_PERMISSIONS", "VIEW_ACCESS"],
      ],
    },
  },
  users: {
    [ROOT]: { name: "Root", role: "ceo", profile: "administrator" },
    "nora@acme.test": { name: "Nora", role: "service" },
    "rolf@acme.test": { name: "Rolf", role: "rep", teamModules: { tickets: "PARTICIPANT" } },
    "lena@acme.test": { name: "Lena", role: "head" },
    "rita@acme.test": { name: "Rita", role: "desk" },
    "eve@acme.test": { name: "Eve", role: "service" },
    "gus@acme.test": { name: "Gus", role: "service", profile: "no-leads" },
    "tom@acme.test": { name: "Tom", role: "service", license: "TEAM", teamModules: { tickets: "REQUESTER" } },
    "stella@acme.test": { name: "Stella", role: "service", profile: "steward" },
    "rex@acme.test": { name: "Rex", role: "rep", reportsTo: "lena@acme.test" },
    "rob@acme.test": { name: "Rob", role: "rep" },
    "ian@acme.test": { name: "Ian", role: "rep", status: "INACTIVE" },
    "sam@acme.test": { name: "Sam", role: "service", teamModules: { tickets: "MANAGER" } },
    "sid@acme.test": { name: "Sid", role: "service" },
    "tess@acme.test": { name: "Tess", role: "service", license: "TEAM", teamModules: { tickets: "ADMIN" } },
    "pam@acme.test": { name: "Pam", role: "rep", status: "PENDING" },
  },
  groups: {
    friends: { name: "Friends", members: [{ user: "rita@acme.test" }, { group: "empty" }] },
    empty: { name: "Empty", members: [] },
    board: { name: "Board", members: [{ role: "ceo" }, { user: "sid@acme.test" }] },
  },
  modules: {
    accounts: {
      label: "Account",
      fields: {
        city: { type: "TEXT" },
        rating: { type: "NUMBER" },
        parent: { type: "LOOKUP", module: "accounts" },
      },
    },
    leads: {
      label: "Lead",
      fields: {
        status: { type: "PICKLIST", options: OPTIONS, required: true },
        note: { type: "TEXT" },
        score: { type: "NUMBER" },
        hot: { type: "BOOLEAN" },
        due: { type: "DATE" },
        signedAt: { type: "DATETIME" },
        tags: { type: "MULTI_PICKLIST", options: ["red", "green", "blue"] },
        email: { type: "EMAIL" },
        account: { type: "LOOKUP", module: "accounts" },
        referrer: { type: "LOOKUP", module: "leads" },
        deal: { type: "LOOKUP", module: "deals" },
        ticket: { type: "LOOKUP", module: "tickets" },
        contact: { type: "USER" },
      },
    },
    deals: {
      label: "Deal",
      default: "PUBLIC_READ_ONLY",
      fields: { amount: { type: "NUMBER" }, lead: { type: "LOOKUP", module: "leads" } },
    },
    tickets: {
      label: "Ticket",
      kind: "TEAM",
      fields: { text: { type: "TEXT" }, lead: { type: "LOOKUP", module: "leads" } },
    },
  },
  teamUserModules: ["leads"],
  sharingRules: {
    "reps-to-friends": {
      module: "accounts",
      from: { role: "rep" },
      to: { group: "friends" },
      access: "READ_WRITE",
    },
    "won-to-rita": {
      module: "leads",
      criteria: {
        all: [
          { field: "status", op: "EQ", value: "won" },
          { field: "score", op: "GT", value: 0 },
        ],
      },
      to: { user: "rita@acme.test" },
      access: "READ_ONLY",
    },
    "hot-reps-to-desk": {
      module: "leads",
      from: { roleAndSubordinates: "head" },
      criteria: { field: "hot", op: "EQ", value: true },
      to: { role: "desk" },
      access: "READ_WRITE",
    },
    "lost-to-board": {
      module: "leads",
      criteria: {
        any: [
          { field: "status", op: "EQ", value: "lost" },
          { field: "tags", op: "CONTAINS", value: "red" },
        ],
      },
      to: { group: "board" },
      access: "READ_WRITE_DELETE",
    },
    "open-to-service": {
      module: "leads",
      criteria: { field: "status", op: "EQ", value: "open" },
      to: { user: "eve@acme.test" },
      access: "READ_ONLY",
      expiresAt: EXPIRED,
    },
    "all-to-nora": {
      module: "leads",
      from: "everyone",
      to: { user: "nora@acme.test" },
      access: "READ_ONLY",
      active: false,
    },
  },
  supportAccess: { agent: AGENT, grantedAt: "2026-12-02T00:00:00Z", expiresOn: "2026-12-31" },
};
