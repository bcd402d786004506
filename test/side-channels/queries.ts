import { parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DatabaseKind } from "../../src/database/database.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { diceOf } from "../random/dice.ts";
import { OPERATORS } from "../random/values.ts";
import { size } from "../size.ts";
import { everyComparison, everyOrder } from "./comparisons.ts";
import { Coverage, queryCoordinates } from "./coverage.ts";
import type { Answer } from "./gateway.ts";
import type { Maker, Wanted } from "./inputs.ts";
import { luresOf } from "./lures.ts";
import { organizationOf, PERSONAS, ROOT } from "./organization.ts";
import {
  askBoth,
  cursorsFrom,
  difference,
  differenceInStatements,
  type KnownCursors,
  otherCursors,
  type Pair,
  pairFor,
  stringsUnder,
} from "./pair.ts";
import { anyQuestion, type Generated, recordsQuestion } from "./questions.ts";
import { schema } from "./schema.ts";
import { type Origin, originOf, type World } from "./worlds.ts";

/** How many of those pages one operation asks for. */
const TOGETHER = 3;

/** Every so many operations are sent by the person who sees everything, too. */
const EVERY = 10;

/** What was seen of the questions: a generator that asks about nothing hidden would find nothing. */
type Tally = {
  readonly used: Coverage;
  operations: number;
  /** Their fields at the top. */
  asked: number;
  /** Of those asked by the person who sees everything, how many were answered differently in the two worlds. */
  byRoot: number;
  noticed: number;
  /** How many answers to others had a row of a list in them. */
  withRows: number;
};

/**
 * Asks generated questions in two worlds that differ in nothing but what the person who asks does not reach, and demands
 * the same bytes and the same number of statements.
 *
 * @param seed of the organisation and of every question.
 */
export function queriesTellNothing(kind: DatabaseKind, seed: number): void {
  describe(`queries in two worlds on ${kind}, seed ${seed}`, () => {
    const tally: Tally = {
      used: new Coverage(),
      operations: 0,
      asked: 0,
      byRoot: 0,
      noticed: 0,
      withRows: 0,
    };
    const known: KnownCursors = new Map();
    let file: OrganizationFile;
    let origin: Origin;
    let full: World;
    beforeAll(async () => {
      file = organizationOf(diceOf(seed));
      origin = await originOf(kind, file);
      full = await origin.copy();
    });
    afterAll(async () => {
      await full.close();
      await origin.remove();
    });

    test.each(PERSONAS)(
      "SH-52 SH-53 AP-01 AP-03 $who, who $because, is told of nothing else",
      async (persona) => {
        const pair = await pairFor(origin, full, file, persona.who);
        try {
          await tellNothing(pair, file, persona.who, seed + PERSONAS.indexOf(persona), tally, known);
        } finally {
          await pair.bare.close();
        }
      },
    );

    test("the questions use every field, argument and operator that queries have", () => {
      expect(tally.used.missing(queryCoordinates(schema))).toEqual([]);
      const pairs = Object.entries(OPERATORS).flatMap(([type, ops]) => ops.map((op) => `${type} ${op}`));
      expect(tally.used.missing(pairs)).toEqual([]);
    });

    test("most of them are answered differently to who sees everything, and many find something", () => {
      expect(tally.asked).toBeGreaterThan(size.sideChannels.asked);
      expect(tally.noticed / tally.byRoot).toBeGreaterThan(0.5);
      expect(tally.withRows / tally.operations).toBeGreaterThan(0.15);
    });
  });
}

async function tellNothing(
  pair: Pair,
  file: OrganizationFile,
  who: string | null,
  seed: number,
  tally: Tally,
  known: KnownCursors,
): Promise<void> {
  const seen = new Coverage();
  const make: Maker = {
    dice: diceOf(seed),
    lures: await luresOf(pair.full.database, file, pair.parted, pair.disguised),
    seen,
    cursorsOf: cursorsFrom(pair, known),
    otherCursors: await otherCursors(pair),
  };
  for await (const question of questionsOf(make, pair, seed)) {
    const asked = `seed ${seed}: ${who} asks ${question.query}\n${JSON.stringify(question.variables)}\n`;
    expect(validate(schema, parse(question.query)), asked).toEqual([]);
    const both = await askBoth(pair, who, question);
    const told =
      difference(both) ??
      (question.roots === 1 ? await differenceInStatements(pair, who, question, both) : null);
    if (told !== null) throw new Error(`${asked}and can tell by ${told}`);
    expect(both.inFull.body, asked).not.toContain('"INTERNAL"');
    await count(pair, question, both.inFull, tally);
  }
  tally.used.join(seen);
}

/** Every comparison and order of the module with every type, and of one other; then what comes. */
async function* questionsOf(make: Maker, pair: Pair, seed: number): AsyncGenerator<Generated> {
  const { modules } = make.lures;
  // Whoever reaches nothing is told nothing: a few questions show it.
  const isShut = pair.parted.reached.length === 0;
  const lists = [...new Set(["leads", modules[seed % modules.length] ?? ""])].flatMap((module): Wanted[] => [
    ...everyComparison(make, module).map((compare) => ({ module, compare })),
    ...everyOrder(make, module).map((term) => ({ module, order: [term] })),
  ]);
  for (let at = 0; at < lists.length && !isShut; at += TOGETHER) {
    yield recordsQuestion(make, schema, lists.slice(at, at + TOGETHER));
  }
  const { questions } = size.sideChannels;
  for (let at = 0; at < (isShut ? questions / 4 : questions); at += 1) yield anyQuestion(make, schema);
}

async function count(pair: Pair, question: Generated, answer: Answer, tally: Tally): Promise<void> {
  tally.operations += 1;
  tally.asked += question.roots;
  if (stringsUnder(JSON.parse(answer.body), "cursor").length > 0) tally.withRows += 1;
  if (tally.operations % EVERY !== 0) return;
  tally.byRoot += 1;
  if (difference(await askBoth(pair, ROOT, question)) !== null) tally.noticed += 1;
}
