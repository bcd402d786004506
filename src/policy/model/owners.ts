/**
 * A set of users as a bitmap over `User.seq`: bit `seq & 7` of byte `seq >> 3`, least significant first, which is
 * the order of Postgres' `get_bit`. Beyond its bytes every bit is 0: a user may be younger than the snapshot.
 */
export type SeqMask = Uint8Array;

/**
 * A set of owners: the mask judges one record. The roles that are in it as a whole, a bitmap over `RolePlaces`, lead a
 * list to its rows; every user of such a role is in the mask.
 */
export type Owners = { readonly mask: SeqMask; readonly roles: SeqMask };

/** Masks are joined so many bytes at a time, and so they are as wide. */
const WORD = 4;

/** A mask with room for `count` users or roles, all bits 0. */
export function emptyMask(count: number): SeqMask {
  return new Uint8Array(Math.ceil(count / (8 * WORD)) * WORD);
}

export function hasSeq(mask: SeqMask, seq: number): boolean {
  const byte = mask[seq >> 3];
  return byte !== undefined && ((byte >> (seq & 7)) & 1) === 1;
}

export function addSeq(mask: SeqMask, seq: number): void {
  mask[seq >> 3] = (mask[seq >> 3] ?? 0) | (1 << (seq & 7));
}

/** Adds everything in `more` to `mask`; both must have room for the same number. */
export function addMask(mask: SeqMask, more: SeqMask): void {
  const into = wordsOf(mask);
  const from = wordsOf(more);
  for (let at = 0; at < into.length; at += 1) into[at] = (into[at] ?? 0) | (from[at] ?? 0);
}

function wordsOf({ buffer, byteOffset, length }: SeqMask): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length / WORD);
}

/** How many are in the mask. */
export function countIn(mask: SeqMask): number {
  let count = 0;
  for (let word of wordsOf(mask)) for (; word !== 0; word &= word - 1) count += 1;
  return count;
}

/** What is in the mask, lowest first. */
export function* seqsOf(mask: SeqMask): Iterable<number> {
  for (let at = 0; at < mask.length; at += 1) {
    for (let byte = mask[at] ?? 0, bit = 0; byte > 0; byte >>= 1, bit += 1) if (byte & 1) yield at * 8 + bit;
  }
}
