import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DatabaseKind } from "../../src/database/database.ts";
import { toGlobalId } from "../../src/kernel/global-id.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { diceOf } from "../random/dice.ts";
import { size } from "../size.ts";
import { Counterparts } from "./counterparts.ts";
import { Coverage } from "./coverage.ts";
import type { Answer, Question } from "./gateway.ts";
import { luresOf } from "./lures.ts";
import { type InputMaker, inputFor, type MutationField } from "./mutation-inputs.ts";
import { mutationQuestion, mutationsOf } from "./mutations.ts";
import { MEMBERS, organizationOf } from "./organization.ts";
import { askBoth, type Pair, pairFor } from "./pair.ts";
import { schema } from "./schema.ts";
import { type Origin, originOf, type World } from "./worlds.ts";

/** What records are changed by is sent more often than the rest. */
const OF_RECORDS = /Records?$|Shares?$|^changeOwner$/;

/** What came of them, so that a run in which everything was refused does not count. */
type Tally = { readonly done: Map<string, number>; readonly refused: Map<string, number> };

/**
 * Sends the same mutations in two worlds that differ in nothing but what the person who sends them does not reach, and
 * demands the same answers: payloads, refusals, conflicts; and afterwards the same records within reach.
 */
export function mutationsTellNothing(kind: DatabaseKind, seed: number): void {
  describe(`mutations in two worlds on ${kind}, seed ${seed}`, () => {
    const tally: Tally = { done: new Map(), refused: new Map() };
    let file: OrganizationFile;
    let origin: Origin;
    beforeAll(async () => {
      file = organizationOf(diceOf(seed));
      origin = await originOf(kind, file);
    });
    afterAll(() => origin.remove());

    test.each(MEMBERS)("SH-52 SH-53 AP-03 $who changes, and is told of nothing else", async ({ who }) => {
      const open = async (): Promise<Pair> => pairFor(origin, await origin.copy(), file, who);
      await changeTogether(open, file, who, seed + MEMBERS.findIndex((each) => each.who === who), tally);
    });

    test("records were changed in every way, and refused for every reason", () => {
      const names = mutationsOf(schema).map(({ name }) => name);
      expect(names.filter((name) => OF_RECORDS.test(name) && !tally.done.has(name))).toEqual([]);
      expect([...tally.refused.keys()]).toEqual(
        expect.arrayContaining(["NOT_FOUND", "FORBIDDEN", "BAD_USER_INPUT", "CONFLICT"]),
      );
    });
  });
}

async function changeTogether(
  open: () => Promise<Pair>,
  file: OrganizationFile,
  who: string,
  seed: number,
  tally: Tally,
): Promise<void> {
  let pair = await open();
  try {
    const make = await makerFor(pair, file, who, seed);
    const counterparts = new Counterparts(namesIn(make));
    for (let step = 0; step < size.sideChannels.mutations; step += 1) {
      const mutation = make.dice.weighted(mutationsOf(schema).map((each) => [weightOf(each), each] as const));
      const question = mutationQuestion(mutation, inputFor(make, mutation));
      const asked = `seed ${seed}, step ${step}: ${who} asks ${JSON.stringify(question)}`;
      const version = await versionOf(pair.full);
      const { inFull, inBare } = await askBoth(pair, who, question);
      const place = counterparts.difference(JSON.parse(inFull.body), JSON.parse(inBare.body));
      if (place !== null)
        throw new Error(`${asked}\nand can tell by ${place}:\n${inFull.body}\n${inBare.body}`);
      expect(inFull.status, asked).toBe(inBare.status);
      expect(inFull.body, asked).not.toContain('"INTERNAL"');
      note(tally, mutation, inFull);
      // A changed policy may open what was hidden: what follows begins with the worlds as they were.
      if ((await versionOf(pair.full)) !== version) {
        await close(pair);
        pair = await open();
      }
    }
    for (const module of make.lures.modules)
      await sameWithinReach(pair, who, module, make, `seed ${seed}: ${who}`);
  } finally {
    await close(pair);
  }
}

function weightOf({ name }: MutationField): number {
  if (!OF_RECORDS.test(name)) return 1;
  // These need more to be right than the rest.
  return /^((un)?shareRecord|changeOwner)$/.test(name) ? 40 : 16;
}

async function makerFor(pair: Pair, file: OrganizationFile, who: string, seed: number): Promise<InputMaker> {
  const { id } = await pair.full.database.reader.user.findFirstOrThrow({ where: { email: who } });
  return {
    self: toGlobalId("User", id),
    dice: diceOf(seed),
    lures: await luresOf(pair.full.database, file, pair.parted, pair.disguised),
    seen: new Coverage(),
    aim: [
      [6, "REACHED"],
      [3, "HIDDEN"],
      [1, "ABSENT"],
    ],
  };
}

/** Every id and key that was there before: what is none of these was made. */
function namesIn({ lures }: InputMaker): Set<string> {
  const records = Object.values(lures.records).flat();
  return new Set([
    ...records.flatMap(({ id, key }) => [id, key]),
    ...Object.values(lures.ids).flat(),
    ...lures.modules,
  ]);
}

async function versionOf({ database }: World): Promise<number> {
  return (await database.reader.organization.findFirstOrThrow({ select: { version: true } })).version;
}

async function close({ full, bare }: Pair): Promise<void> {
  await full.close();
  await bare.close();
}

function note({ done, refused }: Tally, { name }: MutationField, { body }: Answer): void {
  const { errors } = JSON.parse(body) as { errors?: readonly { extensions: { code: string } }[] };
  if (errors === undefined) done.set(name, (done.get(name) ?? 0) + 1);
  for (const { extensions } of errors ?? [])
    refused.set(extensions.code, (refused.get(extensions.code) ?? 0) + 1);
}

/** What the person reads of a module at the end, without what was given to new records at random. */
async function sameWithinReach(pair: Pair, who: string, module: string, make: InputMaker, place: string) {
  const question: Question = {
    query: `query ($module: String!) { records(module: $module, first: 100) { totalCount edges { node {
      id key name values createdAt updatedAt owner { id } access { read update delete share changeOwner } } } } }`,
    variables: { module },
  };
  const { inFull, inBare } = await askBoth(pair, who, question);
  const known = namesIn(make);
  const read = ({ body }: Answer) => {
    const { records } = (JSON.parse(body) as { data: { records: Listed } }).data;
    const rows = records.edges.map(({ node: { id, key, ...rest } }) =>
      JSON.stringify(known.has(id) ? { id, key, ...rest } : rest),
    );
    return { totalCount: records.totalCount, rows: rows.sort() };
  };
  expect(read(inFull), `${place} ${module}`).toEqual(read(inBare));
}

type Listed = {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: { readonly id: string; readonly key: string } }[];
};
