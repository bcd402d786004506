import { written } from "./calendar.ts";
import type { Made, Workshop } from "./workshop.ts";
import type { WrittenShare } from "./written.ts";

const DAY_MS = 86_400_000;

/** One record in so many is shared, per module. */
const ONE_IN = { leads: 15, deals: 20, quotes: 25 } as const;

const TEAMS = [
  "dach-lead",
  "nordics-lead",
  "iberia-lead",
  "us-lead",
  "latam-lead",
  "japan-lead",
  "anz-lead",
] as const;
const REPS = [
  "dach-rep",
  "nordics-rep",
  "iberia-rep",
  "us-rep",
  "latam-rep",
  "japan-rep",
  "anz-rep",
  "application-engineer",
] as const;
const GROUPS = ["application-engineers", "regional-managers", "deal-desk", "fair-team", "events"] as const;

/** Records that people handed to each other; at most one share of each, so that none replaces another. */
export function makeShares(
  workshop: Workshop,
  made: Readonly<Record<keyof typeof ONE_IN, readonly Made[]>>,
): WrittenShare[] {
  return (["leads", "deals", "quotes"] as const).flatMap((module) =>
    made[module].flatMap(({ key, record }) =>
      workshop.dice.between(1, ONE_IN[module]) === 1
        ? [makeShare(workshop, `${module}/${key}`, record.owner)]
        : [],
    ),
  );
}

function makeShare(workshop: Workshop, record: string, owner: string): WrittenShare {
  const { dice, asOf } = workshop;
  const share = {
    record,
    to: recipientOf(workshop, owner),
    access: dice.pick(["READ_ONLY", "READ_ONLY", "READ_WRITE", "FULL"] as const),
  };
  if (dice.chance(60)) return share;
  // A third of the ends lie in the past, some in the coming weeks, the rest within a year.
  const days = dice.pick([-dice.between(10, 300), dice.between(8, 30), dice.between(30, 365)]);
  return { ...share, expiresAt: written(asOf + days * DAY_MS) };
}

function recipientOf({ dice, holders }: Workshop, owner: string): WrittenShare["to"] {
  switch (dice.pick(["USER", "USER", "USER", "ROLE", "ROLE_AND_SUBORDINATES", "GROUP"] as const)) {
    case "USER": {
      const others = holders([...REPS, ...TEAMS]).filter((email) => email !== owner);
      return { user: dice.pick(others) };
    }
    case "ROLE":
      return { role: dice.pick(REPS) };
    case "ROLE_AND_SUBORDINATES":
      return { roleAndSubordinates: dice.pick(TEAMS) };
    case "GROUP":
      return { group: dice.pick(GROUPS) };
  }
}
