import { expect } from "vitest";
import type { Database, DatabaseKind } from "../../src/database/database.ts";
import { openStore } from "../../src/database/open.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { type MutationName, mutationNeed } from "../../src/policy/rights/needs.ts";
import { AUDIT_KEYS } from "../audit-keys.ts";
import { type Digest, digestOf } from "../bad-inputs/digest.ts";
import { openTestDatabase } from "../database.ts";
import { type Dice, diceOf } from "../random/dice.ts";
import { compare } from "./compare.ts";
import { type Facts, personOf, readFacts } from "./facts.ts";
import { type Instance, instanceOver } from "./instance.ts";
import { checkInvariants } from "./invariants.ts";
import type { Outcomes } from "./outcomes.ts";
import { comesBackFromItsFile } from "./round-trip.ts";
import { outcomeOf, requestOf, type Step } from "./step.ts";
import { MAKERS } from "./steps/index.ts";
import { BEGIN, smallOrganization } from "./world.ts";

export type Sequence = {
  readonly kind: DatabaseKind;
  readonly seed: number;
  readonly hierarchy: "ROLE" | "REPORTING";
  /** At least. */
  readonly steps: number;
  /** It goes on until the outcomes are what they have to be, but not for ever. */
  readonly isEnough: (outcomes: Outcomes) => boolean;
};

/** What has not come after so many steps, a dozen for each mutation, does not come. */
const MOST = 12 * Object.keys(MAKERS).length;

/** What is open during a sequence: two gateways with caches of their own over one database, and one clock. */
type Stage = {
  readonly database: Database;
  readonly instances: readonly [Instance, Instance];
  readonly digest: Digest;
  readonly dice: Dice;
  readonly clock: { instant: number };
  readonly outcomes: Outcomes;
};

/**
 * Sends random mutations, one after another, each through one of two gateways over one database. After every one, done
 * or refused: it ended as the oracle says; a refusal changed nothing; what is derived is right; and through the other
 * gateway, for everybody, list = check = count = oracle.
 */
export async function runSequence(
  { kind, seed, hierarchy, steps, isEnough }: Sequence,
  outcomes: Outcomes,
): Promise<void> {
  const { database, url, close } = await openTestDatabase(kind);
  const elsewhere = await openStore(url, { isDurable: false, connections: 5, auditKeys: AUDIT_KEYS });
  const clock = { instant: BEGIN };
  try {
    const text = JSON.stringify(smallOrganization(seed, hierarchy));
    await applyOrganizationFile(database, { text, name: `seed ${seed}` }, null, { now: BEGIN });
    const now = () => clock.instant;
    const stage: Stage = {
      database,
      instances: [instanceOver(database, { now }), instanceOver(elsewhere, { now })],
      digest: await digestOf(database),
      dice: diceOf(seed * 7919 + 1),
      clock,
      outcomes,
    };
    let facts = await readFacts(database, clock.instant);
    let tables = await stage.digest.take();
    checkInvariants(facts, false, "at the beginning");
    await compare(stage.instances[0], facts, 0, "at the beginning");
    for (let number = 1; number <= steps || (number <= MOST && !isEnough(outcomes)); number += 1) {
      clock.instant += waitMs(stage.dice);
      const before = { ...facts, now: clock.instant };
      const step = nextStep(stage, before, number);
      const [writing, reading] = turned(stage);
      try {
        await take(stage, writing, step, before, tables);
        if (stage.dice.chance(0.6)) await settle(stage, clock.instant);
        facts = await readFacts(database, clock.instant);
        tables = await stage.digest.take();
        await compare(reading, facts, number, "afterwards");
      } catch (error) {
        throw failureOf(error, step, `${kind}, ${hierarchy}, seed ${seed}, step ${number}`, stage);
      }
    }
    await settle(stage, clock.instant);
    await comesBackFromItsFile(kind, stage.instances[0], await readFacts(database, clock.instant));
  } finally {
    await elsewhere.close();
    await close();
  }
}

/** From a millisecond to hours, so that shares, rules and the support grant end on the way. */
function waitMs(dice: Dice): number {
  return dice.weighted([
    [5, 1],
    [4, dice.between(2, 60_000)],
    [2, dice.between(60_000, 3_600_000)],
  ]);
}

/** What people do all day is done so many times as often as everything else. */
const OFTEN: { readonly [Name in MutationName]?: number } = {
  createRecord: 2,
  updateRecord: 5,
  massUpdateRecords: 2,
  changeOwner: 3,
  shareRecord: 4,
  unshareRecord: 2,
  createSharingRule: 2,
  updateSharingRule: 2,
  updateUser: 2,
};

/** A random mutation; of three, the one that was done least often so far, so that each has its turn. */
function nextStep({ dice, outcomes }: Stage, facts: Facts, number: number): Step {
  const names = Object.keys(MAKERS) as MutationName[];
  const share = (name: MutationName) => outcomes.done(name) / (OFTEN[name] ?? 1);
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const [name] = dice.sample(names, 3).sort((a, b) => share(a) - share(b));
    const step = name === undefined ? null : MAKERS[name]({ facts, dice, number });
    if (step !== null) return step;
  }
  throw new Error("nothing can be done any more");
}

/** Both gateways, in either order: one changes, the other is asked about it. */
function turned({ instances: [one, other], dice }: Stage): readonly [Instance, Instance] {
  return dice.chance(0.5) ? [one, other] : [other, one];
}

async function take(
  { database, digest, outcomes }: Stage,
  instance: Instance,
  step: Step,
  before: Facts,
  tables: readonly string[],
): Promise<void> {
  const { query, variables } = requestOf(step);
  const answer = await instance.ask(step.as, query, variables);
  const outcome = outcomeOf(answer);
  outcomes.add(step.mutation, outcome);
  expect(step.expected, `it ended ${outcome}: ${JSON.stringify(answer.errors ?? null)}`).toContain(outcome);
  if (outcome !== "DONE") {
    expect(await digest.take(), "a refusal changes nothing").toEqual(tables);
    return;
  }
  const after = await readFacts(database, before.now);
  await checkDone(database, step, before, after);
  step.check?.(after, answer.data?.[step.mutation]);
  checkInvariants(after, false, "afterwards");
}

/**
 * Lets the background of one gateway do what rules left to be done (SH-36, SH-37): those that were being applied are
 * in force, each with its version and its event, and nothing dead is left.
 */
async function settle({ database, instances, dice }: Stage, now: number): Promise<void> {
  const before = await readFacts(database, now);
  await dice.pick(instances).store.jobs.idle();
  const after = await readFacts(database, now);
  const applied = before.rows.rules.filter(({ status }) => status === "APPLYING").length;
  expect(after.rows.rules.filter(({ status }) => status === "APPLYING")).toEqual([]);
  // Records of whoever changed their role have arrived under it: one version for all, of which nobody is told (SH-23).
  const moves = before.rows.users.some(({ isPathBehind }) => isPathBehind) ? 1 : 0;
  expect(after.rows.users.filter(({ isPathBehind }) => isPathBehind)).toEqual([]);
  expect(after.rows.organization.version - before.rows.organization.version).toBe(applied + moves);
  // Mail that nobody carries is given up when it is of no use any more.
  const late = before.rows.mails.filter(
    ({ status, expiresAt }) => status === "WAITING" && expiresAt.getTime() <= now,
  );
  const moved = sum(after.rows.transfers) - sum(before.rows.transfers);
  expect(after.rows.transfers.filter(({ endedAt }) => endedAt === null)).toEqual([]);
  expect(after.rows.lastEvent - before.rows.lastEvent).toBe(applied + moved + late.length);
  checkInvariants(after, true, "when the background has done its work");
}

/** How many records have gone to somebody else by transfers. */
function sum(transfers: Facts["rows"]["transfers"]): number {
  return transfers.reduce((moved, { movedRecords }) => moved + movedRecords, 0);
}

/** EN-05, SA-20: the version rose exactly if policy was changed, and the log says who did what, when. */
async function checkDone(database: Database, step: Step, before: Facts, after: Facts): Promise<void> {
  const { events: told = 1 } = step;
  const rise = mutationNeed(step.mutation).changes === "POLICY" && told !== 0 ? 1 : 0;
  expect(after.rows.organization.version - before.rows.organization.version, "how far the version rose").toBe(
    rise,
  );
  const events = await database.reader.auditEvent.findMany({
    where: { sequence: { gt: before.rows.lastEvent } },
    orderBy: { sequence: "asc" },
  });
  const { events: wanted = 1 } = step;
  if (typeof wanted === "number") expect(events, "audit events").toHaveLength(wanted);
  else expect(events.length, "audit events").toBeGreaterThanOrEqual(wanted.atLeast);
  for (const [at, event] of events.entries())
    expect(event).toMatchObject({
      sequence: before.rows.lastEvent + at + 1,
      actorId: personOf(before, step.actor ?? step.as).id,
      at: new Date(before.now),
      action: expect.stringMatching(/^[A-Z_]+$/),
    });
}

/** Everything that is needed to see it again. */
function failureOf(error: unknown, step: Step, place: string, { instances }: Stage): Error {
  const { query, variables } = requestOf(step);
  const log = instances.flatMap(({ failures }) => failures);
  const message = [
    `${place}: ${step.as} sent`,
    query,
    JSON.stringify(variables, null, 2),
    `expected ${step.expected.join(" or ")}`,
    error instanceof Error ? error.message : String(error),
    ...log,
  ].join("\n");
  return new Error(message, { cause: error });
}
