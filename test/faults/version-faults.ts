import type { Fault } from "./fault.ts";

/** A newer version of a policy takes from the one before it what has moved since (EN-05, EN-23). */
export const VERSION_FAULTS: readonly Fault[] = [
  {
    name: "who is in which party stays as it was before people moved",
    file: "policy/model/membership.ts",
    find: "if (moved.length === 0) return before;",
    replace: "if (moved.length >= 0) return before;",
    tests: ["policy/model/recompile.test.ts"],
  },
  {
    name: "who is in which party forgets the role that somebody left",
    file: "policy/model/membership.ts",
    find: "[from.roleId, to.roleId]",
    replace: "[to.roleId]",
    tests: ["policy/model/recompile.test.ts"],
  },
  {
    name: "the superiors of a person stay as they were before the person moved",
    file: "policy/model/membership.ts",
    find: "&& !each.people.some((id) => people.has(id))",
    replace: "",
    tests: ["policy/model/recompile.test.ts"],
  },
  {
    name: "the superiors of a role stay as they were before one of them moved",
    file: "policy/model/party.ts",
    find: "addMask(roles, holders.roles);",
    replace: "",
    tests: ["policy/model/recompile.test.ts"],
  },
  {
    name: "managers are kept when somebody of them was deleted",
    file: "policy/model/policy.ts",
    find: 'before.org.hierarchy === "REPORTING" && ',
    replace: "false && ",
    tests: ["policy/model/recompile.test.ts"],
  },
  {
    name: "owners keep the place of their role when they have left it",
    file: "policy/model/people.ts",
    find: "for (const { to } of moves) bySeq[to.seq] =",
    replace: "for (const { to } of moves.slice(1)) bySeq[to.seq] =",
    tests: ["policy/model/recompile.test.ts"],
  },
  {
    name: "what has moved is not read again",
    file: "store/core/snapshot/snapshot.ts",
    find: "parts.some((each) => moved?.has(each))",
    replace: "false",
    tests: ["store/core/snapshot"],
    on: "databases",
  },
  {
    name: "rules keep their criteria when the fields have moved",
    file: "store/core/snapshot/snapshot.ts",
    find: '["RULE", "MODULE"]',
    replace: '["RULE"]',
    tests: ["store/core/snapshot"],
    on: "databases",
  },
  {
    name: "who was removed is still among the people",
    file: "store/core/snapshot/users.ts",
    find: "if (now === undefined) gone.push(place);",
    replace: "if (now === undefined) continue;",
    tests: ["store/core/snapshot"],
    on: "databases",
  },
];
