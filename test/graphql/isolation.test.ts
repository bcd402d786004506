import { getNamedType, isInterfaceType, isObjectType } from "graphql";
import { beforeAll, expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { schema } from "../../src/graphql/schema.ts";
import { type NodeType, toGlobalId } from "../../src/kernel/global-id.ts";
import { describeOnBoth } from "../database.ts";
import { type Gateway, openGateway } from "./gateway.ts";
import { absentId } from "./noun-id.ts";
import { ACME, NOW } from "./world.ts";

/**
 * Every argument of the schema that takes a global id, as `Type.field(argument)`. Inputs are probed with the mutations
 * that take them.
 */
function idTakers(): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith("__")) return [];
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      field.args
        .filter((arg) => getNamedType(arg.type).name === "ID")
        .map((arg) => `${type.name}.${field.name}(${arg.name})`),
    );
  });
}

type Foreign = Readonly<Record<NodeType, readonly string[]>>;

/** What a probe asks with a foreign id, and what the answer must be: that of an id that does not exist. */
type Probe = {
  readonly taker: string;
  readonly nouns: readonly NodeType[];
  readonly query: (id: string) => string;
};

const EVERY: readonly NodeType[] = [
  "Organization",
  "User",
  "Role",
  "Profile",
  "Group",
  "Module",
  "Field",
  "Record",
  "SharingRule",
  "RecordShare",
  "AuditEvent",
  "SupportAccess",
];
const quoted = (id: string) => JSON.stringify(id);

const PROBES: readonly Probe[] = [
  { taker: "Query.node(id)", nouns: EVERY, query: (id) => `{ node(id: ${quoted(id)}) { id } }` },
  { taker: "Query.nodes(ids)", nouns: EVERY, query: (id) => `{ nodes(ids: [${quoted(id)}]) { id } }` },
  {
    taker: "Query.record(id)",
    nouns: ["Record"],
    query: (id) => `{ record(id: ${quoted(id)}) { id name } }`,
  },
  {
    taker: "Query.explainAccess(record)",
    nouns: ["Record"],
    query: (id) => `{ explainAccess(record: ${quoted(id)}, action: READ) { allowed } }`,
  },
  {
    taker: "Query.explainAccess(user)",
    nouns: ["User"],
    query: (id) => `{ explainAccess(user: ${quoted(id)}, record: RECORD, action: READ) { allowed } }`,
  },
  ...(["actor", "target"] as const).map(
    (name): Probe => ({
      taker: `auditEvents filter ${name}`,
      nouns: name === "actor" ? ["User"] : ["User", "Role", "Record", "SharingRule"],
      query: (id) =>
        `{ auditEvents(filter: { ${name}: ${quoted(id)} }) { totalCount edges { node { id } } } }`,
    }),
  ),
  // Values of a filter are JSON, so the schema does not list them.
  ...(["id", "owner", "createdBy", "account", "contact"] as const).flatMap((field) =>
    (["EQ", "NE"] as const).map(
      (op): Probe => ({
        taker: `filter ${field} ${op}`,
        nouns: [field === "id" || field === "account" ? "Record" : "User"],
        query: (id) =>
          `{ records(module: "leads", filter: { compare: { field: "${field}", op: ${op}, value: ${quoted(id)} } }) { totalCount edges { node { id } } } }`,
      }),
    ),
  ),
];

const ASKERS = ["root@acme.test", "ann@acme.test", "ray@acme.test", "tia@acme.test"];

test("EN-11 every argument that takes an id has a probe", () => {
  const probed = new Set(PROBES.map(({ taker }) => taker));
  expect(idTakers().filter((taker) => !probed.has(taker))).toEqual([]);
});

describeOnBoth("EN-11 AP-03 ids of another organisation", (open) => {
  let gateway: Gateway;
  let foreign: Foreign;
  let own: string;
  beforeAll(async () => {
    const { database } = await open();
    gateway = await openGateway(database);
    const text = ACME.replace("key: acme", "key: other");
    const other = await applyOrganizationFile(database, { text, name: "other.yaml" }, null, { now: NOW });
    foreign = await idsOf(database, other.orgId);
    const mine = await database.reader.record.findFirstOrThrow({
      where: { key: "lead-1", orgId: { not: other.orgId } },
    });
    own = toGlobalId("Record", mine.id);
    // The policy is compiled once, before statements are compared.
    await gateway.ask("root@acme.test", "{ viewer { isSupport } }");
  });

  test.each(PROBES)(
    "$taker: as if they did not exist, in answer and statements",
    async ({ query, nouns }) => {
      for (const noun of nouns) {
        const ids = foreign[noun];
        expect(ids.length, noun).toBeGreaterThan(0);
        for (const asker of ASKERS) {
          const ask = (id: string) =>
            gateway.database.statementsOf(() => gateway.ask(asker, query(id).replace("RECORD", quoted(own))));
          const absent = await ask(absentId(noun));
          for (const id of ids.slice(0, 3)) {
            const probed = await ask(id);
            expect(probed.result, `${asker} ${noun}`).toEqual(absent.result);
            expect(probed.statements.length, `${asker} ${noun}`).toBe(absent.statements.length);
          }
        }
      }
    },
  );

  test("a cursor made in another organisation gives nothing of it", async () => {
    const { database } = gateway;
    const page = `{ records(module: "leads", first: 5) { edges { cursor node { id } } } }`;
    const mine = await gateway.data("root@acme.test", page);
    const after = mine["records"].edges[4].cursor as string;
    const { orgId } = await database.reader.record.findFirstOrThrow({
      where: { id: { in: foreign.Record.map(uuidIn) } },
    });
    const next = await gateway.data(
      "root@acme.test",
      page.replace("first: 5", `first: 5, after: "${after}"`),
    );
    for (const { node } of next["records"].edges) {
      const row = await database.reader.record.findFirstOrThrow({ where: { id: uuidIn(node.id) } });
      expect(row.orgId).not.toBe(orgId);
    }
  });
});

function uuidIn(globalId: string): string {
  return Buffer.from(globalId, "base64url").toString("utf8").split(":")[1] ?? "";
}

async function idsOf(database: Database, orgId: string): Promise<Foreign> {
  const where = { orgId };
  const select = { id: true };
  const { reader } = database;
  const ids = async (noun: NodeType, rows: PromiseLike<readonly { readonly id: string }[]>) =>
    [noun, (await rows).map((row) => toGlobalId(noun, row.id))] as const;
  const entries: (readonly [NodeType, readonly string[]])[] = [
    ["Organization", [toGlobalId("Organization", orgId)]],
    await ids("User", reader.user.findMany({ where, select })),
    await ids("AuditEvent", reader.auditEvent.findMany({ where, select })),
    await ids("SupportAccess", reader.supportGrant.findMany({ where, select })),
    await ids("Role", reader.role.findMany({ where, select })),
    await ids("Profile", reader.profile.findMany({ where, select })),
    await ids("Group", reader.group.findMany({ where, select })),
    await ids("Module", reader.module.findMany({ where, select })),
    await ids("Field", reader.field.findMany({ where, select })),
    await ids("Record", reader.record.findMany({ where, select })),
    await ids("SharingRule", reader.sharingRule.findMany({ where, select })),
    await ids("RecordShare", reader.recordShare.findMany({ where, select })),
  ];
  return Object.fromEntries(entries) as Record<NodeType, readonly string[]>;
}
