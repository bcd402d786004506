import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { ACME } from "../world.ts";

describeOnBoth("capabilities", (open) => {
  let gateway: Gateway;
  /** Standard as it comes, so that its column of the catalogue is what is given. */
  beforeAll(async () => {
    const text = ACME.replace(", capabilities: [SEND_EMAIL, BE_LOOKED_UP]", "");
    gateway = await openGateway((await open()).database, text);
  });

  test.each([
    ["root@acme.test", "ADMINISTRATOR", []],
    [
      "hal@acme.test",
      "STANDARD",
      ["RECORD_DELETE", "BE_LOOKED_UP", "ASSIGNMENT_TARGET", "OWN_ORGANIZATION_RECORDS"],
    ],
    ["ann@acme.test", "CUSTOM", ["BE_LOOKED_UP", "ASSIGNMENT_TARGET", "OWN_ORGANIZATION_RECORDS"]],
    ["tia@acme.test", "TEAM_USER", ["RECORD_DELETE", "SEND_EMAIL"]],
  ])(
    "CA-02 what %s holds is what the profile %s gives and, by licence or module, %j",
    async (user, kind, besides) => {
      const query = "{ viewer { capabilities user { profile { kind capabilities } } } }";
      const { capabilities, user: person } = (await gateway.data(user, query))["viewer"];
      expect(person.profile.kind).toBe(kind);
      expect(person.profile.capabilities.filter((each: string) => !capabilities.includes(each))).toEqual([]);
      expect(capabilities.filter((each: string) => !person.profile.capabilities.includes(each))).toEqual(
        besides,
      );
    },
  );
});
