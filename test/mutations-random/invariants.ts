import { expect } from "vitest";
import { matches } from "../oracle/criteria.ts";
import type { Value } from "../oracle/file.ts";
import { at } from "../oracle/people.ts";
import { type Facts, type RuleRow, rowOf } from "./facts.ts";
import { ruleOf } from "./file.ts";

/**
 * After every change, whatever it was: what is derived says what it is derived from.
 *
 * @param isSwept whether the background has nothing left to do: then no match that admits nothing is left (SH-37).
 */
export function checkInvariants(facts: Facts, isSwept: boolean, place: string): void {
  expect(ownerColumns(facts), `${place}: the owner's number and role on every record`).toEqual([]);
  expect(storedCounts(facts), `${place}: how many records each owner has`).toEqual(countedOwners(facts));
  expect(missingGrants(facts), `${place}: grants that are missing or differ`).toEqual([]);
  expect(strangeGrants(facts, isSwept), `${place}: grants that nothing accounts for`).toEqual([]);
  expect(strayValues(facts), `${place}: values under keys that are no field`).toEqual([]);
}

/** The records whose owner columns are not those of the owner now. */
function ownerColumns({ rows }: Facts): string[] {
  return rows.records
    .filter((record) => {
      const owner = rowOf(rows.users, record.ownerId);
      const isElsewhere = !owner.isPathBehind && record.ownerRoleId !== owner.roleId;
      return record.ownerSeq !== owner.seq || isElsewhere;
    })
    .map(({ name }) => name);
}

function storedCounts({ rows }: Facts): string[] {
  return rows.ownerCounts
    .filter(({ n }) => n !== 0)
    .map(({ moduleId, ownerSeq, n }) => `${moduleId} ${ownerSeq}: ${n}`)
    .sort();
}

function countedOwners({ rows }: Facts): string[] {
  const groups = Map.groupBy(rows.records, ({ moduleId, ownerSeq }) => `${moduleId} ${ownerSeq}`);
  return [...groups].map(([owner, records]) => `${owner}: ${records.length}`).sort();
}

const FOREVER = Number.MAX_SAFE_INTEGER;

/**
 * SH-41, SH-37: a row for every share, and one for every match of a rule by criteria that is to hold matches: those in
 * force, or those that are being applied too, whose matches come one after another.
 */
function wantedGrants(
  facts: Facts,
  statuses: readonly RuleRow["status"][],
): ReadonlyMap<string, readonly number[]> {
  const { rows } = facts;
  const shares = rows.shares.map(({ recordId, party, level, expiresAt }) => {
    const until = expiresAt?.getTime() ?? FOREVER;
    const given = [true, level !== "READ_ONLY", level === "FULL", level === "FULL"];
    return grant(
      recordId,
      party,
      given.map((isGiven) => (isGiven ? until : 0)),
    );
  });
  const matched = rows.rules
    .filter((rule) => statuses.includes(rule.status) && holdsMatches(facts, rule))
    .flatMap((rule) =>
      matchedBy(facts, rule).map((recordId) =>
        grant(recordId, keyOf(rule), [FOREVER, FOREVER, FOREVER, FOREVER]),
      ),
    );
  return new Map([...shares, ...matched]);
}

type Grant = readonly [place: string, untils: readonly number[]];

function grant(recordId: string, key: string, untils: readonly number[]): Grant {
  return [`${recordId} ${key}`, untils];
}

/** SH-32, SH-37: by criteria that can be read, not deactivated, not expired. */
function holdsMatches({ now }: Facts, { criteria, status, isBroken, expiresAt }: RuleRow): boolean {
  const isLive = expiresAt === null || expiresAt.getTime() > now;
  return criteria !== null && status !== "INACTIVE" && !isBroken && isLive;
}

/** The records of the rule's module that meet its criteria, as the oracle reads them. */
function matchedBy({ rows, file }: Facts, rule: RuleRow): string[] {
  const { module, criteria } = ruleOf(rows, rule);
  if (criteria === undefined) return [];
  const fields = at(file.modules, module)?.fields;
  return rows.records
    .filter(({ moduleId, key }) => {
      if (moduleId !== rule.moduleId) return false;
      const values: Record<string, Value> | undefined = at(at(file.records, module), key)?.values;
      return matches(fields, values, criteria);
    })
    .map(({ id }) => id);
}

function keyOf({ id, generation }: RuleRow): string {
  return `c:${id}#${generation}`;
}

function missingGrants(facts: Facts): string[] {
  const stored = new Map(
    facts.rows.grants.map((grant) => [
      `${grant.recordId} ${grant.key}`,
      [grant.readUntil, grant.updateUntil, grant.deleteUntil, grant.shareUntil].map(Number),
    ]),
  );
  return [...wantedGrants(facts, ["ACTIVE"])]
    .filter(([place, untils]) => JSON.stringify(stored.get(place)) !== JSON.stringify(untils))
    .map(([place, untils]) => `${place}: ${stored.get(place)} instead of ${untils}`);
}

/**
 * Rows beyond those that are wanted: only matches that are dead whatever they say may linger until they are swept, of
 * a generation that is over, or of a rule that is gone, deactivated or expired. Of a broken rule none may (SH-32).
 */
function strangeGrants(facts: Facts, isSwept: boolean): string[] {
  const wanted = wantedGrants(facts, ["ACTIVE", "APPLYING"]);
  const rules = new Map(facts.rows.rules.map((rule) => [rule.id, rule]));
  return facts.rows.grants
    .filter(({ recordId, key }) => {
      if (wanted.has(`${recordId} ${key}`)) return false;
      const [, id] = /^c:([^#]+)#\d+$/.exec(key) ?? [];
      if (id === undefined) return true;
      const rule = rules.get(id);
      if (rule === undefined || keyOf(rule) !== key) return isSwept;
      if (hasJustExpired(facts, rule)) return false;
      return isSwept || rule.isBroken || holdsMatches(facts, rule);
    })
    .map(({ recordId, key }) => `${recordId} ${key}`);
}

/** Clocks differ: for some minutes after its end the matches of a rule are kept, without admitting anything. */
function hasJustExpired({ now }: Facts, { status, isBroken, expiresAt }: RuleRow): boolean {
  if (expiresAt === null || status === "INACTIVE" || isBroken) return false;
  return expiresAt.getTime() <= now && now - expiresAt.getTime() <= 5 * 60_000;
}

/** Records whose values speak of a field that their module does not have (any more). */
function strayValues({ rows }: Facts): string[] {
  return rows.records
    .filter(({ moduleId, values }) => {
      const keys = new Set(rowOf(rows.modules, moduleId).fields.map(({ key }) => key));
      return Object.keys(values as object).some((key) => !keys.has(key));
    })
    .map(({ name }) => name);
}
