import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMask, addSeq, countIn, emptyMask, hasSeq, seqsOf } from "../../../src/policy/model/owners.ts";

const maskOf = (count: number, seqs: readonly number[]) => {
  const mask = emptyMask(count);
  for (const seq of seqs) addSeq(mask, seq);
  return mask;
};

describe("EN-04 a mask of owners", () => {
  /** users | set | bytes */
  test.each<[number, readonly number[], readonly number[]]>([
    [0, [], []],
    [1, [], [0]],
    [8, [0], [0b0000_0001]],
    [8, [7], [0b1000_0000]],
    [9, [8], [0, 0b0000_0001]],
    [16, [1, 3, 15], [0b0000_1010, 0b1000_0000]],
    [17, [16], [0, 0, 1]],
  ])(
    "EN-04 of %i users with %j has its bits least significant first: %j, and whole words",
    (count, seqs, bytes) => {
      const mask = maskOf(count, seqs);
      expect([...mask.slice(0, bytes.length)]).toEqual(bytes);
      expect(mask.slice(bytes.length).every((byte) => byte === 0)).toBe(true);
      expect(mask.length).toBe(Math.ceil(count / 32) * 4);
      expect(countIn(mask)).toBe(seqs.length);
    },
  );

  /** users | set | asked | is in it */
  test.each<[number, readonly number[], number, boolean]>([
    [8, [3], 3, true],
    [8, [3], 2, false],
    [8, [3], 4, false],
    [8, [3], 11, false],
    [16, [11], 3, false],
    [16, [15], 15, true],
    // A user may be younger than the snapshot.
    [8, [0, 1, 2, 3, 4, 5, 6, 7], 8, false],
    [8, [0, 1, 2, 3, 4, 5, 6, 7], 1_000_000, false],
    [0, [], 0, false],
  ])("EN-04 of %i users with %j: %i is %s", (count, seqs, seq, isIn) => {
    expect(hasSeq(maskOf(count, seqs), seq)).toBe(isIn);
  });

  test("EN-04 holds what was added and nothing else, and is listed lowest first", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(199)), fc.uniqueArray(fc.nat(199)), (some, more) => {
        const mask = maskOf(200, some);
        expect([...seqsOf(mask)]).toEqual([...some].sort((a, b) => a - b));
        addMask(mask, maskOf(200, more));
        for (let seq = 0; seq < 220; seq += 1)
          expect(hasSeq(mask, seq)).toBe(some.includes(seq) || more.includes(seq));
      }),
    );
  });
});
