import { beforeAll, describe, expect, test } from "vitest";
import { InvalidInput } from "../../../src/kernel/fault.ts";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { readCondition } from "../../../src/policy/criteria/check.ts";
import { matches } from "../../../src/policy/criteria/criteria.ts";
import type { Condition, Operator } from "../../../src/policy/model/condition.ts";
import { comparableFields } from "../../../src/store/records/fields.ts";
import type { RecordFilter } from "../../../src/store/records/filter.ts";
import { listRecords } from "../../../src/store/records/list.ts";
import { describeOnBoth } from "../../database.ts";
import type { Value } from "../../oracle/file.ts";
import { diceOf } from "../../random/dice.ts";
import { type Constants, OPERATORS, randomCriteria } from "../../random/values.ts";
import { ATTRIBUTES, FIELDS, fileOf, lookAt, openThings, spell, type Things } from "./things.ts";

const SEED = 41;
const COUNT = 90;
const FILE = fileOf(SEED, COUNT);
const NAMED = { ...FIELDS, ...ATTRIBUTES };

/** Constants out of the world, in the words of the file. */
const CONSTANTS: Constants = {
  targets: {
    recordKeys: {
      targets: Object.keys(FILE.records?.["targets"] ?? {}),
      things: Object.keys(FILE.records?.["things"] ?? {}),
    },
    users: Object.keys(FILE.users),
  },
  valuesOf: (field) =>
    Object.entries(FILE.records?.["things"] ?? {}).flatMap(
      ([key, { owner, name, createdAt = "", values = {} }]): Value[] => {
        const attributes: { readonly [name: string]: Value } = {
          id: key,
          key,
          name,
          owner,
          createdBy: owner,
          createdAt,
          updatedAt: createdAt,
        };
        return [attributes[field] ?? values[field] ?? null];
      },
    ),
};

/** Every comparison that there is, once, and random trees. */
const EVERY_COMPARISON = Object.entries(NAMED).flatMap(([key, field]) =>
  OPERATORS[field.type].map((op) => [key, op] as const),
);
const TREES = Array.from(
  { length: 120 },
  (_, at) => randomCriteria(diceOf(1000 + at), NAMED, CONSTANTS) as Condition,
);

/** Every plan that can be wrong by itself; the other two viewers take the exact one. */
const PLANS = ["DENSE", "SPARSE"] as const;

describeOnBoth("A filter", (open) => {
  const things: { [email: string]: Things } = {};
  beforeAll(async () => {
    const { database } = await open();
    things["root"] = await openThings(database, FILE, "root@acme.test");
    things["rep"] = await lookAt(database, FILE.organization.key, "rep@acme.test");
    for (const plan of PLANS)
      things[`rep ${plan}`] = await lookAt(database, FILE.organization.key, "rep@acme.test", plan);
  });
  const world = (name: string): Things => things[name] ?? ({} as Things);

  /** How many the filter finds; the list, its total and memory agree. */
  async function agree(name: string, condition: Condition): Promise<number> {
    const { viewer, module, rows, ids } = world(name);
    const { inMemory, filter } = spell(condition, ids);
    const read = readCondition(inMemory, comparableFields(module));
    if (read.kind === "FAULTS") throw new Error(JSON.stringify(read.faults));
    const expected = rows.filter(({ values }) => matches(read.condition, values)).map(({ row }) => row.key);
    const page = await listRecords(viewer, module, { filter, first: 100 });
    expect(
      page.edges.map(({ node }) => node.key),
      JSON.stringify(condition),
    ).toEqual(expected);
    expect(await page.totalCount(), JSON.stringify(condition)).toBe(expected.length);
    expect(await page.hasNextPage()).toBe(false);
    return expected.length;
  }

  test("SH-52 the two viewers see what is theirs", () => {
    const keysOf = (name: string) => world(name).rows.map(({ row }) => row.key);
    expect(keysOf("root").sort()).toEqual(Object.keys(FILE.records?.["things"] ?? {}).sort());
    // What is theirs by the file: owned, or shared with them.
    const shared = (FILE.shares ?? []).map(({ record }) => record.replace("things/", ""));
    const theirs = Object.entries(FILE.records?.["things"] ?? {}).filter(
      ([key, { owner }]) => owner === "rep@acme.test" || shared.includes(key),
    );
    expect(keysOf("rep").sort()).toEqual(theirs.map(([key]) => key).sort());
    expect(world("rep").rows.length).toBeGreaterThan(COUNT / 5);
    expect(world("rep").rows.length).toBeLessThan(COUNT * 0.8);
  });

  describe.each(["root", "rep", ...PLANS.map((plan) => `rep ${plan}`)])("for %s", (name) => {
    test.each(Object.keys(NAMED))(
      "SH-32 SH-52 EN-06 EN-09 every operator on %s is what memory says",
      async (key) => {
        const ops = EVERY_COMPARISON.filter(([field]) => field === key);
        let found = 0;
        for (const [field, op] of ops) {
          // Drawn until the operator comes up: the constants are then of its shape.
          const entry = NAMED[field]!;
          let drawn = 0;
          for (let seed = 0; drawn < 4 && seed < 400; seed += 1) {
            const condition = randomCriteria(diceOf(seed), { [field]: entry }, CONSTANTS) as Condition;
            if (!("op" in condition) || condition.op !== op) continue;
            drawn += 1;
            found += await agree(name, condition);
          }
          expect([op, drawn]).toEqual([op, 4]);
        }
        expect(found).toBeGreaterThan(0);
      },
    );

    test("SH-32 SH-52 EN-06 EN-10 random trees are what memory says", async () => {
      const sizes: number[] = [];
      for (const tree of TREES) sizes.push(await agree(name, tree));
      const total = world(name).rows.length;
      // Neither all nor nothing, most of the time: the trees tell things apart.
      expect(sizes.filter((size) => size > 0 && size < total).length).toBeGreaterThan(TREES.length / 3);
    });
  });

  test("SH-53 a lookup whose target is out of reach is as if unset: no filter tells", async () => {
    const { viewer, module, rows, ids } = world("rep");
    const hidden = rows.filter(
      ({ row, values }) => typeof row.values["target"] === "string" && values["target"] === null,
    );
    const shown = rows.filter(({ values }) => values["target"] !== null);
    expect(hidden.length).toBeGreaterThan(0);
    expect(shown.length).toBeGreaterThan(0);
    const keysOf = async (filter: RecordFilter) =>
      (await listRecords(viewer, module, { filter, first: 100 })).edges.map(({ node }) => node.key);
    const compare = (op: Operator, value?: unknown): RecordFilter => ({
      compare: value === undefined ? { field: "target", op } : { field: "target", op, value },
    });
    const targetOf = (each: (typeof rows)[number]) => toGlobalId("Record", String(each.row.values["target"]));
    const allKeys = (some: typeof rows) => some.map(({ row }) => row.key);

    for (const each of hidden) {
      expect(await keysOf(compare("EQ", targetOf(each)))).toEqual([]);
      expect(await keysOf(compare("IN", [targetOf(each)]))).toEqual([]);
      // "Another than that one" tells nothing of the hidden either.
      expect(await keysOf(compare("NE", targetOf(each)))).toEqual(allKeys(shown));
      expect(await keysOf(compare("NOT_IN", [targetOf(each)]))).toEqual(allKeys(shown));
    }
    expect(await keysOf(compare("IS_NOT_NULL"))).toEqual(allKeys(shown));
    expect(await keysOf(compare("IS_NULL"))).toEqual(
      allKeys(rows.filter(({ values }) => values["target"] == null)),
    );
    // A record out of reach answers by its id like one that never was.
    const own = new Set(allKeys(rows));
    for (const [key, id] of ids.records["things"] ?? []) {
      const found = await keysOf({ compare: { field: "id", op: "EQ", value: toGlobalId("Record", id) } });
      expect(found).toEqual(own.has(key) ? [key] : []);
    }
  });

  test.each<[string, RecordFilter, string]>([
    ["an unknown field", { compare: { field: "nothing", op: "EQ", value: 1 } }, "filter.compare.field"],
    [
      "an unknown operator",
      { compare: { field: "text", op: "LIKE" as Operator, value: "a" } },
      "filter.compare.op",
    ],
    [
      "an operator of another type",
      { compare: { field: "number", op: "CONTAINS", value: "1" } },
      "filter.compare.op",
    ],
    [
      "a value of another type",
      { all: [{ compare: { field: "number", op: "EQ", value: "1" } }] },
      "filter.all.0.compare.value",
    ],
    [
      "an id of another noun",
      {
        compare: {
          field: "owner",
          op: "EQ",
          value: toGlobalId("Record", "018f0000-0000-7000-8000-000000000000"),
        },
      },
      "filter.compare.value",
    ],
    [
      "an id of none",
      { any: [{ compare: { field: "target", op: "IN", value: ["nonsense"] } }] },
      "filter.any.0.compare.value",
    ],
    ["an empty list", { compare: { field: "text", op: "IN", value: [] } }, "filter.compare.value"],
    ["nothing at all", {}, "filter"],
  ])("SH-32 AP-04 %s is refused, naming its place", async (_title, filter, place) => {
    const { viewer, module } = world("rep");
    const refusal = await listRecords(viewer, module, { filter }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvalidInput);
    expect((refusal as InvalidInput).field).toBe(place);
  });
});
