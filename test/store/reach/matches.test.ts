import { inspect } from "node:util";
import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { expect, test } from "vitest";
import type { Tx } from "../../../src/database/database.ts";
import { asId } from "../../../src/kernel/id.ts";
import { lockNextRecords } from "../../../src/store/reach/rows/matches.ts";
import { describeOnBoth } from "../../database.ts";

const NOBODY = "0189b63a-c0dc-70e6-9d67-7a44d10c4e8a";

describeOnBoth("the next records of a module", (open, kind) => {
  test("EN-27 come in the order of an index, so that a batch costs the same wherever it begins", async () => {
    const { database } = await open();
    const plan = await database.write(async (tx) => {
      let told: unknown = null;
      const explaining = {
        async $queryRaw(statement: Sql) {
          // What can do without sorting and without reading everything is chosen, small as the table is.
          if (kind === "postgres") {
            await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
            await tx.$executeRaw`SET LOCAL enable_bitmapscan = off`;
            told = await tx.$queryRaw(sql`EXPLAIN ${statement}`);
          } else {
            told = await tx.$queryRaw(sql`EXPLAIN QUERY PLAN ${statement}`);
          }
          return [];
        },
      } as unknown as Tx;
      await lockNextRecords(kind, explaining, asId(NOBODY), asId(NOBODY), asId(NOBODY), 50);
      return inspect(told, { depth: null, breakLength: Number.POSITIVE_INFINITY });
    });
    expect(plan).toMatch(/Record_moduleId_id/);
    expect(plan).not.toMatch(/sort|TEMP B-TREE/i);
  });
});
