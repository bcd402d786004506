import { beforeAll, expect, test } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, openGateway, rows } from "../gateway.ts";
import { groupVersion } from "../noun-id.ts";
import {
  agentId,
  freshWorld,
  happenedSince,
  lastEvent,
  leadId,
  PEOPLE,
  ROOT,
  readersOf,
  refusal,
  secondInstance,
} from "./people-world.ts";

const GROUP =
  "{ group { id key name members { edges { node { kind user { name } role { key } group { key } } } } } }";
const CREATE = `mutation ($input: CreateGroupInput!) { createGroup(input: $input) ${GROUP} }`;
const UPDATE = `mutation ($input: UpdateGroupInput!) { updateGroup(input: $input) ${GROUP} }`;
const RON = "ron@acme.test";
const NOBODY = "00000000-0000-0000-0000-000000000000";

type Input = (gateway: Gateway) => Promise<object>;
/** title | asker | input | code | field */
type Refusal = readonly [string, string, Input, string, string | undefined];

describeOnBoth("groups are made and changed", (open) => {
  /** A refusal changes nothing: they all share one. */
  let refusing: Gateway;
  beforeAll(async () => {
    refusing = await openGateway((await open()).database, PEOPLE);
  });

  const user = async (gateway: Gateway, name: string) => ({ user: await gateway.user(`${name}@acme.test`) });
  const role = async (gateway: Gateway, key: string) => ({ role: await gateway.id("Role", key) });
  const group = async (gateway: Gateway, key: string) => ({ group: await gateway.id("Group", key) });

  test("SH-40 createGroup makes a group of users, roles, roles with subordinates and groups", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const before = await lastEvent(opened.database);
    const rep = await gateway.id("Role", "rep");
    const { createGroup } = await change(RON, CREATE, {
      name: " All kinds ",
      key: "kinds",
      members: [
        await user(gateway, "ray"),
        // The two are different parties.
        { role: rep },
        { roleAndSubordinates: rep },
        await group(gateway, "vips"),
        await user(gateway, "ian"),
      ],
    });
    expect(createGroup.group).toMatchObject({ key: "kinds", name: "All kinds" });
    const none = { user: null, role: null, group: null };
    // By name: Ian, Ray, Rep, Rep, VIPs.
    expect(rows(createGroup.group.members)).toEqual([
      { ...none, kind: "USER", user: { name: "Ian" } },
      { ...none, kind: "USER", user: { name: "Ray" } },
      { ...none, kind: "ROLE", role: { key: "rep" } },
      { ...none, kind: "ROLE_AND_SUBORDINATES", role: { key: "rep" } },
      { ...none, kind: "GROUP", group: { key: "vips" } },
    ]);
    expect(await happenedSince(opened.database, before)).toEqual(["CREATE_GROUP Group"]);
    const stored = await opened.database.reader.groupMember.findMany({
      where: { group: { key: "kinds" } },
      orderBy: { position: "asc" },
    });
    expect(stored.map(({ kind }) => kind)).toEqual([
      "USER",
      "ROLE",
      "ROLE_AND_SUBORDINATES",
      "GROUP",
      "USER",
    ]);
  });

  test("CA-01 createGroup makes an empty group with a random key unless told otherwise; the support agent too", async () => {
    const { change } = await freshWorld(open);
    for (const asker of [ROOT, AGENT]) {
      const { createGroup } = await change(asker, CREATE, { name: "Nobody" });
      expect(createGroup.group.key).toMatch(/^[a-z2-7]{20}$/);
      expect(rows(createGroup.group.members)).toEqual([]);
    }
  });

  const withMember =
    (member: Input): Input =>
    async (g) => ({ name: "X", members: [await member(g)] });
  const MADE: readonly Refusal[] = [
    ["a blank name", ROOT, async () => ({ name: "" }), "BAD_USER_INPUT", "input.name"],
    ["a key that is none", ROOT, async () => ({ name: "X", key: "-" }), "BAD_USER_INPUT", "input.key"],
    ["a key that is taken", ROOT, async () => ({ name: "X", key: "vips" }), "CONFLICT", "input.key"],
    [
      "a member twice",
      ROOT,
      async (g) => ({
        name: "X",
        members: [await user(g, "ray"), await role(g, "rep"), await user(g, "ray")],
      }),
      "BAD_USER_INPUT",
      "input.members.2",
    ],
    [
      "an id that is none",
      ROOT,
      withMember(async () => ({ user: "ray" })),
      "BAD_USER_INPUT",
      "input.members.0.user",
    ],
    ["a deleted user (UA-61)", ROOT, withMember((g) => user(g, "old")), "NOT_FOUND", "input.members.0.user"],
    [
      "the support agent (SA-06)",
      ROOT,
      withMember(async (g) => ({ user: await agentId(g.database) })),
      "NOT_FOUND",
      "input.members.0.user",
    ],
    [
      "a role that is not there",
      ROOT,
      withMember(async () => ({ roleAndSubordinates: toGlobalId("Role", NOBODY) })),
      "NOT_FOUND",
      "input.members.0.roleAndSubordinates",
    ],
    [
      "a group that is a role",
      ROOT,
      withMember(async (g) => ({ group: await g.id("Role", "rep") })),
      "NOT_FOUND",
      "input.members.0.group",
    ],
    ["who lacks the capability", "sue@acme.test", async () => ({ name: "X" }), "FORBIDDEN", undefined],
    ["a team user", "tia@acme.test", async () => ({ name: "X" }), "FORBIDDEN", undefined],
    [
      "what is not there before what may not be done",
      "sue@acme.test",
      withMember((g) => user(g, "old")),
      "NOT_FOUND",
      "input.members.0.user",
    ],
  ];
  test.each(MADE)("AP-04 createGroup refuses: %s", async (_title, asker, input, code, field) => {
    const { extensions } = await refusal(refusing, asker, CREATE, await input(refusing));
    expect([extensions["code"], extensions["field"]]).toEqual([code, field]);
  });

  test("SH-40 membership counts on the next request, through nested groups, on another instance too (SH-11)", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const other = await secondInstance(opened);
    const record = await leadId(opened.database, "ray-1");
    const readers = async () => [
      await readersOf(gateway, "ray-1", ["rex", "dee"]),
      await other.reads("rex@acme.test", record),
    ];
    expect(await readers()).toEqual([["dee"], false]);
    const before = await lastEvent(opened.database);
    const spare = await gateway.id("Group", "spare");
    const replace = async (key: string, members: object[]) => {
      const id = await gateway.id("Group", key);
      await change(RON, UPDATE, { id, members, expectedVersion: await groupVersion(gateway, key) });
    };
    await replace("spare", [await role(gateway, "rep")]);
    await replace("vips", [{ group: spare }, await user(gateway, "dee")]);
    expect(await readers()).toEqual([["rex", "dee"], true]);
    // The whole list is replaced. Dee reads it by the rule to her role as well.
    await replace("vips", []);
    expect(await readers()).toEqual([["dee"], false]);
    expect(await happenedSince(opened.database, before)).toEqual(Array(3).fill("UPDATE_GROUP Group"));
    await other.close();
  });

  test("SH-40 what is left out stays", async () => {
    const { gateway, change } = await freshWorld(open);
    const id = await gateway.id("Group", "vips");
    const renamed = await change(ROOT, UPDATE, { id, name: "Very important" });
    expect(renamed["updateGroup"].group.name).toBe("Very important");
    expect(rows(renamed["updateGroup"].group.members)).toHaveLength(1);
    const changed = await change(ROOT, UPDATE, {
      id,
      members: [],
      expectedVersion: await groupVersion(gateway, "vips"),
    });
    expect(changed["updateGroup"].group.name).toBe("Very important");
    expect(rows(changed["updateGroup"].group.members)).toEqual([]);
  });

  const of =
    (key: string, more: Input): Input =>
    async (g) => ({
      id: await g.id("Group", key),
      expectedVersion: await groupVersion(g, key),
      ...(await more(g)),
    });
  const UPDATED: readonly Refusal[] = [
    [
      "SH-40 itself",
      ROOT,
      of("vips", async (g) => ({ members: [await user(g, "ray"), await group(g, "vips")] })),
      "CONFLICT",
      "input.members.1.group",
    ],
    [
      "SH-40 a group that it is in",
      ROOT,
      of("vips", async (g) => ({ members: [await group(g, "emea")] })),
      "CONFLICT",
      "input.members.0.group",
    ],
    ["AP-04 no name", ROOT, of("vips", async () => ({ name: null })), "BAD_USER_INPUT", "input.name"],
    ["AP-04 no list", ROOT, of("vips", async () => ({ members: null })), "BAD_USER_INPUT", "input.members"],
    [
      "AP-04 a member twice",
      ROOT,
      of("vips", async (g) => ({ members: [await role(g, "rep"), await role(g, "rep")] })),
      "BAD_USER_INPUT",
      "input.members.1",
    ],
    [
      "AP-03 a group that is not there",
      ROOT,
      async () => ({ id: toGlobalId("Group", NOBODY), name: "X" }),
      "NOT_FOUND",
      "input.id",
    ],
    [
      "AP-03 a member who is not there",
      ROOT,
      of("vips", async (g) => ({ members: [await user(g, "old")] })),
      "NOT_FOUND",
      "input.members.0.user",
    ],
    [
      "CA-01 who lacks the capability, before any cycle",
      "sue@acme.test",
      of("vips", async (g) => ({ members: [await group(g, "emea")] })),
      "FORBIDDEN",
      undefined,
    ],
  ];
  test.each(UPDATED)("updateGroup refuses: %s", async (_title, asker, input, code, field) => {
    const { extensions } = await refusal(refusing, asker, UPDATE, await input(refusing));
    expect([extensions["code"], extensions["field"]]).toEqual([code, field]);
  });

  test("SH-40 a cycle is shown the whole way round", async () => {
    const input = await of("vips", async (g) => ({ members: [await group(g, "emea")] }))(refusing);
    expect((await refusal(refusing, ROOT, UPDATE, input)).message).toContain("VIPs → EMEA → VIPs");
  });
});
