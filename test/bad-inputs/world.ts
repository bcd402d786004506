import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { NODE_TYPES, type NodeType, toGlobalId } from "../../src/kernel/global-id.ts";
import { type Gateway, openGateway, rows } from "../graphql/gateway.ts";
import { ACME, NOW } from "../graphql/world.ts";

/** Who sends the inputs, and how often: the more somebody may, the deeper an input gets. */
export const PERSONAS: readonly (readonly [weight: number, user: string | null])[] = [
  [1, null],
  [5, "ray@acme.test"],
  [10, "root@acme.test"],
  [4, "tia@acme.test"],
];

/** Leads with a field of every type, and a few of them. */
const TEXT = ACME.replace(/^ {4}lead-\d{2,}: .*\n/gm, "").replace(
  "      signedAt: { type: DATETIME }\n",
  `      signedAt: { type: DATETIME }
      note: { type: TEXT }
      mail: { type: EMAIL }
      isHot: { type: BOOLEAN }
      dueOn: { type: DATE }
`,
);

/** A value for each field of leads that fits it, in two choices at most. */
export const LEAD_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  status: ["new", "won"],
  revenue: [5, 0.25],
  tags: [["hot"], ["hot", "cold"]],
  signedAt: ["2027-01-01T00:00:00Z", "2026-11-01T10:00:00.250+02:00"],
  note: ["A note", ""],
  mail: ["someone@example.test"],
  isHot: [true, false],
  dueOn: ["2027-02-28", "2028-02-29"],
};

/** A cursor of each list, by `Type.field`. */
type Cursors = Readonly<Record<string, readonly string[]>>;

/** The organisation that the inputs are about, with what good arguments are made of. */
export type World = {
  readonly gateway: Gateway;
  /** A token of each persona that signs in. */
  readonly tokens: ReadonlyMap<string, string>;
  readonly database: Database;
  /** Global ids of the organisation. */
  readonly ids: Readonly<Record<NodeType, readonly string[]>>;
  /** Global ids of another organisation in the same database. */
  readonly foreign: Readonly<Record<NodeType, readonly string[]>>;
  readonly cursors: Cursors;
  /** Global ids of the people, by address. */
  readonly people: Readonly<Record<string, string>>;
  /** Global ids by key. */
  readonly modules: ReadonlyMap<string, string>;
  readonly records: readonly { readonly module: string; readonly key: string; readonly id: string }[];
  /** Lines of the log that have not been looked at. */
  readonly log: string[];
};

export async function openWorld(database: Database): Promise<World> {
  const log: string[] = [];
  const gateway = await openGateway(database, TEXT, {
    settings: {
      SIGHTLINE_RATE_PER_USER: "1000000000",
      SIGHTLINE_RATE_PER_OPERATION: "1000000000",
      SIGHTLINE_RATE_PER_ADDRESS: "1000000000",
      SIGHTLINE_LOG_LEVEL: "error",
    },
    log: (line) => log.push(line),
  });
  const text = TEXT.replace("key: acme", "key: other");
  const other = await applyOrganizationFile(database, { text, name: "other.yaml" }, null, { now: NOW });
  const own = await database.reader.organization.findFirstOrThrow({ where: { key: "acme" } });
  const stored = await database.reader.record.findMany({
    where: { orgId: own.id },
    select: { id: true, key: true, module: { select: { key: true } } },
  });
  const modules = await database.reader.module.findMany({
    where: { orgId: own.id },
    select: { id: true, key: true },
  });
  const people = PERSONAS.flatMap(([, user]) => user ?? []);
  const tokens = await Promise.all(people.map(async (user) => [user, await gateway.token(user)] as const));
  return {
    gateway,
    tokens: new Map(tokens),
    database,
    ids: await idsOf(database, own.id),
    foreign: await idsOf(database, other.orgId),
    cursors: await cursorsOf(gateway),
    people: Object.fromEntries(
      (await database.reader.user.findMany({ where: { orgId: own.id } })).map(({ id, email }) => [
        email ?? id,
        toGlobalId("User", id),
      ]),
    ),
    modules: new Map(modules.map(({ id, key }) => [key, toGlobalId("Module", id)])),
    records: stored.map(({ id, key, module }) => ({ module: module.key, key, id: toGlobalId("Record", id) })),
    log,
  };
}

type Ids = { readonly findMany: (query: object) => Promise<readonly { readonly id: string }[]> };

/** Every noun that has global ids has a table, mostly of its name. */
async function idsOf(database: Database, orgId: string): Promise<Record<NodeType, readonly string[]>> {
  const entries = await Promise.all(
    NODE_TYPES.map(async (noun) => {
      if (noun === "Organization") return [noun, [toGlobalId(noun, orgId)]] as const;
      const named = `${noun.charAt(0).toLowerCase()}${noun.slice(1)}` as keyof Database["reader"];
      const table = noun === "SupportAccess" ? "supportGrant" : named;
      const found = await (database.reader[table] as unknown as Ids).findMany({
        where: { orgId },
        select: { id: true },
      });
      return [noun, found.map(({ id }) => toGlobalId(noun, id))] as const;
    }),
  );
  return Object.fromEntries(entries) as Record<NodeType, readonly string[]>;
}

async function cursorsOf(gateway: Gateway): Promise<Cursors> {
  const lists = ["auditEvents", "groups", "modules", "profiles", "roles", "sharingRules", "users"];
  const page = "(first: 3) { edges { cursor } }";
  const data = await gateway.data(
    "root@acme.test",
    `{ ${lists.map((list) => `${list}${page}`).join(" ")}
      records(module: "leads", first: 3) { edges { cursor } }
      ordered: records(module: "leads", first: 3, orderBy: [{ field: "revenue" }, { field: "contact" }]) { edges { cursor } } }`,
  );
  const cursors = (name: string) =>
    rows(data[name]).length && data[name].edges.map((edge: { cursor: string }) => edge.cursor);
  return Object.fromEntries([...lists, "records", "ordered"].map((name) => [`Query.${name}`, cursors(name)]));
}
