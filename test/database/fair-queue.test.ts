import { expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { describeOnBoth } from "../database.ts";
import { ACME, NOW } from "../graphql/world.ts";

/** As many as EN-33 has. */
const WRITERS = 16;

describeOnBoth("the queue for the policy's version", (open) => {
  test("EN-33 whoever begins to write after a change of policy has asked waits until it is done", async () => {
    const { database } = await open({ connections: 2.5 * (WRITERS + 2) });
    const file = { text: ACME, name: "acme.yaml" };
    const { orgId } = await applyOrganizationFile(database, file, null, { now: NOW });
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const lock = (mode: "SHARE" | "UPDATE", name: string, then = Promise.resolve()) =>
      database.write(async (tx) => {
        await database.lockVersion(tx, orgId, mode);
        order.push(name);
        if (name === "early") held.resolve();
        await then;
      });

    const early = lock("SHARE", "early", gate.promise);
    await held.promise;
    const policy = lock("UPDATE", "policy");
    await waiting(database, 1);
    const late = Array.from({ length: WRITERS }, () => lock("SHARE", "late"));
    // Each of them is in the queue, or has overtaken.
    await waiting(database, 1 + WRITERS, () => order.filter((each) => each === "late").length);
    gate.resolve();
    await Promise.all([early, policy, ...late]);

    expect(order).toEqual(["early", "policy", ...late.map(() => "late")]);
  });
});

/** Until so many stand in the queue of Postgres, those aside that are through already; SQLite has one by itself, in memory. */
async function waiting(database: Database, count: number, through = () => 0): Promise<void> {
  if (database.kind === "sqlite") return;
  for (;;) {
    const [row] = await database.reader.$queryRaw<readonly { readonly n: bigint }[]>`
      SELECT count(*) AS n FROM pg_locks WHERE NOT granted
        AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`;
    if (Number(row?.n ?? 0) + through() >= count) return;
  }
}
