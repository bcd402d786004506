import { beforeAll, expect, test } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import {
  freshWorld,
  happenedSince,
  lastEvent,
  leadId,
  PEOPLE,
  ROOT,
  readersOf,
  refusal,
  secondInstance,
  straysOf,
} from "./people-world.ts";

("{ group { id key name members { edges { node { kind user { name } role { key } group { key } } } } } }");
const DELETE = `mutation ($input: DeleteGroupInput!) { deleteGroup(input: $input) { id removedRules } }`;
const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`;
const RON = "ron@acme.test";
const NOBODY = "00000000-0000-0000-0000-000000000000";

type Input = (gateway: Gateway) => Promise<object>;
/** title | asker | input | code | field */
type Refusal = readonly [string, string, Input, string, string | undefined];

describeOnBoth("groups are deleted", (open) => {
  /** A refusal changes nothing: they all share one. */
  let refusing: Gateway;
  beforeAll(async () => {
    refusing = await openGateway((await open()).database, PEOPLE);
  });

  const of =
    (key: string, more: object = {}): Input =>
    async (gateway) => ({ id: await gateway.id("Group", key), ...more });

  const DELETED: readonly Refusal[] = [
    ["SH-39 rules that name it", ROOT, of("vips"), "CONFLICT", "input.id"],
    ["SH-10 forced, for who may not change rules", RON, of("vips", { force: true }), "FORBIDDEN", undefined],
    [
      "AP-03 what is not there",
      ROOT,
      async () => ({ id: toGlobalId("Group", NOBODY) }),
      "NOT_FOUND",
      "input.id",
    ],
    ["CA-01 who lacks the capability", "sue@acme.test", of("spare"), "FORBIDDEN", undefined],
    ["AP-04 nobody is told of a conflict", "sue@acme.test", of("vips"), "FORBIDDEN", undefined],
  ];
  test.each(DELETED)("deleteGroup refuses: %s", async (_title, asker, input, code, field) => {
    const { extensions } = await refusal(refusing, asker, DELETE, await input(refusing));
    expect([extensions["code"], extensions["field"]]).toEqual([code, field]);
  });

  test("SH-39 the rules are named to who manages sharing, and to nobody else", async () => {
    const input = { id: await refusing.id("Group", "vips") };
    const rule = { id: await refusing.id("SharingRule", "won-to-vips"), name: "Won to VIPs" };
    expect((await refusal(refusing, ROOT, DELETE, input)).extensions["rules"]).toEqual([rule]);
    expect((await refusal(refusing, RON, DELETE, input)).extensions).not.toHaveProperty("rules");
  });

  test("SH-39 forced, everything that names the group goes with it", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const { reader } = opened.database;
    const other = await secondInstance(opened);
    const hal1 = await leadId(opened.database, "hal-1");
    const [id, rule] = [await gateway.id("Group", "vips"), await gateway.id("SharingRule", "won-to-vips")];
    expect(await readersOf(gateway, "hal-1", ["dee", "ray"])).toEqual(["dee", "ray"]);
    expect(await other.reads("dee@acme.test", hal1)).toBe(true);
    const before = await lastEvent(opened.database);

    expect(await change(ROOT, DELETE, { id, force: true })).toEqual({
      deleteGroup: { id, removedRules: [rule] },
    });

    expect(await readersOf(gateway, "hal-1", ["dee", "ray"])).toEqual(["ray"]);
    expect(await other.reads("dee@acme.test", hal1)).toBe(false);
    await other.close();
    expect((await gateway.data(ROOT, NODES, { ids: [id, rule] }))["nodes"]).toEqual([null, null]);
    const emea = await reader.groupMember.findMany({
      where: { group: { key: "emea" } },
      orderBy: { position: "asc" },
    });
    expect(emea.map(({ kind }) => kind)).toEqual(["USER", "ROLE", "ROLE_AND_SUBORDINATES"]);
    await gateway.store.jobs.idle();
    expect(await reader.recordShare.count({ where: { groupId: { not: null } } })).toBe(0);
    expect(await reader.recordGrant.count({ where: { key: { startsWith: "g:" } } })).toBe(0);
    expect(await straysOf(opened.database)).toEqual([]);
    expect(await happenedSince(opened.database, before)).toEqual([
      "DELETE_SHARING_RULE SharingRule",
      "UPDATE_GROUP Group",
      "DELETE_GROUP Group",
      "UNSHARE_RECORD Record",
    ]);
  });

  test("SH-39 a group that no rule names goes with its members' places", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const before = await lastEvent(opened.database);
    const id = await gateway.id("Group", "emea");
    expect(await change(RON, DELETE, { id })).toEqual({ deleteGroup: { id, removedRules: [] } });
    expect(await opened.database.reader.groupMember.count()).toBe(1);
    expect(await happenedSince(opened.database, before)).toEqual(["DELETE_GROUP Group"]);
  });
});
