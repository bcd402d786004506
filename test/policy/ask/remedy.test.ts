import { describe, expect, test } from "vitest";
import { explain } from "../../../src/policy/ask/explain.ts";
import type { Action } from "../../../src/policy/model/org.ts";
import { compile } from "../../../src/policy/model/policy.ts";
import { allows, NOW, policyOf, type Rows, recordOf, shareRow, userIn } from "../build.ts";

const opened = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`open-${at}`, { isOpenToTeam: true }]));

const WORLD: Rows = {
  roles: { head: null, rep: "head", aside: null },
  profiles: { none: {}, reader: { modules: { leads: ["VIEW"] } }, blind: { modules: { leads: ["EDIT"] } } },
  users: {
    hal: { role: "head", profile: "none" },
    hua: { role: "head", profile: "reader" },
    bli: { role: "head", profile: "blind" },
    ray: "rep",
    oda: "aside",
    off: { role: "aside", profile: "none" },
    ina: { role: "head", status: "INACTIVE" },
    both: { role: "head", status: "INACTIVE", profile: "none" },
    noa: { role: "head", applications: new Set<string>() },
    tia: { role: "head", license: "TEAM" },
    mem: { role: "aside", team: { tickets: "MEMBER" } },
    req: { role: "aside", team: { tickets: "REQUESTER" } },
    agent: { license: "SUPPORT" },
    shut: { license: "SUPPORT" },
  },
  modules: { leads: "PRIVATE", deals: "PUBLIC_READ_ONLY", forecasts: "PRIVATE", tickets: "TEAM" },
  supportGrants: [{ agent: "agent", from: 0, until: NOW + 9, denials: ["VIEW_ALL_DATA", "MODIFY_ALL_DATA"] }],
};

/** title | changes | user | action | module | the one sentence, or none */
const REMEDIES: readonly [string, Rows, string, Action, string, string | null][] = [
  ["sharing wins every tie", {}, "oda", "READ", "leads", "Share the record with Oda at READ_ONLY."],
  [
    "at the level that the action needs: UPDATE",
    {},
    "oda",
    "UPDATE",
    "leads",
    "Share the record with Oda at READ_WRITE.",
  ],
  ["DELETE", {}, "oda", "DELETE", "leads", "Share the record with Oda at FULL."],
  ["SHARE", {}, "oda", "SHARE", "leads", "Share the record with Oda at FULL."],
  ["CHANGE_OWNER", {}, "oda", "CHANGE_OWNER", "leads", "Share the record with Oda at FULL."],
  ["also in a public module", {}, "oda", "UPDATE", "deals", "Share the record with Oda at READ_WRITE."],
  [
    "also when a rule that targets them expired",
    { rules: { over: { from: "role:rep", to: "user:oda", expiresAt: NOW } } },
    "oda",
    "READ",
    "leads",
    "Share the record with Oda at READ_ONLY.",
  ],
  [
    "in a team module what is own is widened",
    {},
    "mem",
    "UPDATE",
    "tickets",
    "Share the record with Mem at READ_WRITE.",
  ],
  ['in a team module "no" is not widened by anything', {}, "req", "DELETE", "tickets", null],
  ["nor is there a way in for who is no member", {}, "oda", "READ", "tickets", null],
  ["in forecasts nothing can be shared", {}, "oda", "READ", "forecasts", null],
  [
    "the profile is the only gate, and there is a path: open the module",
    {},
    "hal",
    "READ",
    "leads",
    "Give the profile None VIEW in Leads.",
  ],
  [
    "and what the action needs",
    {},
    "hal",
    "UPDATE",
    "leads",
    "Give the profile None VIEW and EDIT in Leads.",
  ],
  [
    "to a profile that has VIEW",
    {},
    "hua",
    "DELETE",
    "leads",
    "Give the profile Reader VIEW and DELETE in Leads.",
  ],
  [
    "to a profile that has all but VIEW",
    {},
    "bli",
    "UPDATE",
    "leads",
    "Give the profile Blind VIEW and EDIT in Leads.",
  ],
  [
    "to Standard, when it was adjusted",
    { profiles: { ...WORLD.profiles, standard: { modules: { deals: [] } } } },
    "oda",
    "READ",
    "deals",
    "Give the profile Standard VIEW in Deals.",
  ],
  [
    "to team users, while fewer than ten are open",
    { modules: { ...WORLD.modules, ...opened(9) } },
    "tia",
    "READ",
    "leads",
    "Give the profile Team-user VIEW in Leads.",
  ],
  ["not with ten (TU-10)", { modules: { ...WORLD.modules, ...opened(10) } }, "tia", "READ", "leads", null],
  ["not for what the licence refuses", {}, "tia", "UPDATE", "leads", null],
  ["the profile is the only gate, but there is no path", {}, "off", "READ", "leads", null],
  ["another gate: status", {}, "ina", "READ", "leads", null],
  ["another gate: application", {}, "noa", "READ", "leads", null],
  ["more than one gate", {}, "both", "READ", "leads", null],
  [
    "the agent is no recipient: raise the default",
    {},
    "agent",
    "READ",
    "leads",
    "Raise the organisation default of Leads to PUBLIC_READ_ONLY.",
  ],
  [
    "to the lowest that admits",
    {},
    "agent",
    "DELETE",
    "leads",
    "Raise the organisation default of Leads to PUBLIC_READ_WRITE_DELETE.",
  ],
  [
    "from where it is",
    {},
    "agent",
    "UPDATE",
    "deals",
    "Raise the organisation default of Deals to PUBLIC_READ_WRITE.",
  ],
  ["no default gives sharing", {}, "agent", "SHARE", "leads", null],
  ["a shut door is no single change away", {}, "shut", "READ", "leads", null],
];

describe("SH-70 the single change that would help", () => {
  test.each(REMEDIES)("SH-70 %s", (_title, rows, user, action, module, sentence) => {
    const policy = policyOf({ ...WORLD, ...rows });
    const judged = recordOf(policy, "ray", module);
    const { allowed, remedy } = explain(policy, userIn(policy, user), action, { judged, name: "One" }, NOW);
    expect(allowed).toBe(false);
    expect(remedy?.sentence ?? null).toBe(sentence);
  });

  const HELPFUL = REMEDIES.filter(([, , , , , sentence]) => sentence !== null);
  test.each(HELPFUL)("SH-70 helps: %s", (_title, rows, user, action, module) => {
    const world = { ...WORLD, ...rows };
    const policy = policyOf(world);
    const viewer = userIn(policy, user);
    const { remedy } = explain(
      policy,
      viewer,
      action,
      { judged: recordOf(policy, "ray", module), name: "One" },
      NOW,
    );
    switch (remedy?.change) {
      case "SHARE_RECORD":
        expect(
          allows(
            policy,
            user,
            action,
            recordOf(policy, "ray", module, { [`u:${user}`]: shareRow(remedy.level) }),
          ),
        ).toBe(true);
        return;
      case "RAISE_DEFAULT": {
        const raised = policyOf({ ...world, modules: { ...world.modules, [module]: remedy.defaultAccess } });
        expect(allows(raised, user, action, recordOf(raised, "ray", module))).toBe(true);
        return;
      }
      case "OPEN_MODULE": {
        const profile = viewer.profileId ?? "";
        const held =
          policy.profiles
            .get(viewer.profileId!)
            ?.permissions.get(policy.modules.get(recordOf(policy, "ray", module).moduleId)!.id) ?? [];
        const PERMISSION = {
          READ: "VIEW",
          UPDATE: "EDIT",
          DELETE: "DELETE",
          SHARE: "SHARE",
          CHANGE_OWNER: "CHANGE_OWNER",
        } as const;
        const isTeam = profile === "team-user";
        const open = policyOf({
          ...world,
          profiles: {
            ...world.profiles,
            [profile]: { modules: isTeam ? {} : { [module]: [...held, "VIEW", PERMISSION[action]] } },
          },
          modules: { ...world.modules, ...(isTeam && { [module]: { isOpenToTeam: true } }) },
        });
        expect(allows(open, user, action, recordOf(open, "ray", module))).toBe(true);
        return;
      }
      case undefined:
        throw new Error("no remedy");
    }
  });

  test("SH-70 nothing that is allowed has a remedy", () => {
    const policy = policyOf(WORLD);
    expect(
      explain(policy, userIn(policy, "root"), "DELETE", { judged: recordOf(policy, "ray"), name: "One" }, NOW)
        .remedy,
    ).toBeNull();
  });
});

test.each([
  ["opening the module", "hal", "READ", "OPEN_MODULE"],
  ["raising the default", "shut", "READ", null],
  ["the agent, of whom the default is asked", "agent", "DELETE", "RAISE_DEFAULT"],
] as const)("EN-32 SH-70 %s is proven without a look at everybody", (_, name, action, change) => {
  const crowd = Object.fromEntries(Array.from({ length: 300 }, (_each, at) => [`p${at}`, "aside" as const]));
  const { org } = policyOf({ ...WORLD, users: { ...WORLD.users, ...crowd } });
  let looks = 0;
  const users = new Proxy(org.users, {
    get: (target, key, receiver) => {
      if (typeof key === "string" && /^[0-9]+$/.test(key)) looks += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  const policy = compile({ ...org, users });
  looks = 0;
  const { remedy } = explain(
    policy,
    userIn(policy, name),
    action,
    { judged: recordOf(policy, "ray"), name: "R" },
    NOW,
  );
  expect(remedy?.change ?? null).toBe(change);
  expect(looks).toBeLessThan(10);
});
