import { expect, test } from "vitest";
import { addSeq, emptyMask } from "../../../src/policy/model/owners.ts";
import { singleOwner } from "../../../src/store/reach/sql/single-owner.ts";

test.each([
  { seqs: [0], single: 0 },
  { seqs: [7], single: 7 },
  { seqs: [8], single: 8 },
  { seqs: [99], single: 99 },
  { seqs: [], single: null },
  { seqs: [3, 4], single: null },
  { seqs: [0, 99], single: null },
])("EN-20 of the owners $seqs the only one is $single", ({ seqs, single }) => {
  const mask = emptyMask(100);
  for (const seq of seqs) addSeq(mask, seq);
  expect([singleOwner(mask), singleOwner(mask)]).toEqual([single, single]);
});
