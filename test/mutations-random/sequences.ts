import { expect, test } from "vitest";
import type { ErrorCode } from "../../src/kernel/fault.ts";
import { MUTATION_NEEDS, type MutationName } from "../../src/policy/rights/needs.ts";
import { Outcomes } from "./outcomes.ts";
import { runSequence, type Sequence } from "./run.ts";

const NAMES = Object.keys(MUTATION_NEEDS) as MutationName[];

/** The codes with which something is refused in every sequence. */
const CODES: readonly ErrorCode[] = [
  ...(["FORBIDDEN", "NOT_FOUND", "BAD_USER_INPUT", "CONFLICT"] as const),
  ...(["CONFIRMATION_REQUIRED", "ACTION_NOT_AVAILABLE"] as const),
];

/** The tests of one random sequence. */
export function testSequence(sequence: Sequence): void {
  const { kind, hierarchy, steps, seed } = sequence;
  const outcomes = new Outcomes();

  test(
    `EN-01 EN-05 SH-11 ${steps} random mutations decided as the oracle decides, and after each list = check = count = oracle, on ${kind} with the hierarchy ${hierarchy}, seed ${seed}`,
    {
      timeout: 600_000,
    },
    () => runSequence(sequence, outcomes),
  );

  test("CA-01 every mutation was done on the way, and much was refused", () => {
    const never = NAMES.filter((name) => outcomes.done(name) === 0);
    expect(never, outcomes.lines().join("\n")).toEqual([]);
    expect(CODES.filter((code) => outcomes.ended(code) === 0)).toEqual([]);
    const refused = NAMES.filter((name) => outcomes.refused(name) > 0);
    expect(refused.length).toBeGreaterThan(NAMES.length / 2);
  });
}
