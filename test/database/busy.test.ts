import { sqltag as sql } from "@prisma/client/runtime/client";
import { describe, expect, test } from "vitest";
import { again } from "../../src/database/again.ts";
import { openStore } from "../../src/database/open.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { InvalidInput } from "../../src/kernel/fault.ts";
import { describeOnBoth, openTestDatabase, type TestDatabase } from "../database.ts";
import { ACME, NOW } from "../graphql/world.ts";

const FILE = { text: ACME, name: "acme.yaml" };

describe("turns of an organisation on postgres", () => {
  test("EN-33 who waits for a turn takes no connection from those who read", async () => {
    const { database, close } = await openTestDatabase("postgres", { connections: 4 });
    const { orgId: id } = await applyOrganizationFile(database, FILE, null, { now: NOW });
    const order: string[] = [];
    const policy = holding({ database, id, order }, "policy", "UPDATE");
    await policy.isIn;
    const writers = Array.from({ length: 10 }, (_, at) =>
      holding({ database, id, order }, `writer ${at}`, "SHARE"),
    );
    await expect.poll(() => waiting(database)).toBeGreaterThan(0);
    expect(await database.reader.organization.count()).toBe(1);
    expect(order).toEqual(["policy"]);
    policy.leave();
    for (const one of writers) one.leave();
    await Promise.all([policy, ...writers].map(({ isOver }) => isOver));
    await close();
  });
});

describeOnBoth("a database that is busy", (open) => {
  test("AP-10 AP-04 a write that cannot begin in its time is refused as busy, and nothing of it happens", async () => {
    const { database: patient, url } = await open();
    await applyOrganizationFile(patient, FILE, null, { now: NOW });
    const database = await openStore(url, { connections: 2, waitMs: 100 });
    const other = await openStore(url, { connections: 2, waitMs: 100 });
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { promise: isOpen, resolve: opened } = Promise.withResolvers<void>();
    // A connection may take longer to be made than is waited here.
    const busy = again(
      () =>
        database.write(async (tx) => {
          await tx.organization.updateMany({ data: { name: "First" } });
          opened();
          await mayEnd;
        }),
      { when: (error) => error instanceof InvalidInput, firstMs: 1, lastMs: 50 },
    );
    await isOpen;
    // On SQLite another process's; on Postgres the connections are all taken.
    const refused = (database.kind === "sqlite" ? other : database).write((tx) =>
      tx.organization.updateMany({ data: { name: "Second" } }),
    );
    await expect(refused).rejects.toThrow(InvalidInput);
    await expect(refused).rejects.toMatchObject({
      code: "LIMIT_EXCEEDED",
      details: { limit: { name: "milliseconds", max: 100 } },
    });
    end();
    await busy;
    expect((await patient.reader.organization.findMany()).map(({ name }) => name)).toEqual(["First"]);
    await Promise.all([database.close(), other.close()]);
  });
});

type Place = { readonly database: TestDatabase["database"]; readonly id: string; readonly order: string[] };

/** A transaction that takes its turn, says so, and stays until it is told to leave. */
function holding({ database, id, order }: Place, name: string, mode: "SHARE" | "UPDATE") {
  const { promise: mayLeave, resolve: leave } = Promise.withResolvers<void>();
  const { promise: isIn, resolve: enter } = Promise.withResolvers<void>();
  const isOver = database.write(async (tx) => {
    await database.lockVersion(tx, id, mode);
    order.push(name);
    enter();
    await mayLeave;
  });
  return { isIn, isOver, leave };
}

/** How many transactions of this database wait for a lock that is not of a row. */
async function waiting({ reader }: TestDatabase["database"]): Promise<number> {
  const [row] = await reader.$queryRaw<{ n: number }[]>(
    sql`SELECT count(*)::int AS "n" FROM pg_locks l JOIN pg_database d ON d."oid" = l."database"
     WHERE d."datname" = current_database() AND NOT l."granted" AND l."locktype" IN ('advisory', 'tuple', 'transactionid')`,
  );
  return row?.n ?? 0;
}
