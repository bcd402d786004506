import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { holdTargets } from "../../../src/store/reach/rows/targets.ts";
import { openTestDatabase } from "../../database.ts";
import { type Gateway, openGateway } from "../../graphql/gateway.ts";

/** Two leads that point to each other, and a rule that reads what they point to. */
const WORLD = `
sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 9, team: 0 }, superAdmin: root@acme.test }
roles: { ceo: { name: CEO }, rep: { name: Rep, parent: ceo } }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep }
modules: { leads: { label: Leads, fields: { other: { type: LOOKUP, module: leads } } } }
sharingRules: { led: { module: leads, criteria: { field: other, op: IS_NOT_NULL }, to: { role: rep }, access: READ_ONLY } }
records:
  leads:
    one: { owner: root@acme.test, name: One, values: { other: two } }
    two: { owner: root@acme.test, name: Two, values: { other: one } }
`;

const DELETE = "mutation ($input: DeleteRecordInput!) { deleteRecord(input: $input) { id } }";

/** Postgres alone: on SQLite a writer is alone. */
async function world() {
  const { database, close } = await openTestDatabase("postgres");
  onTestFinished(close);
  const gateway = await openGateway(database, WORLD);
  const { id: orgId } = await database.reader.organization.findFirstOrThrow();
  const idOf = async (key: string) => (await database.reader.record.findFirstOrThrow({ where: { key } })).id;
  return { database, gateway, orgId: orgId as never, one: await idOf("one"), two: await idOf("two") };
}

const waiting = async ({ database }: Gateway) => {
  for (let looks = 0; looks < 2_000; looks += 1) {
    const [row] = await database.reader.$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM pg_locks JOIN pg_database d ON d.oid = database
      WHERE NOT granted AND d.datname = current_database()`;
    if (Number(row?.n) > 0) return;
    await sleep(5);
  }
  throw new Error("nobody waits for a lock");
};

test("EN-32 SH-53 two who write records that point to each other do not wait for each other", async () => {
  const { database, orgId, one, two } = await world();
  const have = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const write = (at: 0 | 1, id: string, target: string) =>
    database.write(async (tx) => {
      await database.lockVersion(tx, orgId, "SHARE");
      await database.lockRecords(tx, orgId, [id]);
      have[at].resolve();
      await Promise.all(have.map(({ promise }) => promise));
      return holdTargets("postgres", tx, orgId, [target]);
    });
  const held = await Promise.all([write(0, one, two), write(1, two, one)]);
  expect(held).toEqual([new Set([two]), new Set([one])]);
});

test("EN-32 SH-53 who deletes a record waits for whoever writes what points to it, and nobody for the one who deletes", async () => {
  const { database, gateway, orgId, one, two } = await world();
  const id = await gateway.record("leads", "two");
  await gateway.data("root@acme.test", "{ viewer { isSupport } }");
  let deletion: ReturnType<Gateway["ask"]> | undefined;
  // Whoever deletes is another request, not a part of the one that writes.
  const outside = AsyncLocalStorage.snapshot();
  const { statements } = await database.statementsOf(async () => {
    await database.write(async (tx) => {
      await database.lockVersion(tx, orgId, "SHARE");
      await database.lockRecords(tx, orgId, [one]);
      deletion = outside(() => gateway.ask("root@acme.test", DELETE, { input: { id } }));
      await waiting(gateway);
      expect(await holdTargets("postgres", tx, orgId, [two])).toEqual(new Set([two]));
    });
    expect(await deletion).not.toHaveProperty("errors");
  });
  // Neither was undone to let the other go on.
  expect(statements.filter((statement) => statement.startsWith("ROLLBACK"))).toEqual([]);
  expect(await database.reader.recordGrant.count()).toBe(0);
});

test("EN-32 where no rule reads a lookup, whoever deletes is one of many", async () => {
  const { database, gateway } = await world();
  await gateway.data(
    "root@acme.test",
    "mutation ($input: DeleteSharingRuleInput!) { deleteSharingRule(input: $input) { id } }",
    { input: { id: await gateway.id("SharingRule", "led") } },
  );
  const shared = async (key: string) => {
    const id = await gateway.record("leads", key);
    const { statements } = await database.statementsOf(() =>
      gateway.data("root@acme.test", DELETE, { input: { id } }),
    );
    return statements.some((statement) => statement.includes("pg_advisory_xact_lock_shared"));
  };
  expect(await shared("one")).toBe(true);
});
