import type { RoleId, UserId } from "../kernel/id.ts";

/**
 * A set of users as a bitmap over `User.seq`: bit `seq & 7` of byte `seq >> 3`, least significant first, which is
 * the order of Postgres' `get_bit`. Beyond its bytes every bit is 0: a user may be younger than the snapshot.
 */
export type SeqMask = Uint8Array;

/**
 * A set of owners, in the three forms its readers need: the mask judges one record, `roles` and `lone` lead a
 * list query to the rows (every user of a role in `roles` is in the mask; `lone` may overlap with `roles`).
 */
export type Owners = {
  readonly mask: SeqMask;
  readonly roles: readonly RoleId[];
  readonly lone: readonly UserId[];
};

/** A mask with room for `count` users, all bits 0. */
export function emptyMask(count: number): SeqMask {
  return new Uint8Array((count + 7) >> 3);
}

export function hasSeq(mask: SeqMask, seq: number): boolean {
  const byte = mask[seq >> 3];
  return byte !== undefined && ((byte >> (seq & 7)) & 1) === 1;
}

export function addSeq(mask: SeqMask, seq: number): void {
  mask[seq >> 3] = (mask[seq >> 3] ?? 0) | (1 << (seq & 7));
}

/** Adds every user of `more` to `mask`; both must have room for the same number of users. */
export function addMask(mask: SeqMask, more: SeqMask): void {
  for (let at = 0; at < more.length; at += 1) mask[at] = (mask[at] ?? 0) | (more[at] ?? 0);
}

/** The users of the mask, lowest first. */
export function* seqsOf(mask: SeqMask): Iterable<number> {
  for (let at = 0; at < mask.length; at += 1) {
    for (let byte = mask[at] ?? 0, bit = 0; byte > 0; byte >>= 1, bit += 1) if (byte & 1) yield at * 8 + bit;
  }
}
