import { expect, test } from "vitest";
import type { ErrorCode } from "../../src/kernel/fault.ts";
import { MUTATION_NEEDS, type MutationName } from "../../src/policy/rights/needs.ts";
import { size } from "../size.ts";
import { Outcomes } from "./outcomes.ts";
import { runSequence, type Sequence } from "./run.ts";

const NAMES = Object.keys(MUTATION_NEEDS) as MutationName[];

/** The codes with which something is refused in every sequence. */
const CODES: readonly ErrorCode[] = [
  ...(["FORBIDDEN", "NOT_FOUND", "BAD_USER_INPUT", "CONFLICT"] as const),
  ...(["CONFIRMATION_REQUIRED", "ACTION_NOT_AVAILABLE"] as const),
];

/** The tests of one random sequence. */
export function testSequence(sequence: Pick<Sequence, "kind" | "hierarchy" | "seed">): void {
  const { kind, hierarchy, seed } = sequence;
  const steps = size.mutations;
  const outcomes = new Outcomes();

  test(`EN-01 EN-05 SH-11 at least ${steps} random mutations decided as the oracle decides, and after each list = check = count = oracle, on ${kind} with the hierarchy ${hierarchy}, seed ${seed}`, () =>
    runSequence({ ...sequence, steps, isEnough }, outcomes));

  test("CA-01 every mutation was done on the way, and much was refused", () => {
    const { neverDone, neverEnded, refused } = seen(outcomes);
    expect(neverDone, outcomes.lines().join("\n")).toEqual([]);
    expect(neverEnded).toEqual([]);
    expect(refused).toBeGreaterThan(NAMES.length / 2);
  });
}

function isEnough(outcomes: Outcomes): boolean {
  const { neverDone, neverEnded, refused } = seen(outcomes);
  return neverDone.length + neverEnded.length === 0 && refused > NAMES.length / 2;
}

/** What never happened, and how many of the mutations were refused. */
function seen(outcomes: Outcomes) {
  return {
    neverDone: NAMES.filter((name) => outcomes.done(name) === 0),
    neverEnded: CODES.filter((code) => outcomes.ended(code) === 0),
    refused: NAMES.filter((name) => outcomes.refused(name) > 0).length,
  };
}
