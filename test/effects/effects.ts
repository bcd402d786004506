import { describe, expect, test } from "vitest";
import type { Database, DatabaseKind } from "../../src/database/database.ts";
import { type NewDatabase, openTestDatabase, type TestDatabase } from "../database.ts";
import { type Gateway, openGateway } from "../graphql/gateway.ts";
import { mutationText, refusalPayload } from "../graphql/mutations/rows.ts";
import { NOW } from "../graphql/world.ts";
import { type Facts, readFacts } from "../mutations-random/facts.ts";
import { preparedDatabase } from "../prepared.ts";
import { size } from "../size.ts";
import { type Attempt, allAttempts } from "./attempts.ts";
import { lackedFor } from "./judge.ts";
import { changesBetween, readTables, type Tables } from "./tables.ts";
import { CALLERS, type Caller } from "./world.ts";

const attempts = await allAttempts();

/** What somebody did who lacked something for it, and which mutations changed anything at all. */
type Outcome = { readonly wrong: readonly string[]; readonly done: ReadonlySet<string> };

/**
 * Whatever mutation it was: each row of the tables that is other than before is one that the caller may change (SA-07,
 * UA-31, CA-01). Every caller tries everything, each time in the world as the file made it.
 */
export function describeEffects(kind: DatabaseKind): void {
  describe(`what changes is what the caller may change, on ${kind}`, () => {
    const done = new Set<string>();
    test.each(CALLERS.map((caller, place) => [caller.title, caller, place] as const))(
      "SA-07 UA-31 CA-01 by %s",
      async (_, caller, place) => {
        const every = doesAll(kind, place) ? 1 : size.effects[kind];
        const outcome = await tryAll(kind, caller, (at) => at % every === place % every);
        for (const name of outcome.done) done.add(name);
        expect(outcome.wrong).toEqual([]);
      },
    );

    if (!doesAll(kind, 0)) return;
    test("CA-01 and every mutation was done by somebody", () => {
      const all = new Set<string>(attempts.map(({ name }) => name));
      expect([...all.difference(done)]).toEqual([]);
    });
  });
}

/** A copy of the world for each change is dear on Postgres, so only on SQLite the first, the super administrator, does all. */
function doesAll(kind: DatabaseKind, place: number): boolean {
  return kind === "sqlite" && place === 0;
}

async function tryAll(
  kind: DatabaseKind,
  caller: Caller,
  isTried: (at: number) => boolean,
): Promise<Outcome> {
  const origin = await preparedDatabase(kind, { text: caller.text, now: NOW });
  const wrong: string[] = [];
  const done = new Set<string>();
  let world = await openWorld(kind, origin);
  try {
    for (const [at, attempt] of attempts.entries()) {
      if (!isTried(at)) continue;
      const lacked = await tryOne(world, attempt, caller);
      if (lacked === null) continue;
      wrong.push(...lacked.map((each) => `${attempt.name} (${at}): ${each}`));
      done.add(attempt.name);
      await world.opened.close();
      world = await openWorld(kind, origin);
    }
  } finally {
    await world.opened.close();
    await origin.remove();
  }
  return { wrong, done };
}

/** A copy of the world, and what its tables hold. */
type World = {
  readonly opened: TestDatabase;
  readonly gateway: Gateway;
  readonly tables: Tables;
  readonly facts: Facts;
};

async function openWorld(kind: DatabaseKind, origin: NewDatabase): Promise<World> {
  const opened = await openTestDatabase(kind, { connections: 2 }, origin);
  const { database } = opened;
  return {
    opened,
    gateway: await openGateway(database, null),
    tables: await readTables(database),
    facts: await readFacts(database, NOW),
  };
}

/** What the caller lacked for what has changed; null when nothing has. */
async function tryOne(
  { gateway, tables, facts: before }: World,
  { name, input }: Attempt,
  caller: Caller,
): Promise<readonly string[] | null> {
  const { database, store } = gateway;
  const made = await input(gateway, caller);
  // To make what the input names is no part of it.
  const [was, seen] = (await isAsBefore(database, tables))
    ? [tables, before]
    : [await readTables(database), await readFacts(database, NOW)];
  await gateway.ask(caller.as, mutationText(name, refusalPayload(name)), { input: made });
  await store.jobs.idle();
  const changes = changesBetween(was, await readTables(database));
  if (changes.length === 0) return null;
  const after = await readFacts(database, NOW);
  const lacked = changes.flatMap((change) => {
    const missing = lackedFor(change, { before: seen, after, as: caller.as });
    const row = change.before ?? change.after;
    return missing === null ? [] : [`${change.table} ${row?.["name"] ?? ""} without ${missing}`];
  });
  return [...new Set(lacked)];
}

async function isAsBefore(database: Database, tables: Tables): Promise<boolean> {
  return changesBetween(tables, await readTables(database)).length === 0;
}
