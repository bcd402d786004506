import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";
import { PEOPLE, ROOT } from "./people-world.ts";

describeOnBoth("a manager's role is above the user's", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, PEOPLE);
  });

  const role = (key: string) => gateway.id("Role", key);
  const TRIED: readonly (readonly [string, string, () => Promise<object>])[] = [
    [
      "updateUser",
      "UpdateUserInput",
      async () => ({ id: await gateway.user("ray@acme.test"), role: await role("service") }),
    ],
    ["moveRole", "MoveRoleInput", async () => ({ id: await role("rep"), parent: await role("service") })],
    [
      "deleteRole",
      "DeleteRoleInput",
      async () => ({ id: await role("head"), transferTo: await role("empty") }),
    ],
  ];
  test.each(TRIED)("SH-25 %s says who, and what to change first", async (name, input, made) => {
    const text = `mutation ($input: ${input}!) { ${name}(input: $input) { __typename } }`;
    const { message, extensions } = onlyError(await gateway.ask(ROOT, text, { input: await made() }));
    expect(extensions).toMatchObject({ code: "CONFLICT", requirement: "SH-25" });
    expect(message).toMatch(
      /(?:Ray|Hal).*First give them another manager or none \(reportsTo\), or a role below/,
    );
  });
});
