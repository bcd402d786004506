import { beforeAll, expect, test } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, openGateway } from "../gateway.ts";
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
  straysOf,
} from "./people-world.ts";

const CREATE = `mutation ($input: CreateRoleInput!) { createRole(input: $input) { role { id key name shareDataWithPeers parent { key } forecastManager { name } } } }`;
const UPDATE = `mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { role { name shareDataWithPeers forecastManager { name } } } }`;
const MOVE = `mutation ($input: MoveRoleInput!) { moveRole(input: $input) { role { parent { key } } } }`;

type Input = (gateway: Gateway) => Promise<object>;
/** title | asker | input | code | field */
type Refusal = readonly [string, string, Input, string, string | undefined];

const NOBODY = toGlobalId("Role", "00000000-0000-0000-0000-000000000000");
const NO_USER = toGlobalId("User", "00000000-0000-0000-0000-000000000000");

describeOnBoth("roles are made, changed and moved", (open) => {
  /** A refusal changes nothing: they all share one. */
  let refusing: Gateway;
  beforeAll(async () => {
    refusing = await openGateway((await open()).database, PEOPLE);
  });

  test("CA-01 createRole makes a role where it is told, with what it is told", async () => {
    const { opened, gateway, change } = await freshWorld(open);
    const before = await lastEvent(opened.database);
    const { createRole } = await change("ron@acme.test", CREATE, {
      name: " Night shift ",
      key: "night",
      parent: await gateway.id("Role", "desk"),
      shareDataWithPeers: true,
      forecastManager: await gateway.user("ian@acme.test"),
    });
    expect(createRole.role).toEqual({
      id: await gateway.id("Role", "night"),
      key: "night",
      name: "Night shift",
      shareDataWithPeers: true,
      parent: { key: "desk" },
      forecastManager: { name: "Ian" },
    });
    expect(await happenedSince(opened.database, before)).toEqual(["CREATE_ROLE Role"]);
  });

  test("CA-01 createRole makes a root with a random key unless told otherwise", async () => {
    const { change } = await freshWorld(open);
    const { createRole } = await change(ROOT, CREATE, { name: "Alone" });
    expect(createRole.role).toMatchObject({
      key: expect.stringMatching(/^[a-z2-7]{20}$/),
      shareDataWithPeers: false,
      parent: null,
      forecastManager: null,
    });
  });

  const MADE: readonly Refusal[] = [
    ["a blank name", ROOT, async () => ({ name: " " }), "BAD_USER_INPUT", "input.name"],
    ["a key that is none", ROOT, async () => ({ name: "X", key: "a b" }), "BAD_USER_INPUT", "input.key"],
    ["an empty key", ROOT, async () => ({ name: "X", key: "" }), "BAD_USER_INPUT", "input.key"],
    ["a key that is taken", ROOT, async () => ({ name: "X", key: "rep" }), "CONFLICT", "input.key"],
    [
      "an id that is none",
      ROOT,
      async () => ({ name: "X", parent: "rep" }),
      "BAD_USER_INPUT",
      "input.parent",
    ],
    [
      "a parent that is not there",
      ROOT,
      async () => ({ name: "X", parent: NOBODY }),
      "NOT_FOUND",
      "input.parent",
    ],
    [
      "a parent that is a group",
      ROOT,
      async (g) => ({ name: "X", parent: await g.id("Group", "vips") }),
      "NOT_FOUND",
      "input.parent",
    ],
    [
      "a forecast manager who is deleted",
      ROOT,
      async (g) => ({ name: "X", forecastManager: await g.user("old@acme.test") }),
      "NOT_FOUND",
      "input.forecastManager",
    ],
    [
      "the support agent as forecast manager",
      ROOT,
      async (g) => ({ name: "X", forecastManager: await agentId(g.database) }),
      "NOT_FOUND",
      "input.forecastManager",
    ],
    ["nobody without the capability", "sue@acme.test", async () => ({ name: "X" }), "FORBIDDEN", undefined],
    ["not for who manages people", "pia@acme.test", async () => ({ name: "X" }), "FORBIDDEN", undefined],
    ["not for a team user", "tia@acme.test", async () => ({ name: "X" }), "FORBIDDEN", undefined],
    [
      "what is not there before what may not be done",
      "sue@acme.test",
      async () => ({ name: "X", parent: NOBODY }),
      "NOT_FOUND",
      "input.parent",
    ],
    [
      "what may not be done before what is taken",
      "sue@acme.test",
      async () => ({ name: "X", key: "rep" }),
      "FORBIDDEN",
      undefined,
    ],
  ];
  test.each(MADE)("AP-04 createRole refuses: %s", async (_title, user, input, code, field) => {
    const { extensions } = await refusal(refusing, user, CREATE, await input(refusing));
    expect([extensions["code"], extensions["field"]]).toEqual([code, field]);
  });

  test("AP-04 whoever chose a key that is taken is told of the twin", async () => {
    const { extensions } = await refusal(refusing, ROOT, CREATE, { name: "X", key: "rep" });
    expect(extensions["twin"]).toBe(await refusing.id("Role", "rep"));
  });

  test("CA-01 the support agent may manage roles", async () => {
    const { change } = await freshWorld(open);
    const { createRole } = await change(AGENT, CREATE, { name: "By support" });
    expect(createRole.role.name).toBe("By support");
  });

  test("SH-22 updateRole changes what it is told and leaves the rest; null takes the forecast manager away", async () => {
    const { opened, gateway, change } = await freshWorld(open);
    const id = await gateway.id("Role", "head");
    const before = await lastEvent(opened.database);
    expect((await change("ron@acme.test", UPDATE, { id, name: "Heads" }))["updateRole"].role).toEqual({
      name: "Heads",
      shareDataWithPeers: false,
      forecastManager: { name: "Hal" },
    });
    expect(
      (await change("ron@acme.test", UPDATE, { id, forecastManager: null }))["updateRole"].role,
    ).toMatchObject({ name: "Heads", forecastManager: null });
    expect(await happenedSince(opened.database, before)).toEqual(["UPDATE_ROLE Role", "UPDATE_ROLE Role"]);
  });

  test("SH-21 peers reach each other's records on the next request, on another instance too (SH-11)", async () => {
    const { opened, gateway, change } = await freshWorld(open);
    const other = await secondInstance(opened);
    const record = await leadId(opened.database, "rex-1");
    const id = await gateway.id("Role", "rep");
    const readers = async () => [
      await readersOf(gateway, "rex-1", ["ray"]),
      await other.reads("ray@acme.test", record),
    ];
    expect(await readers()).toEqual([[], false]);
    await change(ROOT, UPDATE, { id, shareDataWithPeers: true });
    expect(await readers()).toEqual([["ray"], true]);
    await change(ROOT, UPDATE, { id, shareDataWithPeers: false });
    expect(await readers()).toEqual([[], false]);
    await other.close();
  });

  const UPDATED: readonly Refusal[] = [
    [
      "a name taken away",
      ROOT,
      async (g) => ({ id: await g.id("Role", "rep"), name: null }),
      "BAD_USER_INPUT",
      "input.name",
    ],
    [
      "neither true nor false",
      ROOT,
      async (g) => ({ id: await g.id("Role", "rep"), shareDataWithPeers: null }),
      "BAD_USER_INPUT",
      "input.shareDataWithPeers",
    ],
    ["a role that is not there", ROOT, async () => ({ id: NOBODY, name: "X" }), "NOT_FOUND", "input.id"],
    [
      "a forecast manager who is not there",
      ROOT,
      async (g) => ({ id: await g.id("Role", "rep"), forecastManager: NO_USER }),
      "NOT_FOUND",
      "input.forecastManager",
    ],
    [
      "nobody without the capability",
      "hal@acme.test",
      async (g) => ({ id: await g.id("Role", "rep"), name: "X" }),
      "FORBIDDEN",
      undefined,
    ],
  ];
  test.each(UPDATED)("AP-04 updateRole refuses: %s", async (_title, user, input, code, field) => {
    const { extensions } = await refusal(refusing, user, UPDATE, await input(refusing));
    expect([extensions["code"], extensions["field"]]).toEqual([code, field]);
  });

  test("SH-23 reach moves with a role on the next request, on another instance too (SH-11); no record is written", async () => {
    const { opened, gateway, change } = await freshWorld(open);
    const other = await secondInstance(opened);
    const { reader } = opened.database;
    const [record, rows] = [await leadId(opened.database, "sue-1"), await reader.record.findMany()];
    const id = await gateway.id("Role", "service");
    const readers = async () => [
      await readersOf(gateway, "sue-1", ["cleo", "hal"]),
      await other.reads("hal@acme.test", record),
    ];
    expect(await readers()).toEqual([["cleo"], false]);
    const before = await lastEvent(opened.database);
    const moved = await change(ROOT, MOVE, { id, parent: await gateway.id("Role", "head") });
    expect(moved["moveRole"].role.parent).toEqual({ key: "head" });
    expect(await readers()).toEqual([["cleo", "hal"], true]);
    // A root has nobody above: for the support agent and administrators alone.
    await change(ROOT, MOVE, { id, parent: null });
    expect(await readers()).toEqual([[], false]);
    expect(await happenedSince(opened.database, before)).toEqual(["MOVE_ROLE Role", "MOVE_ROLE Role"]);
    expect(await reader.record.findMany()).toEqual(rows);
    await other.close();
  });

  test("SH-20 left out, the parent is none: the role becomes a root", async () => {
    const { gateway, change } = await freshWorld(open);
    const moved = await change("ron@acme.test", MOVE, { id: await gateway.id("Role", "desk") });
    expect(moved["moveRole"].role.parent).toBeNull();
  });

  const roles = async (g: Gateway, id: string, parent: string) => ({
    id: await g.id("Role", id),
    parent: await g.id("Role", parent),
  });
  const MOVED: readonly Refusal[] = [
    ["SH-20 under itself", ROOT, (g) => roles(g, "head", "head"), "CONFLICT", "input.parent"],
    ["SH-20 under what is below it", ROOT, (g) => roles(g, "ceo", "rep"), "CONFLICT", "input.parent"],
    ["SH-25 past somebody's manager", ROOT, (g) => roles(g, "rep", "service"), "CONFLICT", "input.parent"],
    [
      "AP-03 a role that is not there",
      ROOT,
      async (g) => ({ ...(await roles(g, "rep", "head")), id: NOBODY }),
      "NOT_FOUND",
      "input.id",
    ],
    [
      "AP-03 a parent that is not there",
      ROOT,
      async (g) => ({ ...(await roles(g, "rep", "head")), parent: NOBODY }),
      "NOT_FOUND",
      "input.parent",
    ],
    [
      "CA-01 nobody without the capability",
      "sue@acme.test",
      (g) => roles(g, "desk", "head"),
      "FORBIDDEN",
      undefined,
    ],
    [
      "AP-04 nobody is told of a conflict",
      "sue@acme.test",
      (g) => roles(g, "ceo", "rep"),
      "FORBIDDEN",
      undefined,
    ],
  ];
  test.each(MOVED)("moveRole refuses: %s", async (_title, user, input, code, field) => {
    const { extensions } = await refusal(refusing, user, MOVE, await input(refusing));
    expect([extensions["code"], extensions["field"]]).toEqual([code, field]);
  });

  test("SH-25 a move that puts people past their managers names them", async () => {
    const { gateway } = await freshWorld(open);
    const error = await refusal(gateway, ROOT, MOVE, { id: await gateway.id("Role", "head") });
    expect(error.message).toContain("Hal");
    expect(error.extensions).toMatchObject({
      requirement: "SH-25",
      users: [await gateway.user("hal@acme.test")],
    });
    // Ray reports to Hal, and goes along.
    const down = await refusal(gateway, ROOT, MOVE, await roles(gateway, "rep", "ceo"));
    expect(down.extensions["users"]).toEqual([await gateway.user("ray@acme.test")]);
  });

  test("SH-23 no record is found under another role than its owner's", async () => {
    const { opened, gateway, change } = await freshWorld(open);
    await change(ROOT, MOVE, await roles(gateway, "desk", "rep"));
    expect(await straysOf(opened.database)).toEqual([]);
  });
});
