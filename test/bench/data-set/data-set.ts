import type { FieldValue } from "../../../src/policy/model/values.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { type Owners, ownersOf } from "./owners.ts";
import { type Staff, staffOf } from "./people.ts";
import { type Places, placesOf } from "./place.ts";
import { type Rule, rulesOf } from "./rules.ts";
import { type Share, sharesOf } from "./shares.ts";
import { SIZES, type Size, type SizeName } from "./size.ts";
import { type Drawn, draw, FIELDS, nameOf, otherScore } from "./values.ts";

/**
 * The data set of a size and a seed. Nothing of it is kept but the organisation: every record is made from its place,
 * again and again the same, by whoever asks.
 *
 * Modules are numbers: 0 is the big one. A record is its place in its module, from the oldest, 0, on.
 */
export type DataSet = {
  readonly size: Size;
  readonly seed: number;
  readonly staff: Staff;
  readonly rules: readonly Rule[];
  readonly places: Places;
  /** The place among the users of a record's owner, which is its `User.seq` too. */
  readonly ownerOf: (module: number, place: number) => number;
  readonly nameOf: (module: number, place: number) => string;
  /** One field of a record of the big module. */
  readonly drawn: (key: string, place: number) => Drawn;
  readonly scoreOf: (module: number, place: number) => number;
  readonly shares: () => Iterable<Share>;
};

/** The seed unless said otherwise. */
export const SEED = 20_26;

/** @param of a size by its name, or one that was varied. */
export function dataSetOf(of: SizeName | Size, seed: number = SEED): DataSet {
  const size = typeof of === "string" ? SIZES[of] : of;
  const chance: Chance = chanceOf(seed);
  const staff = staffOf(size, chance);
  const places = placesOf(size, chance);
  const owners: Owners = ownersOf(staff, chance);
  const counts = { users: size.users, records: size.records };
  return {
    size,
    seed,
    staff,
    rules: rulesOf(size, staff, chance),
    places,
    ownerOf: (module, place) => owners(module, place, places.count(module)),
    nameOf: (module, place) => nameOf(chance, module, place),
    drawn: (key, place) => draw(chance, key, place, counts),
    scoreOf: (module, place) =>
      module === 0 ? Number(draw(chance, "score", place, counts)) : otherScore(chance, module, place),
    shares: () => sharesOf(size, staff, chance),
  };
}

/**
 * The values of a record as they are stored.
 *
 * @param userId the id of a user by place.
 * @param fields only these of the big module; all unless said otherwise.
 */
export function valuesOf(
  dataSet: DataSet,
  module: number,
  place: number,
  userId: (user: number) => string,
  fields: ReadonlySet<string> | null = null,
): Readonly<Record<string, FieldValue>> {
  if (module !== 0) return { score: dataSet.scoreOf(module, place) };
  const values: Record<string, FieldValue> = {};
  for (const { key } of FIELDS) {
    if (fields !== null && !fields.has(key)) continue;
    const value = stored(dataSet.drawn(key, place), dataSet, userId);
    if (value !== null) values[key] = value;
  }
  return values;
}

function stored(value: Drawn, { places }: DataSet, userId: (user: number) => string): FieldValue | null {
  if (value === null || typeof value !== "object") return value;
  if ("user" in value) return userId(value.user);
  if ("record" in value) return places.id(1, value.record);
  return value;
}
