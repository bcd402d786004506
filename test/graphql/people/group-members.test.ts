import { expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, rows } from "../gateway.ts";
import { groupVersion } from "../noun-id.ts";
import { freshWorld, happenedSince, lastEvent, ROOT } from "./people-world.ts";

const RON = "ron@acme.test";
const mutation = (name: string, input: string) =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { group { version members { edges { node { kind } } } } } }`;
const UPDATE = mutation("updateGroup", "UpdateGroupInput");
const ADD = mutation("addGroupMembers", "AddGroupMembersInput");
const REMOVE = mutation("removeGroupMembers", "RemoveGroupMembersInput");

describeOnBoth("members of groups", (open) => {
  const members = async (gateway: Gateway, key: string): Promise<readonly string[]> => {
    const query =
      "query ($id: ID!) { node(id: $id) { ... on Group { members { edges { node { user { name } role { name } } } } } } }";
    const { node } = await gateway.data(ROOT, query, { id: await gateway.id("Group", key) });
    return rows(node.members).map(({ user, role }) => (user ?? role).name);
  };
  const user = async (gateway: Gateway, name: string) => ({ user: await gateway.user(`${name}@acme.test`) });

  test("SH-40 of two who add one by one, nobody is lost; who is a member already stays one", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const id = await gateway.id("Group", "vips");
    const before = await lastEvent(opened.database);
    await Promise.all([
      change(RON, ADD, { id, members: [await user(gateway, "ray"), await user(gateway, "dee")] }),
      change(ROOT, ADD, { id, members: [await user(gateway, "rex")] }),
    ]);
    expect(await members(gateway, "vips")).toEqual(["Dee", "Ray", "Rex"]);
    await change(RON, REMOVE, { id, members: [await user(gateway, "ray"), await user(gateway, "sue")] });
    expect(await members(gateway, "vips")).toEqual(["Dee", "Rex"]);
    await change(RON, ADD, { id, members: [{ role: await gateway.id("Role", "rep") }] });
    expect(await members(gateway, "vips")).toEqual(["Dee", "Rep", "Rex"]);
    expect(await happenedSince(opened.database, before)).toEqual([
      "ADD_GROUP_MEMBERS Group",
      "ADD_GROUP_MEMBERS Group",
      "REMOVE_GROUP_MEMBERS Group",
      "ADD_GROUP_MEMBERS Group",
    ]);
  });

  test("SH-40 of two who replace the list, the second is CONFLICT with the version that it is at", async () => {
    const { gateway, change } = await freshWorld(open);
    const id = await gateway.id("Group", "vips");
    const expectedVersion = await groupVersion(gateway, "vips");
    await change(RON, UPDATE, { id, members: [await user(gateway, "ray")], expectedVersion });
    const second = { id, members: [await user(gateway, "rex")], expectedVersion };
    expect(onlyError(await gateway.ask(ROOT, UPDATE, { input: second })).extensions).toMatchObject({
      code: "CONFLICT",
      field: "input.expectedVersion",
      requirement: "SH-40",
      version: await groupVersion(gateway, "vips"),
    });
    expect(await members(gateway, "vips")).toEqual(["Ray"]);
    // With the version that was read again it is done.
    await change(ROOT, UPDATE, { ...second, expectedVersion: await groupVersion(gateway, "vips") });
    expect(await members(gateway, "vips")).toEqual(["Rex"]);
  });

  test("SH-40 the version is the group's own: whatever else changes leaves it, one member more raises it", async () => {
    const { gateway, change } = await freshWorld(open);
    const versions = async () => [await groupVersion(gateway, "vips"), await groupVersion(gateway, "spare")];
    // A first change of the policy, whatever it is about.
    const rename = "mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { role { id } } }";
    await change(ROOT, rename, { id: await gateway.id("Role", "rep"), name: "Reps" });
    const [vips, spare] = await versions();
    await change(ROOT, rename, { id: await gateway.id("Role", "rep"), name: "Rep" });
    expect(await versions()).toEqual([vips, spare]);
    await change(RON, ADD, { id: await gateway.id("Group", "vips"), members: [await user(gateway, "ray")] });
    const [raised, kept] = await versions();
    expect(raised).toBeGreaterThan(vips ?? Number.POSITIVE_INFINITY);
    expect(kept).toBe(spare);
  });

  test("SH-40 replacing without the version that was read is BAD_USER_INPUT; a name needs none", async () => {
    const { gateway, change } = await freshWorld(open);
    const id = await gateway.id("Group", "vips");
    for (const expectedVersion of [undefined, null])
      expect(
        onlyError(await gateway.ask(ROOT, UPDATE, { input: { id, members: [], expectedVersion } }))
          .extensions,
      ).toMatchObject({ code: "BAD_USER_INPUT", field: "input.expectedVersion", requirement: "SH-40" });
    expect(await members(gateway, "vips")).toEqual(["Dee"]);
    await change(ROOT, UPDATE, { id, name: "Others" });
  });

  test.each([
    ["nobody at all", ADD, async () => [], "BAD_USER_INPUT", "input.members"],
    [
      "somebody twice",
      ADD,
      async (g: Gateway) => [await user(g, "ray"), await user(g, "ray")],
      "BAD_USER_INPUT",
      "input.members.1",
    ],
    ["a tombstone", ADD, async (g: Gateway) => [await user(g, "old")], "NOT_FOUND", "input.members.0.user"],
    [
      "a group that it is in",
      ADD,
      async (g: Gateway) => [await user(g, "ray"), { group: await g.id("Group", "emea") }],
      "CONFLICT",
      "input.members.1.group",
    ],
    ["nobody to go", REMOVE, async () => [], "BAD_USER_INPUT", "input.members"],
  ] as const)("SH-40 refused: %s", async (_, text, named, code, field) => {
    const { gateway } = await freshWorld(open);
    const input = { id: await gateway.id("Group", "vips"), members: await named(gateway) };
    expect(onlyError(await gateway.ask(ROOT, text, { input })).extensions).toMatchObject({ code, field });
    expect(await members(gateway, "vips")).toEqual(["Dee"]);
  });
});
