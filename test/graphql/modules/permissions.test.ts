import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, openGateway } from "../gateway.ts";

describeOnBoth("permissions in modules", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
  });

  const ALL = [
    "VIEW",
    "CREATE",
    "EDIT",
    "DELETE",
    "SHARE",
    "CHANGE_OWNER",
    "IMPORT",
    "EXPORT",
    "MASS_UPDATE",
    "MASS_DELETE",
  ];
  test.each([
    ["ray@acme.test", "leads", ALL],
    ["ray@acme.test", "deals", ["VIEW", "EDIT"]],
    ["ray@acme.test", "tickets", []],
    ["ann@acme.test", "leads", ["VIEW"]],
    ["ann@acme.test", "deals", []],
    ["ann@acme.test", "tickets", ["VIEW"]], // VIEW_ALL_DATA
    ["pia@acme.test", "leads", []],
    ["tia@acme.test", "leads", ["VIEW"]],
    ["tia@acme.test", "accounts", []],
    [
      "tia@acme.test",
      "tickets",
      ["VIEW", "CREATE", "EDIT", "DELETE", "SHARE", "CHANGE_OWNER", "MASS_UPDATE", "MASS_DELETE"],
    ],
    ["root@acme.test", "tickets", ALL],
    [AGENT, "leads", ALL.filter((each) => each !== "DELETE" && each !== "MASS_DELETE")],
  ])("TU-21 module permissions of %s in %s are %j", async (user, module, expected) => {
    const { module: read } = await gateway.data(
      user,
      `query ($key: String!) { module(key: $key) { permissions } }`,
      { key: module },
    );
    expect(read.permissions).toEqual(expected);
  });
});
