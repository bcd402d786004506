import { describe, expect, test } from "vitest";
import { instantOf, viewersOf } from "../random/interesting.ts";
import { randomOrganization } from "../random/organization.ts";
import { CAPABILITIES } from "./capabilities.ts";
import { ACTIONS, type OrganizationFile, type UserEntry } from "./file.ts";
import { holds, may } from "./oracle.ts";

const SEEDS = Array.from({ length: 12 }, (_, index) => 1000 + index);

/** What these viewers may do, a line for each thing. */
function answers(file: OrganizationFile, viewers = viewersOf(file)): Set<string> {
  const now = instantOf(file);
  const allowed = new Set<string>();
  for (const user of viewers) {
    for (const [module, records] of Object.entries(file.records ?? {})) {
      for (const recordKey of Object.keys(records)) {
        for (const action of ACTIONS) {
          if (may(file, { user, action, module, recordKey, now }))
            allowed.add(`${user} ${action} ${module}/${recordKey}`);
        }
      }
    }
  }
  return allowed;
}

describe("EN-01 the oracle keeps the invariants of the specification", () => {
  test.each(SEEDS)("SH-06 a rule or share never takes anything away (seed %i)", (seed) => {
    const file = randomOrganization(seed);
    const less = answers({ ...file, sharingRules: {}, shares: [] });
    expect(less.difference(answers(file))).toEqual(new Set());
  });

  test.each(SEEDS)("SH-02 who may do anything with a record may read it (seed %i)", (seed) => {
    const file = randomOrganization(seed);
    const allowed = answers(file);
    const blind = [...allowed].filter((line) => !allowed.has(line.replace(/ [A-Z_]+ (?=\S+$)/, " READ ")));
    expect(blind).toEqual([]);
  });

  test.each(SEEDS)(
    "TU-13 the same person with a regular licence and Standard may do all of it too (seed %i)",
    (seed) => {
      const file = structuredClone(randomOrganization(seed));
      const team = Object.keys(file.users).filter((email) => file.users[email]?.license === "TEAM");
      const before = answers(file, team);
      const now = instantOf(file);
      const held = team.map((user) => CAPABILITIES.filter((name) => holds(file, user, name, now)));
      for (const email of team) delete (file.users[email] as UserEntry).license;
      delete file.profiles?.standard;
      expect(before.difference(answers(file, team))).toEqual(new Set());
      for (const [index, user] of team.entries()) {
        expect(held[index]?.filter((name) => !holds(file, user, name, now))).toEqual([]);
      }
    },
  );

  test.each(SEEDS)("EN-09 the order of what is written decides nothing (seed %i)", (seed) => {
    const file = randomOrganization(seed);
    const turned = <T>(entries: Record<string, T> | undefined) =>
      Object.fromEntries(Object.entries(entries ?? {}).reverse());
    const other: OrganizationFile = {
      ...file,
      roles: turned(file.roles),
      users: turned(file.users),
      groups: turned(file.groups),
      sharingRules: turned(file.sharingRules),
      shares: (file.shares ?? []).toReversed(),
    };
    expect(answers(other)).toEqual(answers(file));
  });
});
