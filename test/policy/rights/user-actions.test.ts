import { describe, expect, test } from "vitest";
import { availableUserActions, type UserAction } from "../../../src/policy/rights/user-actions.ts";
import { NOW, policyOf, userIn } from "../build.ts";

const policy = policyOf({
  roles: { rep: null },
  profiles: { people: { kind: "CUSTOM", capabilities: ["MANAGE_USERS"] } },
  users: {
    ada: { role: "rep", isAdministrator: true },
    boss: { role: "rep", profile: "administrator" },
    pia: { role: "rep", profile: "people" },
    ray: "rep",
    pam: { role: "rep", status: "PENDING" },
    ian: { role: "rep", status: "INACTIVE" },
    former: { role: "rep", status: "INACTIVE", isAdministrator: true },
    gone: { role: "rep", status: "DELETED" },
    tia: { role: "rep", license: "TEAM" },
    agent: { license: "SUPPORT" },
  },
});

/** who | with whom | what they may do */
const CASES: readonly [string, string, readonly UserAction[]][] = [
  ["ada", "ray", ["DEACTIVATE", "DELETE", "PROMOTE"]],
  ["ada", "boss", ["DEACTIVATE", "DELETE", "PROMOTE"]],
  ["ada", "ada", ["DEACTIVATE", "DELETE", "REVOKE"]],
  ["ada", "root", []],
  ["ada", "pam", ["DEACTIVATE", "RESEND", "DELETE"]],
  ["ada", "ian", ["ACTIVATE", "DELETE"]],
  ["ada", "former", ["ACTIVATE", "DELETE", "REVOKE"]],
  ["ada", "gone", []],
  ["ada", "tia", ["DEACTIVATE", "DELETE"]],
  ["ada", "agent", []],
  ["root", "ada", ["DEACTIVATE", "DELETE", "REVOKE"]],
  ["boss", "ray", ["DEACTIVATE", "DELETE", "PROMOTE"]],
  ["pia", "ray", []],
  ["pia", "pam", ["RESEND"]],
  ["pia", "ian", []],
  ["ray", "pam", []],
  ["ray", "ray", []],
  ["tia", "ray", []],
  ["ian", "ray", []],
];

describe("UA-43 what may be done with a person as a whole", () => {
  test.each(CASES)("UA-43 UA-02 UA-51 %s with %s: %j", (asker, user, expected) => {
    expect(availableUserActions(policy, userIn(policy, asker), userIn(policy, user), NOW)).toEqual(expected);
  });

  test("UA-51 the last who has the Administrator profile stays", () => {
    const { org } = policy;
    const without = {
      ...policy,
      // What is derived from a policy is kept in it.
      memo: new Map(),
      org: { ...org, users: org.users.filter(({ id }) => id !== org.superAdminId) },
    };
    const boss = userIn(policy, "boss");
    expect(availableUserActions(without, userIn(policy, "ada"), boss, NOW)).toEqual(["PROMOTE"]);
  });
});
