import { Ability, type RawRuleOf } from "@casl/ability";
import type { ModuleId } from "../kernel/id.ts";
import { FOREVER, type Instant } from "../kernel/instant.ts";
import { ACTIONS, type Action, type User } from "./org.ts";
import { type Policy, questionsOf } from "./policy.ts";
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
  const condition = ability.rulesFor(action, moduleId)[0]?.conditions;
  return condition?.reach ?? { kind: "NOTHING", validUntil: FOREVER };
}

/** Whether the ability admits the action on the record: the single check. */
export function may(ability: RecordAbility, action: Action, record: JudgedRecord): boolean {
  return ability.can(action, record);
}
