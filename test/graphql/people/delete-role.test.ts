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

const DELETE = `mutation ($input: DeleteRoleInput!) { deleteRole(input: $input) { id removedRules } }`;
const CREATE = `mutation ($input: CreateRoleInput!) { createRole(input: $input) { role { id } } }`;
const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`;
const NOBODY = toGlobalId("Role", "00000000-0000-0000-0000-000000000000");
const RON = "ron@acme.test";

describeOnBoth("roles are deleted", (open) => {
  /** A refusal changes nothing: they all share one. */
  let refusing: Gateway;
  beforeAll(async () => {
    refusing = await openGateway((await open()).database, PEOPLE);
  });

  /** A role by key, and the one that takes over. */
  const of =
    (id: string, transferTo?: string, more: object = {}) =>
    async (gateway: Gateway) => ({
      id: await gateway.id("Role", id),
      ...(transferTo === undefined ? {} : { transferTo: await gateway.id("Role", transferTo) }),
      ...more,
    });

  /** title | asker | input | code | field | requirement */
  const REFUSED: readonly (readonly [
    string,
    string,
    (gateway: Gateway) => Promise<object>,
    string,
    string | undefined,
    string | undefined,
  ])[] = [
    ["SH-39 itself as the heir", ROOT, of("empty", "empty"), "BAD_USER_INPUT", "input.transferTo", "SH-39"],
    ["AP-03 what is not there", ROOT, async () => ({ id: NOBODY }), "NOT_FOUND", "input.id", undefined],
    [
      "AP-03 an heir that is not there",
      ROOT,
      of("head", undefined, { transferTo: NOBODY }),
      "NOT_FOUND",
      "input.transferTo",
      undefined,
    ],
    ["CA-01 for who lacks the capability", "sue@acme.test", of("empty"), "FORBIDDEN", undefined, "CA-01"],
    ["AP-04 nobody is told of a conflict", "sue@acme.test", of("rep"), "FORBIDDEN", undefined, "CA-01"],
    ["SH-39 users and children without an heir", ROOT, of("head"), "CONFLICT", "input.transferTo", "SH-39"],
    ["SH-39 a tombstone without an heir", ROOT, of("grave"), "CONFLICT", "input.transferTo", "SH-39"],
    ["SH-20 an heir below it", ROOT, of("head", "rep"), "CONFLICT", "input.transferTo", "SH-20"],
    [
      "SH-25 an heir below nobody's manager",
      ROOT,
      of("head", "empty"),
      "CONFLICT",
      "input.transferTo",
      "SH-25",
    ],
    ["SH-39 rules that name it as a source", ROOT, of("rep", "head"), "CONFLICT", "input.id", "SH-39"],
    ["SH-39 rules that name it as a target", ROOT, of("desk", "service"), "CONFLICT", "input.id", "SH-39"],
    [
      "SH-39 rules, unless it is forced",
      ROOT,
      of("desk", "service", { force: null }),
      "CONFLICT",
      "input.id",
      "SH-39",
    ],
    [
      "SH-10 forced, for who may not change rules",
      "hugo@acme.test",
      of("desk", "service", { force: true }),
      "FORBIDDEN",
      undefined,
      "SH-10",
    ],
  ];
  test.each(REFUSED)("deleteRole refuses: %s", async (_title, user, input, code, field, requirement) => {
    const { extensions } = await refusal(refusing, user, DELETE, await input(refusing));
    expect([extensions["code"], extensions["field"], extensions["requirement"]]).toEqual([
      code,
      field,
      requirement,
    ]);
  });

  test("SH-39 the rules are named to who manages sharing, and to nobody else", async () => {
    const input = await of("rep", "head")(refusing);
    const rule = { id: await refusing.id("SharingRule", "reps-to-sue"), name: "Reps to Sue" };
    const told = await refusal(refusing, ROOT, DELETE, input);
    expect(told.extensions["rules"]).toEqual([rule]);
    expect(told.message).toContain(rule.name);
    const untold = await refusal(refusing, RON, DELETE, input);
    expect(JSON.stringify(untold)).not.toContain(rule.id);
    expect(untold.message).not.toContain(rule.name);
  });

  test("SH-25 whoever would be past their managers is named", async () => {
    const error = await refusal(refusing, ROOT, DELETE, await of("head", "empty")(refusing));
    expect(error.extensions["users"]).toEqual([await refusing.user("hal@acme.test")]);
  });

  test("SH-36 a rule that is being applied is not removed", async () => {
    const { gateway, opened } = await freshWorld(open);
    await opened.database.write(async (tx) => {
      await tx.sharingRule.updateMany({ where: { key: "won-to-desk" }, data: { status: "APPLYING" } });
      await tx.organization.updateMany({ data: { version: { increment: 1 } } });
    });
    const input = await of("desk", "service", { force: true })(gateway);
    const { extensions } = await refusal(gateway, ROOT, DELETE, input);
    expect(extensions).toMatchObject({
      code: "RULE_APPLYING",
      requirement: "SH-36",
      rules: [{ id: await gateway.id("SharingRule", "won-to-desk") }],
    });
  });

  test("SH-39 a role that nothing needs is simply gone", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const id = await gateway.id("Role", "empty");
    const before = await lastEvent(opened.database);
    expect(await change(RON, DELETE, { id })).toEqual({ deleteRole: { id, removedRules: [] } });
    expect((await gateway.data(ROOT, NODES, { ids: [id] }))["nodes"]).toEqual([null]);
    expect(await happenedSince(opened.database, before)).toEqual(["DELETE_ROLE Role"]);
  });

  test("SH-39 forced, everything that names the role goes with it; users and their records move", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const { reader } = opened.database;
    const other = await secondInstance(opened);
    const ray1 = await leadId(opened.database, "ray-1");
    const [id, rule] = [await gateway.id("Role", "rep"), await gateway.id("SharingRule", "reps-to-sue")];
    expect(await readersOf(gateway, "ray-1", ["hal", "sue", "rex"])).toEqual(["hal", "sue"]);
    expect(await readersOf(gateway, "sue-1", ["ray", "dee"])).toEqual(["ray", "dee"]);
    expect(await other.reads("sue@acme.test", ray1)).toBe(true);
    await change(ROOT, CREATE, { name: "Scout", key: "scout", parent: await gateway.id("Role", "head") });
    const before = await lastEvent(opened.database);

    const input = await of("rep", "scout", { force: true })(gateway);
    expect(await change(ROOT, DELETE, input)).toEqual({ deleteRole: { id, removedRules: [rule] } });

    // SH-11: on the next request, everywhere.
    expect(await readersOf(gateway, "ray-1", ["hal", "sue", "rex"])).toEqual(["hal"]);
    expect(await readersOf(gateway, "sue-1", ["ray", "dee"])).toEqual(["dee"]);
    expect(await other.reads("sue@acme.test", ray1)).toBe(false);
    await other.close();
    expect((await gateway.data(ROOT, NODES, { ids: [id, rule] }))["nodes"]).toEqual([null, null]);
    const emea = await reader.group.findFirstOrThrow({
      where: { key: "emea" },
      include: { members: { orderBy: { position: "asc" } } },
    });
    expect(emea.members.map(({ kind }) => kind)).toEqual(["USER", "GROUP"]);
    await gateway.store.jobs.idle();
    expect((await reader.recordShare.findMany()).map(({ partyKind }) => partyKind).sort()).toEqual([
      "GROUP",
      "USER",
    ]);
    const keys = (await reader.recordGrant.findMany()).map(({ key }) => key.slice(0, 2));
    expect(keys.filter((key) => key === "r:" || key === "s:")).toEqual([]);
    const scouts = await reader.user.findMany({
      where: { role: { key: "scout" } },
      orderBy: { name: "asc" },
    });
    expect(scouts.map(({ name }) => name)).toEqual(["Ray", "Rex"]);
    expect(await straysOf(opened.database)).toEqual([]);
    expect(await happenedSince(opened.database, before)).toEqual([
      "DELETE_SHARING_RULE SharingRule",
      "UPDATE_GROUP Group",
      "UPDATE_USER User",
      "UPDATE_USER User",
      "DELETE_ROLE Role",
      "UNSHARE_RECORD Record",
      "UNSHARE_RECORD Record",
    ]);
  });

  test("SH-39 a rule by criteria goes with its matches", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const rule = await opened.database.reader.sharingRule.findFirstOrThrow({ where: { key: "won-to-desk" } });
    const matches = () =>
      opened.database.reader.recordGrant.count({ where: { key: { startsWith: `c:${rule.id}` } } });
    expect(await matches()).toBe(1);
    // By the rule to the group that Dee is in she still reads it.
    expect(await readersOf(gateway, "ray-1", ["dee", "adam", "sue"])).toEqual(["dee", "adam", "sue"]);
    await change(ROOT, DELETE, await of("desk", "service", { force: true })(gateway));
    expect(await readersOf(gateway, "ray-1", ["dee", "sue"])).toEqual(["dee", "sue"]);
    await gateway.store.jobs.idle();
    expect(await matches()).toBe(0);
  });

  test("SH-39 child roles go under the heir, a tombstone keeps a role for the sake of its records (UA-61)", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    expect(await readersOf(gateway, "old-1", ["cleo", "sue", "hal"])).toEqual(["cleo", "sue"]);
    const before = await lastEvent(opened.database);
    await change(ROOT, DELETE, await of("service", "head")(gateway));
    // Grave and desk are below head from now on.
    expect(await readersOf(gateway, "old-1", ["cleo", "sue", "hal"])).toEqual(["cleo", "sue", "hal"]);
    await change(RON, DELETE, await of("grave", "head")(gateway));
    expect(await readersOf(gateway, "old-1", ["cleo", "sue", "hal"])).toEqual(["cleo"]);
    expect(await straysOf(opened.database)).toEqual([]);
    expect(await happenedSince(opened.database, before)).toEqual([
      ...["Sue", "Ron", "Pia", "Hugo", "Tia"].map(() => "UPDATE_USER User"),
      ...["Desk", "Grave"].map(() => "MOVE_ROLE Role"),
      "DELETE_ROLE Role",
      "UPDATE_USER User",
      "DELETE_ROLE Role",
    ]);
  });

  test("AP-09 deleting a role takes as many statements for forty people as for two", async () => {
    const taken: number[] = [];
    for (const count of [2, 40]) {
      const { gateway } = await freshWorld(open, withMore(count));
      // Nobody sweeps meanwhile.
      await gateway.store.jobs.stop();
      taken.push(await gateway.statements(ROOT, DELETE, { input: await of("grave", "service")(gateway) }));
    }
    expect(taken[1]).toBe(taken[0]);
  });
});

/** So many people more in `grave`, each with a record that is shared with it. */
function withMore(count: number): string {
  const people = Array.from({ length: count }, (_, at) => `more-${at}`);
  return PEOPLE.replace("seats: { regular: 40", "seats: { regular: 90")
    .replace(
      "groups:\n",
      `${people.map((key) => `  ${key}@acme.test: { name: ${key}, role: grave }\n`).join("")}groups:\n`,
    )
    .replace(
      "shares:\n",
      `${people.map((key) => `    ${key}: { owner: ${key}@acme.test, name: ${key} }\n`).join("")}shares:\n`,
    )
    .replace(
      "supportAccess:",
      `${people.map((key) => `  - { record: leads/${key}, to: { role: grave }, access: READ_ONLY }\n`).join("")}supportAccess:`,
    );
}
