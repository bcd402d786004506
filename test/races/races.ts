import { describe, test } from "vitest";
import type { DatabaseKind } from "../../src/database/database.ts";
import { size } from "../size.ts";
import { ADMINISTRATORS } from "./administrators.ts";
import { MATCHES } from "./matches.ts";
import { OWNERS } from "./owners.ts";
import { REVOCATIONS } from "./revocations.ts";
import { runRace } from "./run.ts";
import { STRUCTURE } from "./structure.ts";

const RACES = [...REVOCATIONS, ...OWNERS, ...MATCHES, ...STRUCTURE, ...ADMINISTRATORS].map((race) => ({
  ...race,
  times: Math.min(race.times, size.races),
}));

/** The races on one database, and some of them with the second gateway in a process of its own. */
export function racesOn(kind: DatabaseKind): void {
  describe(`two gateways over one ${kind} database`, () => {
    test.each(RACES)("EN-05 SH-11 $title: $times times one of the two orders", (race) =>
      runRace(race, { kind, times: race.times }),
    );

    test.each(REVOCATIONS.slice(0, 3))("EN-05 SH-11 $title, in another process", (race) =>
      runRace(race, { kind, times: Math.min(12, size.races), isApart: true }),
    );
  });
}
