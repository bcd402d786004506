import { expect, onTestFinished, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { KEPT } from "../../../src/database/statement-name.ts";
import { asId } from "../../../src/kernel/id.ts";
import { listRecords } from "../../../src/store/records/list.ts";
import { openTestDatabase } from "../../database.ts";
import { fileOf, lookAt, openThings } from "./things.ts";

/** How often Postgres plans a statement for its values before it decides how to go on. */
const TRIALS = 5;

const file = fileOf(43, 61);

/** Asks again and again for what is asked for most: pages by two plans, first and later, and records by id. */
async function askOften(database: Database): Promise<void> {
  for (const plan of ["DENSE", "SPARSE"] as const) {
    const { store, viewer, module } = await lookAt(database, file.organization.key, "rep@acme.test", plan);
    const { edges } = await listRecords(viewer, module, { first: 10 });
    const after = edges[1]?.cursor ?? null;
    const ids = edges.map(({ node }) => asId<"Record">(node.id));
    expect(ids.length).toBe(10);
    for (let time = 0; time < 2 * TRIALS; time += 1) {
      await listRecords(viewer, module, { first: 10 });
      await (await listRecords(viewer, module, { first: 10, after })).totalCount();
      await store.queries.find(viewer.orgId, ids.slice(0, 1), ["u:nobody"]);
      await store.queries.find(viewer.orgId, ids.slice(0, 3), ["u:nobody"]);
    }
  }
}

test("EN-20 EN-22 SQLite has no value to plan a statement for that is kept prepared", async () => {
  const { database, close } = await openTestDatabase("sqlite");
  onTestFinished(close);
  await openThings(database, file, "root@acme.test");
  const { statements } = await database.statementsOf(() => askOften(database));
  const kept = statements.filter((statement) => statement.startsWith(KEPT));
  expect(new Set(kept).size).toBeGreaterThanOrEqual(5);
  for (const statement of kept)
    expect(statement).not.toMatch(/"(orgId|moduleId|id|recordId|ownerId|ownerRoleId|key)" [=<>]+ \?/);
});

test("EN-20 EN-22 Postgres does not plan what is kept prepared anew for each reach", async () => {
  const { database, close } = await openTestDatabase("postgres", { connections: 1 });
  onTestFinished(close);
  await openThings(database, file, "root@acme.test");
  await askOften(database);
  const kept = await database.reader.$queryRaw<
    readonly { readonly statement: string; readonly custom: bigint; readonly generic: bigint }[]
  >`SELECT "statement", "custom_plans" AS "custom", "generic_plans" AS "generic" FROM pg_prepared_statements`;
  const often = kept.filter(({ statement, custom, generic }) => {
    expect(statement.startsWith(KEPT)).toBe(true);
    return custom + generic >= 2 * TRIALS;
  });
  expect(often.length).toBeGreaterThanOrEqual(5);
  for (const { statement, custom } of often) expect([statement, Number(custom)]).toEqual([statement, TRIALS]);
});
