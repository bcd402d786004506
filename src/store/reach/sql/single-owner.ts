import { type SeqMask, seqsOf } from "../../../policy/model/owners.ts";

/** Masks live as long as the reaches they are of, which are kept from request to request. */
const known = new WeakMap<SeqMask, number | null>();

/** The one owner in the mask, such as a viewer with nobody below; null when there is none or more than one. */
export function singleOwner(mask: SeqMask): number | null {
  const before = known.get(mask);
  if (before !== undefined) return before;
  const [first, second] = seqsOf(mask);
  const single = first === undefined || second !== undefined ? null : first;
  known.set(mask, single);
  return single;
}
