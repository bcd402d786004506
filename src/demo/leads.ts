import { dayAfter } from "./calendar.ts";
import { addressAt, companyIn } from "./companies.ts";
import { DEALERS, PRODUCTS, TERRITORIES, type Territory } from "./territories.ts";
import { type Made, numbered, sellersOf, someTime, type Workshop } from "./workshop.ts";
import type { WrittenRecord, WrittenValue } from "./written.ts";

const STATUSES = [
  "new",
  "new",
  "contacted",
  "contacted",
  "contacted",
  "qualified",
  "qualified",
  "lost",
] as const;
const SOURCES = ["web", "web", "web", "fair", "fair", "referral", "dealer"] as const;
const WISHES = [
  "asks about",
  "wants to replace its",
  "compares",
  "needs more",
  "opens a laboratory with",
] as const;

/** Leads in all territories, and those that dealers bring. */
export function makeLeads(workshop: Workshop, count: number, fromDealers: number): Made[] {
  const ours = Array.from({ length: count }, () => makeLead(workshop, workshop.dice.pick(TERRITORIES)));
  const theirs = Array.from({ length: fromDealers }, () => makeLead(workshop, DEALERS));
  return numbered("lead", [...ours, ...theirs]);
}

function makeLead(workshop: Workshop, territory: Territory): WrittenRecord {
  const { dice, asOf } = workshop;
  const { company, city, country } = companyIn(territory, dice);
  const interests = dice.some(PRODUCTS, dice.between(1, 2));
  const status = dice.pick(STATUSES);
  const source = territory === DEALERS ? "dealer" : dice.pick(SOURCES);
  const values: Record<string, WrittenValue> = { company, status, source, interests, city, country };
  if (dice.chance(85)) values["revenue"] = dice.between(4, 300) * 1_000 * (dice.chance(8) ? 3 : 1);
  if (dice.chance(70)) values["email"] = addressAt(company, dice.pick(["office", "lab", "purchasing"]));
  if (dice.chance(3)) values["doNotCall"] = true;
  else if (status !== "lost" && dice.chance(60)) values["nextCall"] = dayAfter(asOf, dice.between(1, 40));
  return {
    owner: dice.pick(sellersOf(workshop, territory)),
    name: `${company} ${dice.pick(WISHES)} ${interests.join(" and ")}`,
    createdAt: someTime(workshop),
    values,
  };
}

/** A forecast per person and quarter of the year until now. */
export function makeForecasts(workshop: Workshop, people: readonly string[]): Made[] {
  const { dice, nameOf } = workshop;
  const records = people.flatMap((owner) =>
    (["Q1", "Q2"] as const).map((quarter, index): WrittenRecord => {
      const commit = dice.between(20, 260) * 1_000;
      return {
        owner,
        name: `${quarter === "Q1" ? "First" : "Second"} quarter (${nameOf(owner)})`,
        createdAt: `2026-0${index * 3 + 2}-15T09:00:00Z`,
        values: { quarter, commit, bestCase: commit + dice.between(5, 90) * 1_000 },
      };
    }),
  );
  return numbered("forecast", records);
}
