import { sqltag as sql } from "@prisma/client/runtime/client";
import { expect, onTestFinished, test } from "vitest";
import { FOREVER } from "../../../src/kernel/instant.ts";
import type { Reach } from "../../../src/policy/reach.ts";
import { KEPT } from "../../../src/store/database/statement-name.ts";
import { kept } from "../../../src/store/reach/kept.ts";
import { openTestDatabase } from "../../database.ts";

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

test("EN-20 a statement that spells out many narrowed keys is one of too many forms to keep", () => {
  const reachOf = (narrowed: number): Reach => ({
    kind: "SOME",
    validUntil: FOREVER,
    ownerMask: new Uint8Array(1),
    roles: [],
    loneOwners: [],
    keys: new Map([
      ["u:somebody", null],
      ...Array.from({ length: narrowed }, (_, at): [string, Uint8Array] => [`c:${at}`, new Uint8Array(1)]),
    ]),
  });
  expect(kept(sql`SELECT 1`, reachOf(4)).sql).toBe(`${KEPT} SELECT 1`);
  expect(kept(sql`SELECT 1`, reachOf(5)).sql).toBe("SELECT 1");
});
