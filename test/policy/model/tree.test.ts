import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CycleError, compileForest, findCycle } from "../../../src/policy/model/tree.ts";
import { policyOf } from "../build.ts";

/** ceo > head > rep > trainee, ceo > service; chair > clerk; `lost` has a parent that is not there. */
const PARENTS = new Map<string, string | null>([
  ["rep", "head"],
  ["trainee", "rep"],
  ["head", "ceo"],
  ["ceo", null],
  ["service", "ceo"],
  ["chair", null],
  ["clerk", "chair"],
  ["lost", "nobody"],
]);

/** above | below | is above */
const ABOVE: readonly [string, string, boolean][] = [
  ["ceo", "head", true],
  ["ceo", "trainee", true],
  ["head", "rep", true],
  ["chair", "clerk", true],
  ["ceo", "ceo", false],
  ["trainee", "trainee", false],
  ["rep", "head", false],
  ["trainee", "ceo", false],
  ["service", "rep", false],
  ["head", "service", false],
  ["chair", "rep", false],
  ["ceo", "clerk", false],
  ["ceo", "lost", false],
  ["nobody", "lost", false],
  ["ceo", "unknown", false],
  ["unknown", "rep", false],
  ["unknown", "unknown", false],
];

describe("SH-20 the forest", () => {
  const forest = compileForest(PARENTS);

  test.each(ABOVE)("SH-20 %s above %s: %s", (above, below, isAbove) => {
    expect(forest.ancestors(below).includes(above) && above !== "nobody").toBe(isAbove);
    expect(forest.descendants(above).includes(below)).toBe(isAbove);
  });

  test("SH-20 ancestors come nearest first, descendants parents before children", () => {
    expect(forest.ancestors("trainee")).toEqual(["rep", "head", "ceo"]);
    expect(forest.ancestors("ceo")).toEqual([]);
    expect(forest.ancestors("lost")).toEqual([]);
    expect(forest.descendants("clerk")).toEqual([]);
    const below = forest.descendants("ceo");
    expect(new Set(below)).toEqual(new Set(["head", "rep", "trainee", "service"]));
    expect(below.indexOf("head")).toBeLessThan(below.indexOf("rep"));
    expect(below.indexOf("rep")).toBeLessThan(below.indexOf("trainee"));
  });

  test("SH-20 is what walking up the links says, in any forest", () => {
    // A parent is always an earlier node, so that no cycle can be drawn.
    const forests = fc
      .array(fc.nat(), { minLength: 1, maxLength: 30 })
      .map(
        (throws) =>
          new Map(
            throws.map((thrown, at) => [`n${at}`, thrown % (at + 1) === at ? null : `n${thrown % (at + 1)}`]),
          ),
      );
    fc.assert(
      fc.property(forests, (parents) => {
        const compiled = compileForest(parents);
        for (const above of parents.keys()) {
          for (const below of parents.keys()) {
            let isAbove = false;
            for (let at = parents.get(below) ?? null; at !== null; at = parents.get(at) ?? null)
              if (at === above) isAbove = true;
            expect(compiled.ancestors(below).includes(above)).toBe(isAbove);
            expect(compiled.descendants(above).includes(below)).toBe(isAbove);
          }
        }
      }),
    );
  });
});

/** links | the cycle that is named */
const CYCLES: readonly [string, readonly [string, string | null][], readonly string[] | null][] = [
  ["no link", [["a", null]], null],
  [
    "a chain",
    [
      ["a", "b"],
      ["b", "c"],
      ["c", null],
    ],
    null,
  ],
  [
    "two chains into one",
    [
      ["a", "c"],
      ["b", "c"],
      ["c", null],
    ],
    null,
  ],
  ["a parent that is not there", [["a", "b"]], null],
  ["a role under itself", [["a", "a"]], ["a", "a"]],
  [
    "two under each other",
    [
      ["a", "b"],
      ["b", "a"],
    ],
    ["a", "b", "a"],
  ],
  [
    "a cycle that is met from below",
    [
      ["x", "a"],
      ["a", "b"],
      ["b", "c"],
      ["c", "a"],
    ],
    ["a", "b", "c", "a"],
  ],
  [
    "a cycle beside a healthy tree",
    [
      ["top", null],
      ["under", "top"],
      ["a", "b"],
      ["b", "a"],
    ],
    ["a", "b", "a"],
  ],
];

describe("SH-20 SH-25 cycles", () => {
  test.each(CYCLES)("SH-20 %s", (_title, links, cycle) => {
    const parents = new Map(links);
    expect(findCycle(parents)).toEqual(cycle);
    if (cycle === null) compileForest(parents);
    else expect(() => compileForest(parents)).toThrow(CycleError);
  });

  test("SH-20 SH-25 EN-07 a policy with a cycle of roles or of managers does not compile", () => {
    expect(() => policyOf({ roles: { a: "b", b: "a" } })).toThrow(/a cycle: a → b → a/);
    expect(() => policyOf({ users: { amy: { reportsTo: "bob" }, bob: { reportsTo: "amy" } } })).toThrow(
      /a cycle: amy → bob → amy/,
    );
  });

  test("SH-20 depth is no limit", () => {
    const parents = new Map(
      Array.from({ length: 20_000 }, (_, at): [string, string | null] => [
        `n${at}`,
        at === 0 ? null : `n${at - 1}`,
      ]),
    );
    const forest = compileForest(parents);
    expect(forest.ancestors("n19999").includes("n0")).toBe(true);
    expect(forest.ancestors("n0").includes("n19999")).toBe(false);
  });
});
