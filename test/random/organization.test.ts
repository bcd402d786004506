import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { CAPABILITIES } from "../oracle/capabilities.ts";
import { ACTIONS, type OrganizationFile } from "../oracle/file.ts";
import { holds, may } from "../oracle/oracle.ts";
import { FEATURES, type Feature } from "./features/index.ts";
import { instantOf, interesting, randomOrganization, viewersOf } from "./organization.ts";

const SEEDS = 300;
/** In how many worlds taking a thing out must change an answer. */
const A_FEW = 3;

const worlds = Array.from({ length: SEEDS }, (_, seed) => randomOrganization(seed));

describe("EN-01 random organisations", () => {
  test("the same seed gives the same organisation, another seed another", () => {
    expect(randomOrganization(7)).toEqual(randomOrganization(7));
    expect(randomOrganization(7)).not.toEqual(randomOrganization(8));
  });

  test("BU-02 a world survives being written as YAML and read again", () => {
    for (const world of worlds.slice(0, 40)) expect(parse(stringify(world))).toEqual(world);
  });

  test("more than seven in ten are interesting", () => {
    const some = worlds.slice(0, 40);
    expect(some.filter(interesting).length).toBeGreaterThan(0.7 * some.length);
  });

  test.each(FEATURES)("$title: occurs and matters", (feature) => {
    expect(countWorldsWhereItMatters(feature, A_FEW)).toBe(A_FEW);
  });
});

/** Stops at `enough`. */
function countWorldsWhereItMatters(feature: Feature, enough: number): number {
  let count = 0;
  for (const world of worlds) {
    const before = structuredClone(world);
    feature.bare?.(before);
    const after = structuredClone(before);
    if (feature.without(after) && isAnsweredOtherwise(before, after)) count++;
    if (count === enough) break;
  }
  return count;
}

function isAnsweredOtherwise(before: OrganizationFile, after: OrganizationFile): boolean {
  const now = instantOf(before);
  const touched = Object.keys(before.records ?? {}).filter((module) => isTouched(before, after, module));
  for (const user of viewersOf(before)) {
    for (const capability of isRestTouched(before, after) ? CAPABILITIES : []) {
      if (holds(before, user, capability, now) !== holds(after, user, capability, now)) return true;
    }
    for (const module of touched) {
      for (const recordKey of Object.keys(before.records?.[module] ?? {})) {
        for (const action of ACTIONS) {
          const question = { user, action, module, recordKey, now };
          if (may(before, question) !== may(after, question)) return true;
        }
      }
    }
  }
  return false;
}

/** When only rules and shares differ, a module whose own are the same need not be asked about. */
function isTouched(before: OrganizationFile, after: OrganizationFile, module: string): boolean {
  const own = (file: OrganizationFile): string =>
    JSON.stringify([
      Object.values(file.sharingRules ?? {}).filter((rule) => rule.module === module),
      (file.shares ?? []).filter((share) => share.record.startsWith(`${module}/`)),
    ]);
  return isRestTouched(before, after) || own(before) !== own(after);
}

function isRestTouched(before: OrganizationFile, after: OrganizationFile): boolean {
  const rest = (file: OrganizationFile): string => JSON.stringify({ ...file, sharingRules: {}, shares: [] });
  return rest(before) !== rest(after);
}
