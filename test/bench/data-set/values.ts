import type { FileField } from "../../../src/file/sections/modules/index.ts";
import type { FieldType } from "../../../src/policy/model/org.ts";
import type { FieldValue } from "../../../src/policy/model/values.ts";
import type { Chance } from "./chance.ts";
import { OTHER_MODULES, PER_OTHER } from "./size.ts";

/** A field of the big module: one of every type. */
export type BenchField = FileField & { readonly key: string };

/** What a field holds: a value in stored form, but a place of `users` for USER and of the first other module for LOOKUP. */
export type Drawn = FieldValue | { readonly user: number } | { readonly record: number } | null;

const STAGES = ["New", "Contacted", "Qualified", "Proposal", "Negotiation", "Won", "Lost", "Dormant"];
const TAGS = ["hot", "cold", "partner", "vip", "churn", "trial"];
const CITIES =
  "Aachen Ålesund Athens Bergen Brno Cádiz Córdoba Dakar Delhi Edirne Essen Évora Fes Gdańsk Geneva Graz Haifa Hanoi Ibadan İzmir Jaén Kyoto Lagos Lima Łódź Malmö Nagoya Nairobi Nice Odense Oslo Ōsaka Perth Pune Quito Reims Riga Salta Seoul Tartu Tunis Turku Ulm Umeå Varna Vienna Warsaw Xi'an York Zürich".split(
    " ",
  );
const WORDS =
  "Amber Birch Cobalt Delta Ember Flint Granite Harbour Iris Juniper Kestrel Linden Maple Nova".split(" ");

/** The fields of the big module, one of every type. */
export const FIELDS: readonly BenchField[] = [
  field("city", "TEXT"),
  field("score", "NUMBER"),
  field("isHot", "BOOLEAN"),
  field("dueOn", "DATE"),
  field("metAt", "DATETIME"),
  field("stage", "PICKLIST", STAGES),
  field("tags", "MULTI_PICKLIST", TAGS),
  field("mail", "EMAIL"),
  { ...field("account", "LOOKUP"), lookupModule: moduleKey(1) },
  field("buddy", "USER"),
];

/** The field of the nine other modules. */
export const OTHER_FIELDS: readonly BenchField[] = [field("score", "NUMBER")];

/** How many scores there are, each as frequent: what criteria take an exact part of. */
export const SCORES = 100_000;

/** The big module is 0, the others 1 to 9. */
export function moduleKey(module: number): string {
  return module === 0 ? "deals" : `other-${module}`;
}

export const MODULES: readonly number[] = Array.from({ length: OTHER_MODULES + 1 }, (_, at) => at);

function field(key: string, type: FieldType, options: readonly string[] = []): BenchField {
  return { key, label: null, type, isRequired: false, options, lookupModule: null };
}

/** The name of a record: not unique, as names are not. */
export function nameOf(chance: Chance, module: number, place: number): string {
  const salt = 40 + module * 100;
  const words = [0, 1].map((at) => WORDS[chance.below(WORDS.length, place, salt + at)]);
  return `${words.join(" ")} ${chance.below(5_000, place, salt + 2)}`;
}

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2022, 0, 1);

/** Draws one field of a record of the big module by itself. One in twenty is empty, but for scores. */
export function draw(
  chance: Chance,
  key: string,
  place: number,
  { users, records }: { readonly users: number; readonly records: number },
): Drawn {
  const at = FIELDS.findIndex((each) => each.key === key);
  const salt = 60 + at;
  if (key !== "score" && chance.fraction(place, salt + 20) < 0.05) return null;
  const below = (count: number) => chance.below(count, place, salt);
  switch (key) {
    case "city":
      return `${CITIES[Math.floor(CITIES.length * chance.fraction(place, salt) ** 2)]}`;
    case "score":
      return below(SCORES);
    case "isHot":
      return below(2) === 1;
    case "dueOn":
      return new Date(FIRST_DAY + below(1_800) * DAY_MS).toISOString().slice(0, 10);
    case "metAt":
      return new Date(FIRST_DAY + below(1_800 * 24 * 60) * 60_000).toISOString();
    case "stage":
      return STAGES[Math.floor(STAGES.length * chance.fraction(place, salt) ** 1.5)] ?? null;
    case "tags": {
      const chosen = TAGS.filter((_, bit) => (below(64) >> bit) & 1);
      return chosen.length === 0 ? null : chosen;
    }
    case "mail":
      return `contact.${below(300_000)}@customer-${below(997)}.example`;
    case "account":
      return { record: below(records / PER_OTHER) };
    case "buddy":
      return { user: below(users) };
    default:
      throw new Error(`the big module has no field ${key}`);
  }
}

/** The only value of a record of another module. */
export function otherScore(chance: Chance, module: number, place: number): number {
  return chance.below(SCORES, place, 50 + module * 100);
}
