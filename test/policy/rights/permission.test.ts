import { describe, expect, test } from "vitest";
import { asId } from "../../../src/kernel/id.ts";
import { PERMISSIONS, type Permission } from "../../../src/policy/model/org.ts";
import { permissionsOf } from "../../../src/policy/rights/permission.ts";
import { policyOf } from "../build.ts";

const policy = policyOf({
  profiles: {
    standard: { modules: { deals: ["VIEW"], plans: [] } },
    mine: { modules: { leads: ["VIEW", "EDIT"] } },
  },
  modules: {
    leads: "PRIVATE",
    deals: "PRIVATE",
    plans: "PRIVATE",
    open: { isOpenToTeam: true },
    tickets: "TEAM",
  },
});

/** profile | module | permissions */
const ROWS: readonly [string | null, string, readonly Permission[]][] = [
  ["administrator", "leads", PERMISSIONS],
  ["standard", "leads", PERMISSIONS],
  ["standard", "deals", ["VIEW"]],
  ["standard", "plans", []],
  ["mine", "leads", ["VIEW", "EDIT"]],
  ["mine", "deals", []],
  ["team-user", "leads", []],
  ["team-user", "open", ["VIEW"]],
  [null, "leads", []],
  ["administrator", "tickets", []],
];

describe("What a profile may do in a module", () => {
  test.each(ROWS)("SH-05 CA-02 TU-10 TU-21 %s in %s: %j", (profile, module, permissions) => {
    const asked = policy.modules.get(asId(module))!;
    const held = profile === null ? undefined : policy.profiles.get(asId(profile));
    expect([...permissionsOf(held, asked)]).toEqual(permissions);
  });
});
