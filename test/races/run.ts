import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { DatabaseKind } from "../../src/database/database.ts";
import { type Facts, readFacts } from "../mutations-random/facts.ts";
import type { Ask } from "../mutations-random/instance.ts";
import { checkInvariants } from "../mutations-random/invariants.ts";
import { type Outcome, outcomeOf, requestOf } from "../mutations-random/step.ts";
import { type Dice, diceOf } from "../random/dice.ts";
import type { Race, Sent } from "./race.ts";
import { openStage, type Stage, type StageOptions } from "./stage.ts";
import { organizationOf } from "./world.ts";

/** How two mutations ended, and what was left. */
type Ending = { readonly a: Outcome; readonly b: Outcome; readonly left: unknown };

export type Repetitions = {
  readonly kind: DatabaseKind;
  /** At least; it goes on until either of the two came first. */
  readonly times: number;
  /** Whether the second gateway is in a process of its own. */
  readonly isApart?: boolean;
};

/** So many repetitions run together, so that more than two meet at the door. */
const TOGETHER = 5;

/** When one came first so many times, the other never does. */
const MOST = 300;

/** So many subjects are in one organisation: a policy that grows with them would be all that is waited for. */
const SUBJECTS = 34;

/**
 * Runs a race so many times: every time it ends as one of the two serial orders does, which are really run first; what
 * is derived is right afterwards; and what begins after the revocation was answered is refused by the other gateway.
 */
export async function runRace(race: Race, { kind, times, isApart = false }: Repetitions): Promise<void> {
  const dice = diceOf(times * 31 + race.title.length);
  const seen = { ab: 0, ba: 0 };
  const start = startOf();
  let orders: Orders | null = null;
  // Where the orders can be told apart, both have to have happened, or nothing met anything.
  const isOneSided = () => orders !== null && !same(orders.ab, orders.ba) && Math.min(seen.ab, seen.ba) === 0;
  let subjects = 0;
  for (let done = 0; done < times || (isOneSided() && done < MOST); done += subjects) {
    subjects = Math.min(done < times ? times - done : times, SUBJECTS);
    const known: Orders | null = orders;
    orders = await onStage(race, subjects + 2, { kind, isApart }, async (stage, facts): Promise<Orders> => {
      const serial: Orders = known ?? (await bothOrders(stage, race, facts, subjects));
      for (let n = 0; n < subjects; n += TOGETHER) {
        const some = Array.from({ length: Math.min(TOGETHER, subjects - n) }, (_, at) => n + at);
        const endings = await meetings(stage, race, facts, some, { dice, headStart: start.ofB() });
        for (const ending of endings) {
          const place = `one of the serial orders\n${stage.failures().join("\n")}`;
          expect(Object.values(serial), place).toContainEqual(ending);
        }
        const ab = endings.filter((ending) => same(ending, serial.ab)).length;
        seen.ab += ab;
        seen.ba += endings.length - ab;
        if (!same(serial.ab, serial.ba)) start.learn(ab, endings.length);
      }
      return serial;
    });
  }
  expect(isOneSided(), JSON.stringify(seen)).toBe(false);
}

async function onStage<Result>(
  race: Race,
  subjects: number,
  { kind, isApart }: Pick<StageOptions, "kind" | "isApart">,
  run: (stage: Stage, facts: Facts) => Promise<Result>,
): Promise<Result> {
  const stage = await openStage({
    kind,
    file: organizationOf(race, subjects),
    isApart,
    isQuiet: race.isQuiet ?? true,
  });
  try {
    return await run(stage, await readFacts(stage.database, stage.now()));
  } finally {
    await stage.close();
  }
}

type Orders = { readonly ab: Ending; readonly ba: Ending };

/** Both orders, of two subjects from `first` on. */
async function bothOrders(stage: Stage, race: Race, facts: Facts, first: number): Promise<Orders> {
  const ab = await inOrder(stage, race, facts, { n: first, isSwapped: false });
  const ba = await inOrder(stage, race, facts, { n: first + 1, isSwapped: true });
  expect([ab.a, ab.b], "A, then B").toEqual(race.inOrder.ab);
  expect([ba.a, ba.b], "B, then A").toEqual(race.inOrder.ba);
  return { ab, ba };
}

type Start = { readonly ofB: () => number; readonly learn: (ab: number, of: number) => void };

/**
 * How many milliseconds earlier B is sent than A (negative: later). It moves away from an order that was the only one
 * seen, at first in small steps, then in larger ones: faults live where the orders change over, and where that is
 * depends on how long each of the two takes on this machine.
 */
function startOf(): Start {
  let headStart = 0;
  let step = 4;
  let last = 0;
  return {
    ofB: () => headStart,
    learn(ab, of) {
      const direction = ab === of ? 1 : ab === 0 ? -1 : 0;
      if (direction === 0) return;
      if (last !== 0) step = direction === last ? Math.min(step * 3, 500) : Math.max(step / 3, 2);
      last = direction;
      headStart += direction * step;
    },
  };
}

type Meeting = { readonly dice: Dice; readonly headStart: number };

/** Some subjects at once, now and then with the door held shut until all of them stand before it. */
async function meetings(
  stage: Stage,
  race: Race,
  facts: Facts,
  subjects: readonly number[],
  meeting: Meeting,
): Promise<readonly Ending[]> {
  const { dice } = meeting;
  const door = dice.chance(0.4) ? stage.hold(dice.between(5, 25)) : null;
  const met = await Promise.all(subjects.map((n) => meet(stage, race, facts, n, meeting)));
  await door;
  const after = await settled(stage);
  return met.map((outcomes, at) => ({ ...outcomes, left: race.left(after, subjects[at] ?? 0) }));
}

type Order = { readonly n: number; readonly isSwapped: boolean };

/** One order, really run: the second is sent when the first was answered. */
async function inOrder(stage: Stage, race: Race, facts: Facts, { n, isSwapped }: Order): Promise<Ending> {
  const [here, there] = stage.gateways;
  const a = race.a(facts, n);
  const b = race.b(facts, n);
  const [first, second] = isSwapped ? [b, a] : [a, b];
  const one = await send(here, first);
  const other = await send(there, second);
  const outcomes = isSwapped ? { a: other, b: one } : { a: one, b: other };
  return { ...outcomes, left: race.left(await settled(stage), n) };
}

/** Both at about the same instant, one with its head start, each through another gateway, and B again when A was answered. */
async function meet(
  { gateways }: Stage,
  race: Race,
  facts: Facts,
  n: number,
  { dice, headStart }: Meeting,
): Promise<Omit<Ending, "left">> {
  const [here, there] = dice.chance(0.5) ? gateways : [gateways[1], gateways[0]];
  const waits = dice.weighted([
    [4, [0, 0]],
    [4, [dice.between(0, 6), dice.between(0, 6)]],
    [1, [0, dice.between(10, 80)]],
    [1, [dice.between(10, 80), 0]],
  ] as const);
  const late = async (a: Outcome) => {
    if (race.late === null || a !== "DONE") return;
    expect(await send(there, race.b(facts, n)), "revocation is never late").toBe(race.late);
  };
  const [a, b] = await Promise.all([
    sleep(waits[0] + Math.max(0, headStart)).then(async () => {
      const outcome = await send(here, race.a(facts, n));
      await late(outcome);
      return outcome;
    }),
    sleep(waits[1] + Math.max(0, -headStart)).then(() => send(there, race.b(facts, n))),
  ]);
  return { a, b };
}

async function send(ask: Ask, sent: Sent): Promise<Outcome> {
  const { query, variables } = requestOf(sent);
  return outcomeOf(await ask(sent.as, query, variables));
}

/** The facts when the background is done too, after the invariants of what is derived were checked. */
async function settled(stage: Stage): Promise<Facts> {
  await stage.settle();
  const facts = await readFacts(stage.database, stage.now());
  checkInvariants(facts, false, "after the race");
  return facts;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
