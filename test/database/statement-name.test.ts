import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { expect, onTestFinished, test } from "vitest";
import { KEPT } from "../../src/database/statement-name.ts";
import { asId } from "../../src/kernel/id.ts";
import { FOREVER } from "../../src/kernel/instant.ts";
import { kept, keptCount, keptPage } from "../../src/store/reach/page/kept.ts";
import type { Reached } from "../../src/store/reach/query.ts";
import { openTestDatabase } from "../database.ts";

test("EN-20 a connection to Postgres keeps what is to be kept prepared, once, and nothing else", async () => {
  const { database, close } = await openTestDatabase("postgres", { connections: 1 });
  onTestFinished(close);
  const { reader } = database;
  for (const value of ["a", "b"]) {
    await reader.$queryRaw(kept(sql`SELECT ${value}::text AS "kept"`));
    await reader.$queryRaw(sql`SELECT ${value}::text AS "other"`);
  }
  const rows = await reader.$queryRaw<readonly { readonly statement: string }[]>(
    sql`SELECT "statement" FROM pg_prepared_statements`,
  );
  expect(rows.map(({ statement }) => statement)).toEqual([`${KEPT} SELECT $1::text AS "kept"`]);
});

test("EN-20 a statement of which there may be too many forms is not kept", () => {
  const reachedBy = (narrowed: number, broad = 0): Reached => ({
    orgId: asId("org"),
    moduleId: asId("module"),
    action: "READ",
    now: 0,
    reach: {
      kind: "SOME",
      validUntil: FOREVER,
      ownerMask: new Uint8Array(4),
      roles: [],
      loneOwners: [],
      movingOwners: [],
      keys: new Map([
        ["u:somebody", null],
        ...Array.from({ length: narrowed }, (_, at): [string, Uint8Array] => [`c:${at}`, new Uint8Array(4)]),
        ...Array.from({ length: broad }, (_, at): [string, null] => [`c:any-${at}`, null]),
      ]),
    },
  });
  const isKept = ({ sql: text }: Sql) => text === `${KEPT} SELECT 1`;
  const one = sql`SELECT 1`;
  expect([4, 5].map((narrowed) => isKept(keptPage(one, reachedBy(narrowed), 51)))).toEqual([true, false]);
  // A size is asked for by a client, and any of them is one more form.
  expect([11, 20, 26, 50, 101, 12, 49, 99].map((size) => isKept(keptPage(one, reachedBy(0), size)))).toEqual([
    ...[true, true, true, true, true],
    ...[false, false, false],
  ]);
  expect(isKept(keptPage(one, reachedBy(0, 20), 51))).toBe(true);
  expect([8, 9].map((broad) => isKept(keptCount(one, reachedBy(0, broad))))).toEqual([true, false]);
});
