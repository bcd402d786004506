import { describe, expect, test } from "vitest";
import { asId } from "../../../src/kernel/id.ts";
import { partyKey } from "../../../src/policy/model/grant-key.ts";
import { CycleError } from "../../../src/policy/model/tree.ts";
import { type PartyText, policyOf } from "../build.ts";

type Groups = { readonly [key: string]: readonly PartyText[] };

/** title | groups | asked | members that are not groups, as grant keys */
const CLOSURES: readonly [string, Groups, string, readonly string[]][] = [
  ["its own members", { g: ["user:ray", "role:rep", "tree:head"] }, "g", ["r:rep", "s:head", "u:ray"]],
  ["nothing", { g: [] }, "g", []],
  ["what is nested", { g: ["group:h", "user:amy"], h: ["user:ray"] }, "g", ["u:amy", "u:ray"]],
  ["not what it is nested in", { g: ["group:h", "user:amy"], h: ["user:ray"] }, "h", ["u:ray"]],
  [
    "five deep",
    { a: ["group:b"], b: ["group:c"], c: ["group:d"], d: ["group:e"], e: ["user:ray"] },
    "a",
    ["u:ray"],
  ],
  [
    "the same member twice, once",
    { a: ["group:b", "group:c", "user:ray"], b: ["user:ray"], c: ["group:b", "user:ray"] },
    "a",
    ["u:ray"],
  ],
  [
    "a role is not the role with its subordinates",
    { g: ["role:rep", "group:h"], h: ["tree:rep"] },
    "g",
    ["r:rep", "s:rep"],
  ],
  ["a group that is not there: nobody", { g: ["group:gone", "user:ray"] }, "g", ["u:ray"]],
];

describe("SH-40 the closure of a group", () => {
  test.each(CLOSURES)("SH-40 holds %s", (_title, groups, key, members) => {
    const { nesting } = policyOf({
      roles: { head: null, rep: "head" },
      users: { ray: "rep", amy: "rep" },
      groups,
    });
    expect(nesting.closure(asId(key)).map(partyKey).sort()).toEqual(members);
  });

  test.each<[string, Groups, string]>([
    ["a group in itself", { g: ["group:g"] }, "g → g"],
    ["two in each other", { g: ["group:h"], h: ["group:g"] }, "g → h → g"],
    [
      "a cycle further down",
      { top: ["group:a"], a: ["user:ray", "group:b"], b: ["group:c"], c: ["group:a"] },
      "a → b → c → a",
    ],
  ])("SH-40 EN-07 %s is refused, naming the cycle", (_title, groups, cycle) => {
    expect(() => policyOf({ groups })).toThrow(CycleError);
    expect(() => policyOf({ groups })).toThrow(`a cycle: ${cycle}`);
  });
});
