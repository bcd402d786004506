import { Ability, type RawRuleOf } from "@casl/ability";
import type { ModuleId } from "../../kernel/id.ts";
import { FOREVER, type Instant } from "../../kernel/instant.ts";
import { ACTIONS, type Action, type User } from "../model/org.ts";
import { type Policy, questionsOf } from "../model/policy.ts";
import { admits, type JudgedRecord, type Reach, reachOf } from "./reach.ts";

/** The condition of one CASL rule: the reach itself, with the action and instant it was asked for (EN-04). */
export type ReachCondition = { readonly reach: Reach; readonly action: Action; readonly now: Instant };

/** A request's ability: per module and action one rule, whose condition is the merged reach. */
export type RecordAbility = Ability<[Action, ModuleId | JudgedRecord], ReachCondition>;

/** Every reach of one viewer, and the first instant at which one of them changes by itself (EN-05). */
export type Reaches = {
  readonly from: Instant;
  /** From this instant on the reaches are not used. */
  readonly validUntil: Instant;
  readonly reaches: readonly {
    readonly moduleId: ModuleId;
    readonly action: Action;
    readonly reach: Reach;
  }[];
};

/** Compiles the reaches of a viewer: one per module and action. Who keeps them must obey `from` and `validUntil`. */
export function reachesOf(policy: Policy, viewer: User, now: Instant): Reaches {
  const ask = questionsOf(policy, viewer, now);
  const reaches = policy.org.modules.flatMap((module) =>
    ACTIONS.map((action) => ({ moduleId: module.id, action, reach: reachOf(ask(module, action)) })),
  );
  return {
    from: now,
    validUntil: Math.min(...reaches.map(({ reach }) => reach.validUntil), FOREVER),
    reaches,
  };
}

/**
 * The ability of a request at its instant (EN-04).
 *
 * A check is a bit test: our matcher asks the reach, and no stock matcher walks lists.
 */
export function abilityFrom({ reaches }: Reaches, now: Instant): RecordAbility {
  const rules: RawRuleOf<RecordAbility>[] = reaches.map(({ moduleId, action, reach }) => ({
    action,
    subject: moduleId,
    conditions: { reach, action, now },
  }));
  return new Ability<[Action, ModuleId | JudgedRecord], ReachCondition>(rules, {
    conditionsMatcher: (condition) => (record) =>
      admits(condition.reach, record as JudgedRecord, condition.action, condition.now),
    detectSubjectType: (subject) =>
      typeof subject === "string" ? subject : (subject as JudgedRecord).moduleId,
  });
}

/** The reach inside an ability: the very object that checks use, for lists and counts. */
export function reachIn(ability: RecordAbility, action: Action, moduleId: ModuleId): Reach {
  return conditionIn(ability, action, moduleId)?.reach ?? { kind: "NOTHING", validUntil: FOREVER };
}

/**
 * Whether the ability admits the action on the record: the single check, as `ability.can` answers it, without looking
 * for the rule again for every record.
 */
export function may(ability: RecordAbility, action: Action, record: JudgedRecord): boolean {
  const condition = conditionIn(ability, action, record.moduleId);
  return condition !== null && admits(condition.reach, record, action, condition.now);
}

type Conditions = Map<ModuleId, { [Name in Action]?: ReachCondition | null }>;

/** The conditions found in an ability so far. An ability is of one request and never updated. */
const conditionsIn = new WeakMap<RecordAbility, Conditions>();

/** The condition of the one rule for an action in a module; null without one. */
function conditionIn(ability: RecordAbility, action: Action, moduleId: ModuleId): ReachCondition | null {
  let conditions = conditionsIn.get(ability);
  if (conditions === undefined) {
    conditions = new Map();
    conditionsIn.set(ability, conditions);
  }
  let ofModule = conditions.get(moduleId);
  if (ofModule === undefined) {
    ofModule = {};
    conditions.set(moduleId, ofModule);
  }
  const known = ofModule[action];
  if (known !== undefined) return known;
  const found = ability.rulesFor(action, moduleId)[0]?.conditions ?? null;
  ofModule[action] = found;
  return found;
}
