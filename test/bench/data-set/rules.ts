import type { Condition } from "../../../src/policy/model/condition.ts";
import { RULE_LEVELS, type RuleLevel } from "../../../src/policy/model/org.ts";
import type { Chance } from "./chance.ts";
import { isAbove, isIn, type Party } from "./party.ts";
import type { Staff } from "./people.ts";
import { branchOf } from "./roles.ts";
import type { Size } from "./size.ts";
import { SCORES } from "./values.ts";
import { VIEWER_NAMES } from "./viewers.ts";

export type Rule = {
  readonly key: string;
  readonly module: number;
  readonly source: Party | null;
  readonly criteria: Condition | null;
  readonly target: Party;
  readonly level: RuleLevel;
  readonly includeSuperiors: boolean;
};
type Meant = Omit<Rule, "key" | "level">;

const SALT = { target: 30, source: 31, module: 32, superiors: 33, criteria: 34 } as const;

/** What criteria match, as parts of the big module. */
const FOR_MANYRULES = [0.038, 0.01, 0.001, 0.0001];
const FOR_BYCRITERIA = [0.3, 0.1, 0.05];
const FOR_OTHERS = [0.0003, 0.1, 0.003, 0.02, 0.0001, 0.05, 0.001, 0.2, 0.01];

/** The sharing rules: those by which viewers are reached, and as many as it takes that reach none of them. */
export function rulesOf(size: Size, staff: Staff, chance: Chance): readonly Rule[] {
  const byCriteria = criteriaRules(size, staff, chance);
  const rules: Meant[] = [...manyRules(staff), ...byCriteria];
  const isKnown = new Set(rules.map(meaning));
  for (let draw = 0; rules.length < size.rules; draw += 1) {
    const rule = ordinaryRule(staff, chance, draw);
    if (rule === null || isKnown.has(meaning(rule))) continue;
    isKnown.add(meaning(rule));
    rules.push(rule);
  }
  return rules.map((rule, at) => ({
    ...rule,
    key: `rule-${at}`,
    level: RULE_LEVELS[at % RULE_LEVELS.length] ?? "READ_ONLY",
  }));
}

function meaning({ module, source, target }: Meant): string {
  return JSON.stringify([module, source, target]);
}

/** One rule for each shared branch: by role with subordinates, and for some of them by a group of its people. */
function manyRules({ tree, viewers, targets, sources }: Staff): readonly Meant[] {
  return tree.shared.map((head, at): Meant => {
    const group = sources[at];
    const target: Party =
      at % 3 === 0
        ? { kind: "USER", at: viewers.manyrules }
        : at % 3 === 1
          ? { kind: "ROLE", at: tree.lone[1] ?? 0 }
          : { kind: "GROUP", at: targets[at % targets.length] ?? 0 };
    return {
      module: 0,
      source:
        group === undefined ? { kind: "ROLE_AND_SUBORDINATES", at: head } : { kind: "GROUP", at: group },
      criteria: null,
      target,
      includeSuperiors: false,
    };
  });
}

function criteriaRules(size: Size, staff: Staff, chance: Chance): readonly Meant[] {
  const { viewers, tree } = staff;
  const rule = (at: number, part: number, target: Party, source: Party | null): Meant => ({
    module: 0,
    source,
    criteria: matchingPart(part, at, chance),
    target,
    includeSuperiors: false,
  });
  const own = FOR_MANYRULES.map((part, at) =>
    // One of them is narrowed to owners as well.
    rule(
      at,
      part,
      { kind: "USER", at: viewers.manyrules },
      at === 2 ? { kind: "ROLE_AND_SUBORDINATES", at: tree.regional } : null,
    ),
  );
  const broad = FOR_BYCRITERIA.map((part, at) =>
    rule(10 + at, part, { kind: "USER", at: viewers.bycriteria }, null),
  );
  const left = size.criteriaRules - own.length - broad.length;
  const others = Array.from({ length: left }, (_, at) =>
    rule(
      20 + at,
      FOR_OTHERS[at % FOR_OTHERS.length] ?? 0.01,
      ordinaryTarget(staff, chance, 5_000 + at),
      at % 4 === 3 ? ordinarySource(staff, chance, at) : null,
    ),
  );
  return [...own, ...broad, ...others];
}

/** A condition that so large a part of the records meets, in one of several shapes. */
function matchingPart(part: number, at: number, chance: Chance): Condition {
  const size = Math.round(part * SCORES);
  const from = chance.below(SCORES - 3 * size > 0 ? SCORES - 3 * size : 1, at, SALT.criteria);
  const between = (low: number, high: number): Condition => ({
    all: [
      { field: "score", op: "GTE", value: low },
      { field: "score", op: "LT", value: high },
    ],
  });
  switch (at % 3) {
    case 0:
      return between(from, from + size);
    case 1:
      return {
        any: [
          between(from, from + Math.ceil(size / 2)),
          { field: "score", op: "GTE", value: SCORES - Math.floor(size / 2) },
        ],
      };
    default:
      // One field more; half of the records meet it.
      return {
        all: [
          { field: "isHot", op: "EQ", value: true },
          between(from, from + Math.min(SCORES, Math.round(size / 0.475))),
        ],
      };
  }
}

/** A rule between people who are no viewers; null when the draw reaches one. */
function ordinaryRule(staff: Staff, chance: Chance, draw: number): Meant | null {
  const target = ordinaryTarget(staff, chance, draw);
  const includeSuperiors = chance.fraction(draw, SALT.superiors) < 0.3;
  const others = VIEWER_NAMES.filter((name) => name !== "ceo" && name !== "administrator").map(
    (name) => staff.viewers[name],
  );
  if (includeSuperiors && others.some((viewer) => isAbove(staff, target, viewer))) return null;
  const module = chance.fraction(draw, SALT.module) < 0.25 ? 1 + (draw % 9) : 0;
  const source = ordinarySource(staff, chance, draw);
  return { module, source, criteria: null, target, includeSuperiors };
}

function ordinaryTarget(staff: Staff, chance: Chance, draw: number): Party {
  for (let attempt = 0; ; attempt += 1) {
    const party = anyParty(staff, chance, draw * 16 + attempt, SALT.target);
    if (
      VIEWER_NAMES.every(
        (name) => name === "ceo" || name === "administrator" || !isIn(staff, party, staff.viewers[name]),
      )
    )
      return party;
  }
}

function ordinarySource(staff: Staff, chance: Chance, draw: number): Party {
  for (let attempt = 0; ; attempt += 1) {
    const party = anyParty(staff, chance, draw * 16 + attempt, SALT.source);
    if (party.kind !== "USER") return party;
  }
}

function anyParty(
  { tree, ordinary, users, firstOrdinary }: Staff,
  chance: Chance,
  place: number,
  salt: number,
): Party {
  const bits = chance.bits(place, salt);
  const pick = Math.floor(bits / 8);
  if (bits % 8 === 0) return { kind: "USER", at: firstOrdinary + (pick % (users.length - firstOrdinary)) };
  if (bits % 8 < 3) return { kind: "GROUP", at: ordinary[pick % ordinary.length] ?? 0 };
  const role = pick % tree.roles.length;
  return { kind: bits % 8 < 6 ? "ROLE" : "ROLE_AND_SUBORDINATES", at: role };
}

/** Whether a role has nobody of note below it: shares to it and its subordinates reach no viewer. */
export function isQuiet({ tree }: Staff, role: number): boolean {
  return branchOf(tree.roles, role).every((each) => !tree.reserved.has(each));
}
