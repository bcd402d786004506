/**
 * Chance without a state: the same seed and the same place give the same number, in whatever order they are asked. So
 * any value of any record can be made again by itself, and nothing of a million records is kept in memory.
 */
export type Chance = {
  /** A whole number of 32 bits. */
  readonly bits: (place: number, salt: number) => number;
  /** A fraction from 0 to, exclusive, 1. */
  readonly fraction: (place: number, salt: number) => number;
  /** A whole number from 0 to, exclusive, `count`. */
  readonly below: (count: number, place: number, salt: number) => number;
};

/** @param seed any whole number. */
export function chanceOf(seed: number): Chance {
  const bits = (place: number, salt: number): number =>
    mixed(mixed(mixed(seed ^ 0x9e3779b9) + Math.imul(salt, 0x85ebca6b)) + Math.imul(place, 0xc2b2ae35));
  const fraction = (place: number, salt: number): number => bits(place, salt) / 4294967296;
  return {
    bits,
    fraction,
    below: (count, place, salt) => Math.floor(fraction(place, salt) * count),
  };
}

/** Spreads every bit of the number over all 32 (the finaliser of MurmurHash3). */
function mixed(number: number): number {
  let bits = number | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
