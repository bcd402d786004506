import { beforeAll, describe, expect, test } from "vitest";
import { InvalidInput } from "../../../src/kernel/fault.ts";
import { readCondition } from "../../../src/policy/criteria/check.ts";
import { matches } from "../../../src/policy/criteria/criteria.ts";
import type { Comparison, Condition } from "../../../src/policy/model/condition.ts";
import { reachedBy } from "../../../src/store/core/viewer.ts";
import { PRICE, priceOfFilter } from "../../../src/store/reach/condition/price.ts";
import { MAX_COMPARISONS } from "../../../src/store/records/budget.ts";
import { comparableFields } from "../../../src/store/records/fields.ts";
import { type RecordFilter, readFilter, readOrder } from "../../../src/store/records/filter.ts";
import { listRecords } from "../../../src/store/records/list.ts";
import { describeOnBoth } from "../../database.ts";
import { OPTIONS } from "../../random/values.ts";
import { fileOf, lookAt, openThings, spell, type Things } from "./things.ts";

const FILE = fileOf(43, 60);

/** A comparison of every kind that has SQL of its own, and what else would be of its kind. */
const COMPARISONS: readonly (readonly [name: string, comparison: (at: number) => Comparison])[] = [
  ["text EQ", (at) => ({ field: "text", op: "EQ", value: `x${at}` })],
  ["text NE", (at) => ({ field: "text", op: "NE", value: `x${at}` })],
  ["text LT", (at) => ({ field: "text", op: "LT", value: `x${at}` })],
  ["text CONTAINS", (at) => ({ field: "text", op: "CONTAINS", value: `x${at}` })],
  ["email STARTS_WITH", (at) => ({ field: "email", op: "STARTS_WITH", value: `x${at}` })],
  ["number GTE", (at) => ({ field: "number", op: "GTE", value: at / 3 })],
  ["boolean EQ", (at) => ({ field: "boolean", op: "EQ", value: at % 2 === 0 })],
  ["datetime LT", () => ({ field: "datetime", op: "LT", value: "2026-01-01T00:00:00Z" })],
  ["picklist NE", (at) => ({ field: "picklist", op: "NE", value: optionAt(at) })],
  ["multi CONTAINS", (at) => ({ field: "multi", op: "CONTAINS", value: optionAt(at) })],
  ["multi NE", (at) => ({ field: "multi", op: "NE", value: [optionAt(at), optionAt(at + 1)] })],
  ["target EQ", (at) => ({ field: "target", op: "EQ", value: `target-${at % 8}` })],
  ["target NE", (at) => ({ field: "target", op: "NE", value: `target-${at % 8}` })],
  ["target IS_NULL", () => ({ field: "target", op: "IS_NULL" })],
  ["a.user NE", () => ({ field: "a.user", op: "NE", value: "rep@acme.test" })],
  ["owner EQ", () => ({ field: "owner", op: "EQ", value: "rep@acme.test" })],
  ["id NE", (at) => ({ field: "id", op: "NE", value: `thing-${at % 60}` })],
  ["createdAt GT", () => ({ field: "createdAt", op: "GT", value: "2026-01-01T00:00:00Z" })],
];

/** The same of those that take a list. */
const LISTS: readonly (readonly [name: string, comparison: (at: number) => Comparison])[] = [
  ["text IN", (at) => ({ field: "text", op: "IN", value: thousand((each) => `${at}_${each}`) })],
  ["text NOT_IN", (at) => ({ field: "text", op: "NOT_IN", value: thousand((each) => `${at}_${each}`) })],
  ["number IN", (at) => ({ field: "number", op: "IN", value: thousand((each) => at + each / 4 - 100) })],
  ["number NOT_IN", (at) => ({ field: "number", op: "NOT_IN", value: thousand((each) => at + each / 4) })],
  ["picklist IN", () => ({ field: "picklist", op: "IN", value: thousand(optionAt) })],
  ["multi EQ", () => ({ field: "multi", op: "EQ", value: thousand(() => optionAt(0)) })],
  ["target IN", () => ({ field: "target", op: "IN", value: thousand((each) => `target-${each % 8}`) })],
  ["target NOT_IN", () => ({ field: "target", op: "NOT_IN", value: thousand(() => "target-0") })],
  ["a.user NOT_IN", () => ({ field: "a.user", op: "NOT_IN", value: thousand(() => "rep@acme.test") })],
  ["id IN", () => ({ field: "id", op: "IN", value: thousand((each) => `thing-${each % 60}`) })],
  ["createdAt IN", () => ({ field: "createdAt", op: "IN", value: thousand(() => "2026-12-01T12:00:00Z") })],
];

/** Trees at the limits of a condition: 1,000 nodes, 32 levels. */
const TREES: readonly (readonly [name: string, tree: (leaf: (at: number) => Condition) => Condition])[] = [
  ["any of 999", (leaf) => ({ any: Array.from({ length: 999 }, (_, at) => leaf(at)) })],
  ["all of 999", (leaf) => ({ all: Array.from({ length: 999 }, (_, at) => leaf(at)) })],
  ["32 levels of 30", (leaf) => deep(leaf, 31, 30)],
  ["32 levels of one", (leaf) => deep(leaf, 31, 0)],
];

function deep(leaf: (at: number) => Condition, levels: number, beside: number): Condition {
  let tree: Condition = leaf(0);
  for (let level = 0; level < levels; level += 1) {
    const parts = [tree, ...Array.from({ length: beside }, (_, at) => leaf(level * beside + at))];
    tree = level % 2 === 0 ? { any: parts } : { all: parts };
  }
  return tree;
}

function optionAt(at: number): string {
  return String(OPTIONS[at % OPTIONS.length]);
}

function thousand<Value>(valueAt: (at: number) => Value): Value[] {
  return Array.from({ length: 1_000 }, (_, at) => valueAt(at));
}

/** Trees up to here are asked of the databases, though no list may ask for them. */
const BEYOND = 4 * MAX_COMPARISONS;

const ORDER = [{ field: "target" }, { field: "multi", direction: "DESC" }, { field: "owner" }] as const;

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    (done) => done,
    (thrown: unknown) => thrown,
  );
  return error instanceof InvalidInput ? { code: error.code, field: error.field, ...error.details } : error;
}

describeOnBoth("A filter at the limits", (open) => {
  const things: { [name: string]: Things } = {};
  beforeAll(async () => {
    const { database } = await open();
    things["root"] = await openThings(database, FILE, "root@acme.test");
    for (const plan of ["DENSE", "SPARSE"] as const)
      things[`rep ${plan}`] = await lookAt(database, FILE.organization.key, "rep@acme.test", plan);
  });

  /** Page, sorted page and count, without the budget of a request, against memory. */
  async function agree(name: string, condition: Condition): Promise<void> {
    const { viewer, module, rows, ids } = things[name]!;
    const { inMemory, filter } = spell(condition, ids);
    const read = readCondition(inMemory, comparableFields(module));
    if (read.kind === "FAULTS") throw new Error(JSON.stringify(read.faults[0]));
    const wanted = rows.filter(({ values }) => matches(read.condition, values)).map(({ row }) => row.id);
    const query = {
      reached: reachedBy(viewer, module, "READ"),
      filter: readFilter(viewer, module, filter),
      after: null,
      before: null,
      limit: 100,
      isFromEnd: false,
    };
    // What costs many times what is allowed never becomes a statement: to plan it alone would take a minute.
    if (priceOfFilter(query.filter) > BEYOND) {
      expect(await refusalOf(listRecords(viewer, module, { filter }))).toMatchObject({
        code: "LIMIT_EXCEEDED",
      });
      return;
    }
    const { queries } = viewer.store;
    const page = await queries.page({ ...query, order: [] });
    expect(page.map(({ id }) => id)).toEqual(wanted);
    const sorted = await queries.page({ ...query, order: readOrder(viewer, module, ORDER) });
    expect(sorted.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
    expect(await queries.count(query.reached, query.filter)).toBe(wanted.length);
  }

  describe.each(["root", "rep DENSE", "rep SPARSE"])("for %s", (name) => {
    test.each(COMPARISONS)(
      "AP-10 %s, 999 times and 32 levels deep, is answered, or refused by its cost",
      async (_, leaf) => {
        // Wide and deep; the other trees, of all kinds together, stand below.
        await agree(name, TREES[0]![1](leaf));
        await agree(name, TREES[2]![1](leaf));
      },
    );

    test.each(LISTS)(
      "AP-10 %s of 1,000 constants, 40 times, is answered, or refused by its cost",
      async (_, leaf) => {
        for (const kind of ["any", "all"] as const) {
          const parts = Array.from({ length: 40 }, (_each, at) => leaf(at));
          await agree(name, kind === "any" ? { any: parts } : { all: parts });
        }
      },
    );

    test("AP-10 all of them together are answered", async () => {
      const leaf = (at: number) => COMPARISONS[at % COMPARISONS.length]![1](at);
      for (const [, tree] of TREES) await agree(name, tree(leaf));
    });
  });

  const root = () => {
    const { viewer, ...rest } = things["root"]!;
    // A budget is a request's: one for each question.
    return {
      ...rest,
      viewer: { ...viewer, request: { id: "limits", signal: null, claim: null, shown: null } },
    };
  };
  const times = (count: number, condition: Condition): RecordFilter =>
    spell({ all: Array.from({ length: count }, () => condition) }, root().ids).filter;

  test.each([
    ["text", { field: "text", op: "NE", value: "x" }, PRICE.plain],
    ["part of a text", { field: "text", op: "CONTAINS", value: "x" }, PRICE.partOfText],
    [
      "long part of a text",
      { field: "text", op: "CONTAINS", value: "x".repeat(4 * PRICE.characters) },
      PRICE.partOfText + 4,
    ],
    ["number", { field: "number", op: "NE", value: 1 }, PRICE.number],
    ["options", { field: "multi", op: "CONTAINS", value: optionAt(0) }, PRICE.options],
    ["one of a lookup's targets", { field: "target", op: "EQ", value: "target-0" }, PRICE.pointer],
    ["any other lookup", { field: "target", op: "NE", value: "target-0" }, PRICE.target],
    ["missing lookup", { field: "target", op: "IS_NULL" }, PRICE.target],
    ["list", { field: "text", op: "NOT_IN", value: thousand(String) }, 7],
  ] as const)(
    "AP-10 a filter costs what its comparisons cost: %s, as many as are allowed and one more",
    async (_, comparison, price) => {
      const { viewer, module } = root();
      const most = Math.floor(MAX_COMPARISONS / (2 * price));
      const allowed = await listRecords(viewer, module, { filter: times(most, comparison as Comparison) });
      expect(allowed.edges).toBeDefined();
      const next = root();
      expect(
        await refusalOf(
          listRecords(next.viewer, module, { filter: times(most + 1, comparison as Comparison) }),
        ),
      ).toMatchObject({
        code: "LIMIT_EXCEEDED",
        field: "filter",
        limit: { name: "comparisons", max: MAX_COMPARISONS, actual: (most + 1) * 2 * price },
      });
    },
  );

  test("AP-10 the lists of an operation are charged together, with their counts, before they run", async () => {
    const { viewer, module } = root();
    const filter = times(MAX_COMPARISONS / 4, { field: "text", op: "NE", value: "x" });
    const one = times(1, { field: "text", op: "IS_NULL" });
    const lists = [filter, filter, one].map((each) =>
      refusalOf(listRecords(viewer, module, { filter: each, first: 1 })),
    );
    expect(await Promise.all(lists)).toMatchObject([
      { edges: expect.anything() },
      { edges: expect.anything() },
      { code: "LIMIT_EXCEEDED", limit: { actual: MAX_COMPARISONS + 2 } },
    ]);
    // What costs nothing is answered all the same.
    expect((await listRecords(viewer, module, { first: 1 })).edges).toHaveLength(1);
  });

  test("AP-10 an order costs what its terms cost, and more behind a cursor", async () => {
    const orderBy = [{ field: "target" }];
    const { edges } = await listRecords(root().viewer, root().module, { orderBy, first: 1 });
    const after = edges[0]!.cursor;
    const count = Math.floor((MAX_COMPARISONS - PRICE.target) / 2);
    const filter = times(count, { field: "text", op: "NE", value: "x" });
    const { viewer, module } = root();
    await listRecords(viewer, module, { filter, orderBy, first: 1 });
    const next = root();
    expect(
      await refusalOf(listRecords(next.viewer, module, { filter, orderBy, first: 1, after })),
    ).toMatchObject({
      code: "LIMIT_EXCEEDED",
      limit: { actual: 3 * count + 6 * PRICE.target },
    });
  });

  test("AP-10 a refused list sends no statement of its own", async () => {
    const { viewer, module } = root();
    const filter = times(900, { field: "target", op: "NE", value: "target-0" });
    const { result, statements } = await viewer.store.database.statementsOf(() =>
      refusalOf(listRecords(viewer, module, { filter, orderBy: [{ field: "target" }] })),
    );
    expect(result).toMatchObject({ code: "LIMIT_EXCEEDED" });
    expect(statements).toEqual([]);
  });
});
