import { beforeAll, expect, test } from "vitest";
import { fromGlobalId, NODE_TYPES, toGlobalId } from "../../src/kernel/global-id.ts";
import { describeOnBoth } from "../database.ts";
import { type Gateway, onlyError, openGateway } from "./gateway.ts";

const NODE = `query ($id: ID!) { node(id: $id) { __typename id } }`;
const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Record { key } } }`;
const ABSENT = "01900000-0000-7000-8000-000000000000";

describeOnBoth("node", (open) => {
  let gateway: Gateway;
  let ids: Record<string, string>;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
    const data = await gateway.data(
      "root@acme.test",
      `{
      organization { Organization: id supportAccess { SupportAccess: id } applications { Application: id } } viewer { user { User: id profile { Profile: id } role { Role: id } } }
      groups(first: 1) { edges { node { Group: id } } } sharingRules(first: 1) { edges { node { SharingRule: id } } }
      auditEvents(first: 1) { edges { node { AuditEvent: id } } }
      module(key: "leads") { Module: id fields { Field: id } }
      record(key: { module: "leads", key: "lead-1" }) { Record: id shares(first: 1) { edges { node { RecordShare: id } } } } }`,
    );
    const found: Record<string, string> = {};
    JSON.stringify(data, (key, value) => {
      if (typeof value === "string" && NODE_TYPES.some((type) => type === key)) found[key] = value;
      return value;
    });
    ids = found;
  });

  test.each(NODE_TYPES)("AP-01 node finds a %s by the id that it shows", async (type) => {
    expect(fromGlobalId(ids[type]!)?.type).toBe(type);
    expect((await gateway.data("root@acme.test", NODE, { id: ids[type] }))["node"]).toEqual({
      __typename: type,
      id: ids[type],
    });
  });

  test.each(NODE_TYPES)(
    "AP-03 node gives null for a %s that does not exist, or exists elsewhere",
    async (type) => {
      expect(await gateway.ask("root@acme.test", NODE, { id: toGlobalId(type, ABSENT) })).toMatchObject({
        data: { node: null },
      });
    },
  );

  test.each([
    ["Profile", "ann@acme.test"],
    ["SharingRule", "ann@acme.test"], // it admits her, and she still does not read rules
    ["Application", "ann@acme.test"], // she administers none
    ["RecordShare", "sue@acme.test"], // it is with her, and she may not share on
    ["Record", "rex@acme.test"],
    ["AuditEvent", "rex@acme.test"],
  ])(
    "AP-03 a %s that %s may not read is null, by as many statements as an absent one",
    async (type, user) => {
      const id = ids[type]!;
      expect(await gateway.ask(user, NODE, { id })).toMatchObject({ data: { node: null } });
      const absent = toGlobalId(fromGlobalId(id)!.type, ABSENT);
      expect(await gateway.statements(user, NODE, { id })).toBe(
        await gateway.statements(user, NODE, { id: absent }),
      );
    },
  );

  test.each([
    ["nonsense"],
    [""],
    [Buffer.from(`Nothing:${ABSENT}`).toString("base64url")],
    [Buffer.from("Record:1").toString("base64url")],
    [`${toGlobalId("Record", ABSENT)}=`],
  ])("AP-03 %j is no global id, and the argument is named", async (id) => {
    expect(onlyError(await gateway.ask("root@acme.test", NODE, { id })).extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "id",
    });
    const nodes = await gateway.ask("root@acme.test", NODES, { ids: [ids["Role"], id] });
    expect(onlyError(nodes).extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "ids.1" });
  });

  test("AP-01 nodes answers in the order asked, twice for twice, null where node is", async () => {
    const hidden = await gateway.record("leads", "other-1");
    const asked = [ids["Record"], hidden, ids["User"], toGlobalId("Role", ABSENT), ids["Record"]];
    const { nodes } = await gateway.data("ray@acme.test", NODES, { ids: asked });
    const record = { __typename: "Record", id: ids["Record"], key: "lead-1" };
    expect(nodes).toEqual([record, null, { __typename: "User", id: ids["User"] }, null, record]);
    expect((await gateway.data("ray@acme.test", NODES, { ids: [] }))["nodes"]).toEqual([]);
  });

  test("AP-03 many hidden ids and as many absent ones send the same statements, and are read alike", async () => {
    const idsOf = async (user: string): Promise<string[]> =>
      (await gateway.data(user, `{ records(module: "leads", first: 100) { edges { node { id } } } }`))[
        "records"
      ].edges.map((edge: { node: { id: string } }) => edge.node.id);
    const shown = new Set(await idsOf("rex@acme.test"));
    const hidden = (await idsOf("root@acme.test")).filter((id) => !shown.has(id));
    expect(hidden.length).toBeGreaterThan(1);
    const absent = hidden.map((_, at) =>
      toGlobalId("Record", ABSENT.slice(0, -3) + String(at).padStart(3, "0")),
    );
    const sent = async (asked: readonly string[]) => {
      const { result, statements } = await gateway.sent("rex@acme.test", NODES, { ids: asked });
      expect(result.data?.["nodes"]).toEqual(asked.map(() => null));
      return statements;
    };
    await sent(absent);
    expect(await sent(hidden)).toEqual(await sent(absent));
    // A row for every id, whether there is one or not.
    expect((await sent(absent)).some((statement) => /LEFT JOIN "Record"/.test(statement))).toBe(true);
  });

  test("AP-01 nodes takes a hundred ids and no more, by as many statements as for one", async () => {
    const { records } = await gateway.data(
      "ray@acme.test",
      `{ records(module: "leads", first: 100) { edges { node { id } } } }`,
    );
    const many: string[] = records.edges.map((edge: { node: { id: string } }) => edge.node.id);
    expect(
      (await gateway.data("ray@acme.test", NODES, { ids: many }))["nodes"].map(
        (node: { id: string }) => node.id,
      ),
    ).toEqual(many);
    expect(await gateway.statements("ray@acme.test", NODES, { ids: many })).toBe(
      await gateway.statements("ray@acme.test", NODES, { ids: many.slice(0, 1) }),
    );
    expect(
      onlyError(await gateway.ask("ray@acme.test", NODES, { ids: [...many, ids["Record"]] })).extensions,
    ).toMatchObject({ code: "BAD_USER_INPUT", field: "ids" });
  });
});
