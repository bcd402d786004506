import type { Chance } from "./chance.ts";
import { PER_OTHER, type Size } from "./size.ts";

/** When the first record was made: three years of them, all in the past. */
export const FIRST_AT = Date.UTC(2023, 0, 1);
const SPAN_MS = 3 * 365 * 86_400_000;

/** Where records are in time, and so in the order of lists: ids are uuid v7, whose time is their creation. */
export type Places = {
  /** How many records the module has. */
  readonly count: (module: number) => number;
  /** When the record was created, in milliseconds since 1970: rises with the place. */
  readonly createdAt: (module: number, place: number) => number;
  /** The id of a record, made from its place alone. */
  readonly id: (module: number, place: number) => string;
  /** The place of a record of the module by its id; the id must be one of these. */
  readonly placeOf: (module: number, id: string) => number;
};

const SALT = { jitter: 10, low: 11, middle: 12, high: 13 } as const;

export function placesOf(size: Size, chance: Chance): Places {
  const stepMs = Math.floor(SPAN_MS / size.records);
  const stepOf = (module: number) => (module === 0 ? stepMs : stepMs * PER_OTHER);
  const createdAt = (module: number, place: number): number =>
    FIRST_AT + place * stepOf(module) + chance.below(stepOf(module), place, SALT.jitter + module * 100);
  return {
    count: (module) => (module === 0 ? size.records : size.records / PER_OTHER),
    createdAt,
    id(module, place) {
      const salt = module * 100;
      const time = createdAt(module, place).toString(16).padStart(12, "0");
      const low = hex(chance.bits(place, SALT.low + salt));
      const middle = hex(chance.bits(place, SALT.middle + salt));
      const high = hex(chance.bits(place, SALT.high + salt));
      const variant = (8 + (Number.parseInt(middle.slice(0, 1), 16) & 3)).toString(16);
      return `${time.slice(0, 8)}-${time.slice(8)}-7${low.slice(0, 3)}-${variant}${middle.slice(1, 4)}-${middle.slice(4)}${high}`;
    },
    placeOf(module, id) {
      const time = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
      return Math.floor((time - FIRST_AT) / stepOf(module));
    },
  };
}

function hex(bits: number): string {
  return bits.toString(16).padStart(8, "0");
}
