import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { matches } from "../../oracle/criteria.ts";
import type { Criteria, RuleLevel } from "../../oracle/file.ts";
import { holds } from "../../oracle/oracle.ts";
import { at } from "../../oracle/people.ts";
import { type Facts, type RuleRow, rowOf } from "../facts.ts";
import { ruleOf, targetOf } from "../file.ts";
import { comparisonsIn, type WrittenCriteria, writtenCriteria } from "../plausible/criteria.ts";
import { type NamedParty, randomParty } from "../plausible/party.ts";
import { firstOf, somebodyWith, unless } from "../plausible/predict.ts";
import type { Maker, Outcome, Scene } from "../step.ts";

const MANY = 16;

const ruleId = ({ id }: RuleRow) => toGlobalId("SharingRule", id);

const LEVELS: readonly RuleLevel[] = ["READ_ONLY", "READ_WRITE", "READ_WRITE_DELETE"];

function managesSharing({ file, now }: Facts, as: string): boolean {
  return holds(file, as, "MANAGE_DATA_SHARING", now);
}

/** D20: dates that are far from now are chosen with a capability. */
function mayChoose({ file, now }: Facts, as: string, criteria: WrittenCriteria | null): boolean {
  return criteria?.isFar !== true || holds(file, as, "DATE_RANGE_BEYOND_5_YEARS", now);
}

const EVERYONE: NamedParty = { input: { everyone: true }, party: "everyone" };

function randomTarget({ facts, dice }: Scene): NamedParty {
  return dice.chance(0.12) ? EVERYONE : randomParty(facts, dice);
}

/** Never a user: SH-31. */
function randomSource({ facts, dice }: Scene): NamedParty {
  for (;;) {
    const party = dice.chance(0.12) ? EVERYONE : randomParty(facts, dice);
    if (!("user" in party.input)) return party;
  }
}

/** An end that is to come, mostly soon. */
function randomEnd({ facts, dice }: Scene): number {
  return facts.now + dice.between(1, 60) * 120_000;
}

/** A twin that was not looked for is refused too, whatever else was expected of a sound rule. */
function orTwin(expected: readonly Outcome[]): readonly Outcome[] {
  return expected[0] === "DONE" || expected[0] === "RULE_APPLYING" ? [...expected, "CONFLICT"] : expected;
}

export const createSharingRule: Maker = (scene) => {
  const { facts, dice, number } = scene;
  if (facts.rows.rules.length >= MANY) return null;
  const as = somebodyWith(facts, dice, "MANAGE_DATA_SHARING");
  const module = dice.weighted([
    [9, dice.pick(facts.rows.modules).key],
    [0.3, "notes"],
  ]);
  const form = dice.pick(["source", "criteria", "criteria", "both", "both", "neither"]);
  const wanted = form === "source" || form === "neither" ? null : writtenCriteria(scene, as, module);
  const source = form === "source" || form === "both" ? randomSource(scene) : null;
  const target = randomTarget(scene);
  const end = dice.chance(0.3) ? randomEnd(scene) : dice.chance(0.03) ? facts.now : null;
  const level = dice.pick(LEVELS);
  const includeSuperiors = dice.chance(0.4);
  const isTwinOfName = dice.chance(0.05);
  const namesake = facts.rows.rules.find((rule) => rowOf(facts.rows.modules, rule.moduleId).key === module);
  const name = isTwinOfName && namesake !== undefined ? namesake.name : `Rule ${number}`;
  const isSound = module !== "notes" && module !== "forecasts" && (end === null || end > facts.now);
  return {
    mutation: "createSharingRule",
    as,
    input: {
      module,
      name,
      target: target.input,
      level,
      includeSuperiors,
      ...(source === null ? {} : { source: source.input }),
      ...(wanted === null ? {} : { criteria: wanted.filter }),
      ...(end === null ? {} : { expiresAt: new Date(end).toISOString() }),
    },
    select: "id sharingRule { id name status }",
    expected: orTwin(
      firstOf(
        unless(isSound && (source !== null || wanted !== null), "BAD_USER_INPUT"),
        unless(target.party !== null && source?.party !== null && wanted?.isReached !== false, "NOT_FOUND"),
        unless(managesSharing(facts, as), "FORBIDDEN"),
        unless(mayChoose(facts, as, wanted), "FORBIDDEN"),
        unless(name !== namesake?.name, "CONFLICT"),
      ),
    ),
    check: (after, payload) => {
      const made = after.rows.rules.find((rule) => ruleId(rule) === payload.id);
      if (made === undefined) throw new Error("the rule is not there");
      expect(made.status, "SH-36").toBe(wanted === null ? "ACTIVE" : "APPLYING");
      saysTheSame(after, made, { source, target, criteria: wanted?.criteria ?? null });
      expect(made).toMatchObject({ name, level, includeSuperiors });
      expect(made.expiresAt?.getTime() ?? null).toBe(end);
    },
  };
};

type Content = {
  readonly source: NamedParty | null;
  readonly target: NamedParty;
  readonly criteria: Criteria | null;
};

/** That a stored rule says what was written: the parties, and criteria that match the same records. */
function saysTheSame(after: Facts, rule: RuleRow, { source, target, criteria }: Content): void {
  const stored = ruleOf(after.rows, rule);
  expect(stored.from ?? null).toEqual(source?.party ?? null);
  expect(stored.to).toEqual(target.party);
  matchesTheSame(after, rule, criteria);
}

function matchesTheSame(after: Facts, rule: RuleRow, criteria: Criteria | null): void {
  const stored = ruleOf(after.rows, rule);
  expect(stored.criteria === undefined).toBe(criteria === null);
  if (stored.criteria === undefined || criteria === null) return;
  const fields = at(after.file.modules, stored.module)?.fields;
  for (const { values } of Object.values(at(after.file.records, stored.module) ?? {}))
    expect(matches(fields, values, stored.criteria)).toBe(matches(fields, values, criteria));
}

/** What of a rule is to change; null leaves it, but for the end, which null takes away. */
type RuleChange = {
  readonly criteria: WrittenCriteria | "NONE" | null;
  readonly source: NamedParty | "NONE" | null;
  readonly target: NamedParty | null;
  readonly level: RuleLevel | null;
  readonly includeSuperiors: boolean | null;
  readonly end: number | null | undefined;
  readonly name: string | null;
};

function randomRuleChange(scene: Scene, as: string, rule: RuleRow): RuleChange {
  const { facts, dice, number } = scene;
  const module = rowOf(facts.rows.modules, rule.moduleId).key;
  const written = dice.chance(rule.isBroken ? 0.8 : 0.35) ? writtenCriteria(scene, as, module) : null;
  return {
    criteria: written ?? (dice.chance(0.08) ? "NONE" : null),
    source: dice.chance(0.2) ? randomSource(scene) : dice.chance(0.08) ? "NONE" : null,
    target: dice.chance(0.3) ? randomTarget(scene) : null,
    level: dice.chance(0.3) ? dice.pick(LEVELS) : null,
    includeSuperiors: dice.chance(0.2) ? dice.chance(0.5) : null,
    end: dice.weighted([
      [5, undefined],
      [1, null],
      [2, randomEnd(scene)],
      [0.2, facts.now],
    ]),
    name: dice.chance(0.1) ? `Rule ${number}` : null,
  };
}

/** The change as a client writes it. */
function inputOf({ criteria, source, target, level, includeSuperiors, end, name }: RuleChange): object {
  const none = <Value>(value: Value | "NONE", written: (value: Value) => object) =>
    value === "NONE" ? null : written(value);
  return {
    ...(criteria === null ? {} : { criteria: none(criteria, ({ filter }) => filter) }),
    ...(source === null ? {} : { source: none(source, ({ input }) => input) }),
    ...(target === null ? {} : { target: target.input }),
    ...(level === null ? {} : { level }),
    ...(includeSuperiors === null ? {} : { includeSuperiors }),
    ...(end === undefined ? {} : { expiresAt: end === null ? null : new Date(end).toISOString() }),
    ...(name === null ? {} : { name }),
  };
}

function endOfChange(facts: Facts, as: string, rule: RuleRow, change: RuleChange): readonly Outcome[] {
  const { criteria, source, target, end } = change;
  const isAhead = end === undefined || end === null || end > facts.now;
  const hasSource = source === null ? rule.sourceKind !== null : source !== "NONE";
  const hasCriteria = criteria === null ? rule.criteria !== null : criteria !== "NONE";
  const isThere = source === null || source === "NONE" || source.party !== null;
  const isReached = criteria === null || criteria === "NONE" || criteria.isReached;
  return orTwin(
    firstOf(
      unless(isAhead && !(source === "NONE" && criteria === "NONE"), "BAD_USER_INPUT"),
      unless(managesSharing(facts, as), "NOT_FOUND"),
      unless(hasSource || hasCriteria, "BAD_USER_INPUT"),
      unless(isThere && target?.party !== null && isReached, "NOT_FOUND"),
      unless(criteria === "NONE" || mayChoose(facts, as, criteria), "FORBIDDEN"),
      unless(rule.status !== "APPLYING", "RULE_APPLYING"),
    ),
  );
}

export const updateSharingRule: Maker = (scene) => {
  const { facts, dice } = scene;
  if (facts.rows.rules.length === 0) return null;
  const as = somebodyWith(facts, dice, "MANAGE_DATA_SHARING");
  const rule = dice.pick(facts.rows.rules);
  const change = randomRuleChange(scene, as, rule);
  const { criteria, target, level, includeSuperiors, end } = change;
  return {
    mutation: "updateSharingRule",
    as,
    input: { id: ruleId(rule), ...inputOf(change) },
    select: "id sharingRule { id status }",
    expected: endOfChange(facts, as, rule, change),
    check: (after) => {
      const stored = rowOf(after.rows.rules, rule.id);
      if (criteria !== null) matchesTheSame(after, stored, criteria === "NONE" ? null : criteria.criteria);
      if (target !== null) expect(targetOf(after.rows, stored)).toEqual(target.party);
      expect(stored.level).toBe(level ?? rule.level);
      expect(stored.includeSuperiors).toBe(includeSuperiors ?? rule.includeSuperiors);
      const wanted = end === undefined ? (rule.expiresAt?.getTime() ?? null) : end;
      expect(stored.expiresAt?.getTime() ?? null).toBe(wanted);
      expect(stored.isBroken, "SH-32: criteria that are written again are whole").toBe(
        rule.isBroken && criteria === null,
      );
      if (rule.status === "INACTIVE") expect(stored.status).toBe("INACTIVE");
    },
  };
};

export const deleteSharingRule: Maker = ({ facts, dice }) => {
  const { rows } = facts;
  if (rows.rules.length < 5) return null;
  const as = somebodyWith(facts, dice, "MANAGE_DATA_SHARING");
  const rule = dice.pick(rows.rules);
  return {
    mutation: "deleteSharingRule",
    as,
    input: { id: ruleId(rule) },
    select: "id",
    expected: firstOf(
      unless(managesSharing(facts, as), "NOT_FOUND"),
      unless(rule.status !== "APPLYING", "RULE_APPLYING"),
    ),
    check: (after) => {
      const left = rows.rules.map(({ id }) => id).filter((id) => id !== rule.id);
      expect(after.rows.rules.map(({ id }) => id)).toEqual(left);
    },
  };
};

export const activateSharingRule: Maker = ({ facts, dice }) => {
  const { rows, file } = facts;
  const idle = rows.rules.filter(({ status, isBroken }) => status === "INACTIVE" || isBroken);
  if (idle.length === 0) return null;
  const as = somebodyWith(facts, dice, "MANAGE_DATA_SHARING");
  const rule = dice.pick(dice.chance(0.85) ? idle : rows.rules);
  const isOff = rule.status === "INACTIVE" || (rule.status === "ACTIVE" && rule.isBroken);
  const expected = firstOf(
    unless(managesSharing(facts, as), "NOT_FOUND"),
    unless(isOff, "ACTION_NOT_AVAILABLE"),
  );
  return {
    mutation: "activateSharingRule",
    as,
    input: { id: ruleId(rule) },
    select: "id sharingRule { id status }",
    // Its criteria may not fit the fields any more, or it may be a twin by now.
    expected: expected[0] === "DONE" ? ["DONE", "CONFLICT"] : expected,
    check: (after) => {
      const stored = rowOf(after.rows.rules, rule.id);
      expect(stored.isBroken).toBe(false);
      const isLive = rule.expiresAt === null || rule.expiresAt.getTime() > facts.now;
      expect(stored.status).toBe(rule.criteria !== null && isLive ? "APPLYING" : "ACTIVE");
      const { criteria, module } = ruleOf(after.rows, stored);
      const fields = at(file.modules, module)?.fields;
      for (const { field } of criteria === undefined ? [] : comparisonsIn(criteria))
        expect(at(fields, field), "SH-32: it uses a field that is there").toBeDefined();
    },
  };
};

export const deactivateSharingRule: Maker = ({ facts, dice }) => {
  const { rows } = facts;
  if (rows.rules.length === 0) return null;
  const as = somebodyWith(facts, dice, "MANAGE_DATA_SHARING");
  const on = rows.rules.filter(({ status }) => status !== "INACTIVE");
  const rule = dice.pick(on.length > 3 && dice.chance(0.85) ? on : rows.rules);
  return {
    mutation: "deactivateSharingRule",
    as,
    input: { id: ruleId(rule) },
    select: "id sharingRule { id status }",
    expected: firstOf(
      unless(managesSharing(facts, as), "NOT_FOUND"),
      unless(rule.status !== "INACTIVE", "ACTION_NOT_AVAILABLE"),
    ),
    check: (after) => expect(rowOf(after.rows.rules, rule.id).status).toBe("INACTIVE"),
  };
};
