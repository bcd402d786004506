import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DatabaseKind } from "../../src/database/database.ts";
import { toGlobalId } from "../../src/kernel/global-id.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { diceOf } from "../random/dice.ts";
import { size } from "../size.ts";
import { Coverage } from "./coverage.ts";
import type { Question } from "./gateway.ts";
import { partedFor, rowsOf } from "./hidden.ts";
import { type Leaf, leavesOf, withAt } from "./leaves.ts";
import { type Lures, luresOf } from "./lures.ts";
import { type InputMaker, inputFor, type MutationField } from "./mutation-inputs.ts";
import { mutationQuestion, mutationsOf } from "./mutations.ts";
import { MEMBERS, organizationOf, ROOT } from "./organization.ts";
import { difference } from "./pair.ts";
import { schema } from "./schema.ts";
import { type Origin, originOf, type World } from "./worlds.ts";

/** How many inputs of each mutation the person who sees everything tries: as in `size`. */
const INPUTS_OF_ROOT = { ofRecords: 25, ofOthers: 5 };

/** Where a record can be named, at least. */
const PLACES_OF_RECORDS = [
  ...[
    "createRecord.input.values",
    "updateRecord.input.id",
    "updateRecord.input.values",
    "deleteRecord.input.id",
  ],
  ...[
    "massUpdateRecords.input.items.id",
    "massUpdateRecords.input.items.values",
    "massDeleteRecords.input.items",
  ],
  ...["changeOwner.input.id", "shareRecord.input.id", "unshareRecord.input.share"],
  ...["createSharingRule.input.criteria", "updateSharingRule.input.criteria"],
];

const NAMING_RECORDS = new Set(PLACES_OF_RECORDS.map((place) => place.split(".")[0]));

/** How many places of an input are tried. */
const PLACES = 2;

/** What came of the ids that were tried, by the place of the schema where they stood. */
type Tried = {
  /** Where a person was told that there is no such thing. */
  readonly notFound: Set<string>;
  /** Where it matters, to the person who sees everything, whether the id is of a record. */
  readonly aboutRecords: Set<string>;
};

/**
 * Fills every place of every mutation's input that takes an id with the id of a hidden record (or of a share of one),
 * and with an id of nothing: one answer, by as many statements.
 */
export function hiddenIsAbsent(kind: DatabaseKind, seed: number): void {
  describe(`ids in mutations on ${kind}, seed ${seed}`, () => {
    const tried: Tried = { notFound: new Set(), aboutRecords: new Set() };
    let file: OrganizationFile;
    let origin: Origin;
    beforeAll(async () => {
      file = organizationOf(diceOf(seed));
      origin = await originOf(kind, file);
    });
    afterAll(() => origin.remove());

    test.each(MEMBERS)(
      "SH-52 SH-53 AP-03 AP-04 to $who a hidden record is one that is not there",
      async ({ who }) => {
        // Two copies of one world, so that what a mutation does besides is done in both.
        const [one, other] = [await origin.copy(), await origin.copy()];
        try {
          const lures = await luresOf(
            one.database,
            file,
            partedFor(file, who, await rowsOf(one.database)),
            [],
          );
          await tellNothing(
            one,
            other,
            lures,
            who,
            seed + MEMBERS.findIndex((each) => each.who === who),
            tried,
          );
        } finally {
          await one.close();
          await other.close();
        }
      },
    );

    test("where a record can be named, somebody was told that there is none", async () => {
      const world = await origin.copy();
      try {
        const rows = await rowsOf(world.database);
        const everything = { reached: rows, hidden: rows, linked: [] };
        await findPlaces(world, await luresOf(world.database, file, everything, []), seed, tried);
      } finally {
        await world.close();
      }
      expect([...tried.aboutRecords].filter((place) => !tried.notFound.has(place))).toEqual([]);
      expect([...tried.aboutRecords]).toEqual(expect.arrayContaining(PLACES_OF_RECORDS));
    });
  });
}

async function tellNothing(
  one: World,
  other: World,
  lures: Lures,
  who: string,
  seed: number,
  tried: Tried,
): Promise<void> {
  for (const { place, hidden, absent, ask } of probes(lures, seed, size.sideChannels.inputs)) {
    const { body, ...rest } = await one.ask(who, ask(hidden));
    const toHidden = { body: body.replaceAll(hidden, absent), ...rest };
    const toAbsent = await other.ask(who, ask(absent));
    const asked = `seed ${seed}: ${who} asks ${JSON.stringify(ask(hidden))}, with ${hidden} at ${place}`;
    const told = difference({ inFull: toHidden, inBare: toAbsent });
    if (told !== null) throw new Error(`${asked}\nand can tell it from ${absent} by ${told}`);
    // What a record in the same answer points to is read once for both.
    const isShared = lures.linked.has(hidden) && !body.startsWith('{"errors"');
    if (!isShared)
      expect(toHidden.statements.length, `${asked}: statements`).toBe(toAbsent.statements.length);
    expect(body, asked).not.toContain('"INTERNAL"');
    if (body.includes('"NOT_FOUND"')) tried.notFound.add(place);
  }
}

/** Asks as the person who sees everything: who is answered differently about nothing can name a record there. */
async function findPlaces(world: World, lures: Lures, seed: number, { aboutRecords }: Tried): Promise<void> {
  for (const { place, hidden, absent, ask } of probes(lures, seed, INPUTS_OF_ROOT)) {
    if (aboutRecords.has(place)) continue;
    const { body } = await world.ask(ROOT, ask(absent));
    const answer = await world.ask(ROOT, ask(hidden));
    if (answer.body.replaceAll(hidden, absent) !== body) aboutRecords.add(place);
  }
}

/** A mutation with one id left open, the id of something hidden and the id of nothing. */
type Probe = Pick<Leaf, "place"> & {
  readonly hidden: string;
  readonly absent: string;
  readonly ask: (id: string) => Question;
};

const NOTHING = "00000000-0000-7000-8000-000000000009";

function* probes(lures: Lures, seed: number, inputs: typeof INPUTS_OF_ROOT): Generator<Probe> {
  const seen = new Coverage();
  for (const mutation of mutationsOf(schema)) {
    // Dice of its own: another mutation in the schema changes nothing of what this one is tried with.
    const dice = diceOf(
      seed + (Buffer.from(mutation.name).reduce((sum, byte) => sum * 31 + byte, 0) % 1_000_003),
    );
    const make: InputMaker = { dice, lures, seen, aim: [[1, "REACHED"]], self: null };
    let namesRecords = NAMING_RECORDS.has(mutation.name);
    for (let at = 0; at < (namesRecords ? inputs.ofRecords : inputs.ofOthers); at += 1) {
      const input = inputFor(make, mutation);
      const leaves = leavesOf(mutation, input, lures);
      namesRecords ||= leaves.some(({ noun }) => noun === "Record" || noun === "RecordShare");
      for (const leaf of dice.sample(leaves, PLACES)) {
        const probe = probeAt(make, mutation, input, leaf);
        if (probe !== null) yield probe;
      }
    }
  }
}

/** Where a share is meant, shares are tried; elsewhere records, whatever is meant. */
function probeAt(
  { dice, lures }: InputMaker,
  mutation: MutationField,
  input: unknown,
  { path, place, noun, module }: Leaf,
): Probe | null {
  const records = lures.records.HIDDEN.filter((record) => module === null || record.module === module);
  const isShare = noun === "RecordShare";
  const named = isShare ? lures.ids.RecordShare : records.map(({ id }) => id);
  if (named.length === 0) return null;
  return {
    place,
    hidden: dice.pick(named),
    absent: toGlobalId(isShare ? "RecordShare" : "Record", NOTHING),
    ask: (id) => mutationQuestion(mutation, withAt(input, path, id)),
  };
}
