import { sqltag as sql } from "@prisma/client/runtime/client";
import { beforeAll, describe, expect, test } from "vitest";
import type { Database, DatabaseKind } from "../../../src/database/database.ts";
import type { Condition } from "../../../src/policy/model/condition.ts";
import { reachedBy } from "../../../src/store/core/viewer.ts";
import { readFilter, readOrder } from "../../../src/store/records/filter.ts";
import { describeOnBoth } from "../../database.ts";
import { fileOf, lookAt, openThings, spell, type Things } from "./things.ts";

const FILE = fileOf(44, 60);

/** A question about one record, and behind it more than a cheap filter asks. */
const numbers = Array.from(
  { length: 9 },
  (_, at): Condition => ({ field: "number", op: "GTE", value: at - 50 }),
);
const DEAR: readonly (readonly [string, (key: string) => Condition])[] = [
  ["all of a dear filter", () => ({ all: numbers })],
  ["any of a dear filter", () => ({ any: numbers })],
  [
    "a dear filter behind a key",
    (key) => ({ all: [{ field: "key", op: "EQ", value: key }, { any: numbers }] }),
  ],
  [
    "a dear filter behind keys",
    (key) => ({ all: [{ all: [{ field: "key", op: "IN", value: [key, "x"] }] }, ...numbers] }),
  ],
  [
    "a comparison behind a look into a text",
    () => ({ all: [{ field: "name", op: "STARTS_WITH", value: "" }, numbers[0]!] }),
  ],
  [
    "a dear filter behind a name",
    (key) => ({ all: [{ field: "key", op: "STARTS_WITH", value: key }, ...numbers] }),
  ],
];

/** A value with which a comparison by number ends in an error of the database: so it shows that it was asked. */
async function poison(database: Database, kind: DatabaseKind, id: string): Promise<void> {
  await database.write(async (tx) => {
    await (kind === "sqlite"
      ? tx.$executeRaw(sql`UPDATE "Record" SET "values" = '{"number": 7' WHERE "id" = ${id}`)
      : tx.$executeRaw(sql`UPDATE "Record" SET "values" = '{"number": 1e400}' WHERE "id" = ${id}::uuid`));
  });
}

describeOnBoth("a dear filter", (open, kind) => {
  let database: Database;
  const things: Record<string, Things> = {};
  let hidden: string;
  beforeAll(async () => {
    database = (await open()).database;
    things["root"] = await openThings(database, FILE, "root@acme.test");
    for (const plan of ["EXACT", "DENSE", "SPARSE"] as const)
      things[plan] = await lookAt(database, FILE.organization.key, "rep@acme.test", plan);
    const visible = new Set(things["EXACT"]!.rows.map(({ row }) => row.id));
    const row = things["root"].rows.find((each) => !visible.has(each.row.id))!.row;
    hidden = row.key;
    await poison(database, kind, row.id);
  });

  async function asked(name: string, condition: Condition): Promise<number> {
    const { viewer, module, ids } = things[name]!;
    const query = {
      reached: reachedBy(viewer, module, "READ"),
      filter: readFilter(viewer, module, spell(condition, ids).filter),
      after: null,
      before: null,
      limit: 100,
      isFromEnd: false,
    };
    const { queries } = viewer.store;
    const page = await queries.page({ ...query, order: [] });
    const sorted = await queries.page({ ...query, order: readOrder(viewer, module, [{ field: "text" }]) });
    expect(sorted.length).toBe(page.length);
    expect(await queries.count(query.reached, query.filter)).toBe(page.length);
    return page.length;
  }

  describe.each(["EXACT", "DENSE", "SPARSE"])("by the plan %s", (plan) => {
    test.each(DEAR)("SH-52 %s is asked of no record out of reach", async (_, condition) => {
      await asked(plan, condition(hidden));
    });
  });

  test.each(DEAR)(
    "SH-52 whoever reads all is told that the record cannot be read: %s",
    async (_, condition) => {
      await expect(asked("root", condition(hidden))).rejects.toThrow();
    },
  );
});
