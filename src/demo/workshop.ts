import type { Instant } from "../kernel/instant.ts";
import { written } from "./calendar.ts";
import { type Dice, diceOf } from "./dice.ts";
import type { Territory } from "./territories.ts";
import type { WrittenFile, WrittenRecord } from "./written.ts";

const DAY_MS = 86_400_000;
const SEED = 20_260_907;

/** What records are made from. */
export type Workshop = {
  readonly dice: Dice;
  /** The day on which the file stands; nothing is created after it. */
  readonly asOf: Instant;
  /** Addresses of those who hold one of the roles and may own records, or did. */
  readonly holders: (roles: readonly string[]) => readonly string[];
  readonly nameOf: (email: string) => string;
  /** Addresses of those with one of the team roles in the module. */
  readonly membersOf: (module: string, teamRoles: readonly string[]) => readonly string[];
};

/** A record together with its key. */
export type Made = { readonly key: string; readonly record: WrittenRecord };

export function workshopOf({ users }: WrittenFile, asOf: Instant): Workshop {
  const everyone = Object.entries(users);
  return {
    dice: diceOf(SEED),
    asOf,
    holders: (roles) =>
      everyone.flatMap(([email, user]) =>
        roles.includes(user.role) && user.status !== "PENDING" && user.license !== "TEAM" ? [email] : [],
      ),
    nameOf: (email) => users[email]?.name ?? email,
    membersOf: (module, teamRoles) =>
      everyone.flatMap(([email, user]) =>
        teamRoles.includes(user.teamModules?.[module] ?? "") ? [email] : [],
      ),
  };
}

/** Numbers records from the oldest to the youngest: `lead-0001`, `lead-0002` … */
export function numbered(noun: string, records: readonly WrittenRecord[]): Made[] {
  return records
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
    .map((record, index) => ({ key: `${noun}-${String(index + 1).padStart(4, "0")}`, record }));
}

/** A working hour between two years and two weeks before the file's day; after `since` when something has to exist first. */
export function someTime({ dice, asOf }: Workshop, since?: string): string {
  const latest = 14;
  const earliest =
    since === undefined ? 720 : Math.max(latest, Math.floor((asOf - Date.parse(since)) / DAY_MS) - 1);
  const midnight = Math.floor(asOf / DAY_MS) * DAY_MS - dice.between(latest, earliest) * DAY_MS;
  return written(midnight + dice.between(6 * 3_600, 17 * 3_600) * 1_000);
}

/** Who sells in a territory: mostly its representatives, sometimes one of all its roles. */
export function sellersOf({ dice, holders }: Workshop, territory: Territory): readonly string[] {
  return dice.chance(92) ? holders([territory.rep]) : holders(territory.roles);
}
