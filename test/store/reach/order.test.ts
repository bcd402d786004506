import { beforeAll, describe, expect, test } from "vitest";
import { InvalidInput } from "../../../src/kernel/fault.ts";
import { compareText } from "../../../src/kernel/text.ts";
import { listRecords, type RecordListArgs } from "../../../src/store/records/list.ts";
import { describeOnBoth, type TestDatabase } from "../../database.ts";
import { diceOf } from "../../random/dice.ts";
import { ATTRIBUTES, FIELDS, fileOf, lookAt, openThings, type Seen, type Things, thing } from "./things.ts";

const FILE = fileOf(43, 61);
const SIZES = [1, 5, 16, 53];
type Term = { readonly field: string; readonly direction: "ASC" | "DESC" };

/** Every field and attribute in both directions, some in twos and threes, and none: newest first. */
const ORDERS: readonly (readonly Term[])[] = [
  [],
  ...[...Object.keys(FIELDS), ...Object.keys(ATTRIBUTES)].flatMap(
    (field) => [[{ field, direction: "ASC" }], [{ field, direction: "DESC" }]] as const,
  ),
  [
    { field: "picklist", direction: "ASC" },
    { field: "number", direction: "DESC" },
  ],
  [
    { field: "boolean", direction: "DESC" },
    { field: "target", direction: "ASC" },
    { field: "owner", direction: "DESC" },
  ],
  [
    { field: "updatedAt", direction: "ASC" },
    { field: "multi", direction: "DESC" },
    { field: "a.user", direction: "ASC" },
    { field: "email", direction: "DESC" },
  ],
];

/** Every plan that can be wrong by itself; the other two viewers take the exact one. */
const PLANS = ["DENSE", "SPARSE"] as const;

describeOnBoth("An order", (open) => {
  const things: { [name: string]: Things } = {};
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await open();
    things["root"] = await openThings(opened.database, FILE, "root@acme.test");
    things["rep"] = await lookAt(opened.database, FILE.organization.key, "rep@acme.test");
    for (const plan of PLANS)
      things[`rep ${plan}`] = await lookAt(opened.database, FILE.organization.key, "rep@acme.test", plan);
  });
  const world = (name: string): Things => things[name] ?? ({} as Things);

  describe.each(["root", "rep", ...PLANS.map((plan) => `rep ${plan}`)])("for %s", (name) => {
    test.each(
      ORDERS.map((order, at) => ({
        order,
        at,
        title: order.map(({ field, direction }) => `${field} ${direction}`).join(", ") || "newest first",
      })),
    )(
      "AP-01 EN-09 EN-10 SH-52 SH-53 by $title: as in memory, and pages joined are the list, both ways",
      async ({ order, at }) => {
        const { rows } = world(name);
        const expected = [...rows].sort((a, b) => inMemory(order, a, b)).map(({ row }) => row.key);
        const whole = await keysOf(name, { orderBy: order, first: 100 });
        expect(whole).toEqual(expected);
        // Newest first is walked in every size, each other order in one that differs from order to order.
        for (const size of order.length === 0 ? SIZES : [[5, 16, 53][at % 3] ?? 5]) {
          expect(await walk(name, { orderBy: order }, size, "FORWARDS")).toEqual(expected);
          expect(await walk(name, { orderBy: order }, size, "BACKWARDS")).toEqual(expected);
        }
      },
    );
  });

  test("AP-01 filter, order and pages go together", async () => {
    const filter = { compare: { field: "number", op: "IS_NOT_NULL" } } as const;
    const orderBy = [{ field: "number", direction: "DESC" }] as const;
    const { rows } = world("rep");
    const expected = [...rows]
      .filter(({ values }) => values["number"] != null)
      .sort((a, b) => inMemory(orderBy, a, b))
      .map(({ row }) => row.key);
    expect(expected.length).toBeGreaterThan(5);
    for (const size of [1, 5]) {
      expect(await walk("rep", { orderBy, filter }, size, "FORWARDS")).toEqual(expected);
      expect(await walk("rep", { orderBy, filter }, size, "BACKWARDS")).toEqual(expected);
    }
  });

  test.each<[string, readonly Term[], string]>([
    ["an unknown field", [{ field: "nothing", direction: "ASC" }], "orderBy.0.field"],
    [
      "a field twice",
      [
        { field: "text", direction: "ASC" },
        { field: "text", direction: "DESC" },
      ],
      "orderBy.1.field",
    ],
    [
      "too many terms",
      Array.from({ length: 5 }, (_, at) => ({
        field: Object.keys(FIELDS)[at] ?? "",
        direction: "ASC" as const,
      })),
      "orderBy",
    ],
  ])("AP-01 %s is refused, naming its place", async (_title, orderBy, place) => {
    await expectRefusal({ orderBy }, place);
  });

  test.each<[string, RecordListArgs, string]>([
    ["first and last", { first: 1, last: 1 }, "last"],
    ["none", { first: 0 }, "first"],
    ["too many", { last: 101 }, "last"],
    ["half a row", { first: 1.5 }, "first"],
  ])("AP-01 %s is refused, naming its place", async (_title, args, place) => {
    await expectRefusal(args, place);
  });

  describe("a cursor", () => {
    const encode = (parts: unknown) => Buffer.from(JSON.stringify(parts), "utf8").toString("base64url");
    const ID = "018f0000-0000-7000-8000-000000000000";
    const signatureOf = async (orderBy: readonly Term[]): Promise<string> => {
      const { viewer, module } = world("rep");
      const page = await listRecords(viewer, module, { first: 1, orderBy });
      return JSON.parse(Buffer.from(page.edges[0]?.cursor ?? "", "base64url").toString("utf8"))[0];
    };

    test.each<[string, readonly Term[], (signature: string) => string]>([
      ["empty", [], () => ""],
      ["no base64url", [], () => "%%%"],
      ["no JSON", [], () => Buffer.from("{", "utf8").toString("base64url")],
      ["no list", [], () => encode({ id: ID })],
      ["an empty list", [], () => encode([])],
      ["without an id", [], (signature) => encode([signature])],
      ["an id that is none", [], (signature) => encode([signature, "1 OR 1=1"])],
      ["an id in capitals", [], (signature) => encode([signature, ID.toUpperCase()])],
      ["an id that is a number", [], (signature) => encode([signature, 1])],
      ["a place too many", [], (signature) => encode([signature, "a", ID])],
      ["of another order", [{ field: "text", direction: "ASC" }], () => encode(["", ID])],
      [
        "of the other direction",
        [{ field: "text", direction: "ASC" }],
        (signature) => encode([signature.replace("+", "-"), "a", ID]),
      ],
      ["a place too few", [{ field: "text", direction: "ASC" }], (signature) => encode([signature, ID])],
      ["a number for text", [{ field: "text", direction: "ASC" }], (signature) => encode([signature, 1, ID])],
      [
        "text that no database keeps",
        [{ field: "text", direction: "ASC" }],
        (signature) => encode([signature, "a\u0000", ID]),
      ],
      [
        "half a character",
        [{ field: "text", direction: "ASC" }],
        (signature) => encode([signature, "\ud83d", ID]),
      ],
      [
        "text for a number",
        [{ field: "number", direction: "ASC" }],
        (signature) => encode([signature, "1", ID]),
      ],
      [
        "a list for a number",
        [{ field: "number", direction: "ASC" }],
        (signature) => encode([signature, [1], ID]),
      ],
      ["2 for a truth", [{ field: "boolean", direction: "ASC" }], (signature) => encode([signature, 2, ID])],
      [
        "true for a truth, which is 1 in a place",
        [{ field: "boolean", direction: "ASC" }],
        (signature) => encode([signature, true, ID]),
      ],
      [
        "no id for a creation",
        [{ field: "createdAt", direction: "ASC" }],
        (signature) => encode([signature, "now", ID]),
      ],
    ])("AP-01 AP-04 that is broken is refused: %s", async (_title, orderBy, broken) => {
      const cursor = broken(await signatureOf(orderBy));
      await expectRefusal({ orderBy, first: 5, after: cursor }, "after");
      await expectRefusal({ orderBy, last: 5, before: cursor }, "before");
    });

    test.each<[string, readonly Term[], readonly unknown[]]>([
      ["a record that never was", [], []],
      ["a number beyond all others", [{ field: "number", direction: "ASC" }], [1e308]],
      ["no value", [{ field: "text", direction: "DESC" }], [null]],
    ])(
      "SH-52 that was made up (%s) shows nothing out of reach, and breaks nothing",
      async (_title, orderBy, places) => {
        const after = encode([await signatureOf(orderBy), ...places, ID]);
        const reached = new Set(world("rep").rows.map(({ row }) => row.key));
        const behind = await keysOf("rep", { orderBy, first: 100, after });
        const ahead = await keysOf("rep", { orderBy, last: 100, before: after });
        expect([...ahead, ...behind].filter((key) => !reached.has(key))).toEqual([]);
        expect(new Set([...ahead, ...behind]).size).toBe(reached.size);
      },
    );

    test("SH-52 of an administrator opens no row to somebody else", async () => {
      const { viewer, module } = world("root");
      const page = await listRecords(viewer, module, { first: 1 });
      const after = page.edges[0]?.cursor ?? "";
      const reached = new Set(world("rep").rows.map(({ row }) => row.key));
      const keys = await keysOf("rep", { first: 100, after });
      expect(keys.length).toBeGreaterThan(0);
      expect(keys.filter((key) => !reached.has(key))).toEqual([]);
    });

    test.each(["text", "number", "createdAt"])(
      "AP-01 EN-10 by %s stays true when rows come and go",
      async (field) => {
        const file = { ...fileOf(47, 40), organization: { ...FILE.organization, key: `moving-${field}` } };
        const before = await openThings(opened.database, file, "root@acme.test");
        const orderBy = [{ field, direction: "ASC" }] as const;
        const { viewer, module } = before;
        const page = await listRecords(viewer, module, { orderBy, first: 15 });
        const seenKeys = page.edges.map(({ node }) => node.key);
        const cursor = page.edges.at(-1)?.cursor ?? "";
        const lastId = page.edges.at(-1)?.node.id ?? "";

        // Twenty more come, and the very row of the cursor goes.
        const dice = diceOf(7);
        const targets = { recordKeys: { targets: ["target-0", "target-1"] }, users: Object.keys(file.users) };
        const more = Object.fromEntries(
          Array.from({ length: 20 }, (_, at) => [`later-${at}`, thing(dice, targets)]),
        );
        const grown = {
          ...file,
          records: { ...file.records, things: { ...file.records?.["things"], ...more } },
        };
        const after = await openThings(opened.database, grown, "root@acme.test");
        const place = after.rows.find(({ row }) => row.id === lastId);
        await opened.database.write((tx) =>
          tx.record.deleteMany({ where: { orgId: viewer.orgId, id: lastId } }),
        );
        if (!place) throw new Error("the row of the cursor was there");

        const rest = await listRecords(after.viewer, after.module, { orderBy, first: 100, after: cursor });
        const expected = [...after.rows]
          .sort((a, b) => inMemory(orderBy, a, b))
          .filter((each) => inMemory(orderBy, place, each) < 0);
        expect(rest.edges.map(({ node }) => node.key)).toEqual(expected.map(({ row }) => row.key));
        // Of the rows that were there all along none is shown twice and none is missed.
        const oldKeys = Object.keys(file.records?.["things"] ?? {});
        const shown = [...seenKeys, ...rest.edges.map(({ node }) => node.key)].filter((key) =>
          oldKeys.includes(key),
        );
        expect(shown.sort()).toEqual(oldKeys.sort());
        expect(await rest.hasPreviousPage()).toBe(true);
      },
    );
  });

  async function keysOf(name: string, args: RecordListArgs): Promise<string[]> {
    const { viewer, module } = world(name);
    return (await listRecords(viewer, module, args)).edges.map(({ node }) => node.key);
  }

  /** All pages of a size, joined in list order; each is full or the last, and says truly what is before and after it. */
  async function walk(
    name: string,
    args: RecordListArgs,
    size: number,
    way: "FORWARDS" | "BACKWARDS",
  ): Promise<string[]> {
    const { viewer, module } = world(name);
    const pages: string[][] = [];
    let cursor: string | null = null;
    while (pages.length <= world(name).rows.length) {
      const slice: RecordListArgs =
        way === "FORWARDS" ? { first: size, after: cursor } : { last: size, before: cursor };
      const page = await listRecords(viewer, module, { ...args, ...slice });
      const [ahead, behind] = [await page.hasNextPage(), await page.hasPreviousPage()];
      const isLast = way === "FORWARDS" ? !ahead : !behind;
      const hasEarlier = way === "FORWARDS" ? behind : ahead;
      expect(hasEarlier).toBe(cursor !== null);
      expect(page.edges.length === size || isLast).toBe(true);
      // There is another page only when there is another row (EN-10).
      expect(page.edges.length > 0 || cursor === null).toBe(true);
      pages.push(page.edges.map(({ node }) => node.key));
      cursor = (way === "FORWARDS" ? page.edges.at(-1) : page.edges[0])?.cursor ?? null;
      if (isLast) return (way === "FORWARDS" ? pages : pages.reverse()).flat();
    }
    throw new Error("more pages than rows");
  }

  async function expectRefusal(args: RecordListArgs, place: string): Promise<void> {
    const { viewer, module } = world("rep");
    const refusal = await listRecords(viewer, module, args).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvalidInput);
    expect((refusal as InvalidInput).field).toBe(place);
  }
});

/** The order that is promised: terms by code point, no value last in either direction, ties newest first. */
function inMemory(order: readonly Term[], a: Seen, b: Seen): number {
  for (const { field, direction } of order) {
    const [left = null, right = null] = [a.sortValues[field], b.sortValues[field]];
    if (left === null && right === null) continue;
    if (left === null || right === null) return left === null ? 1 : -1;
    const compared = typeof left === "string" ? compareText(left, String(right)) : left - Number(right);
    if (compared !== 0) return direction === "DESC" ? -compared : compared;
  }
  return compareText(b.row.id, a.row.id);
}
