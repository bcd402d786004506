import { InvalidInput } from "../../../kernel/fault.ts";
import type { SharingRule } from "../../../policy/model/org.ts";
import {
  isSettled,
  nextLife,
  type RuleEvent,
  type RuleLife,
  type RuleRefusal,
} from "../../../policy/rights/rule-life.ts";

/** How the rule of `input.id` lives on. @throws {InvalidInput} when that cannot happen to it now. */
export function lifeAfter(rule: SharingRule, event: RuleEvent): RuleLife {
  const next = nextLife(rule, event);
  if (next.kind === "LIVES") return next.life;
  if (event.kind === "CHANGE") throw applying(rule);
  throw refusal(rule, next.why);
}

/** @throws {InvalidInput} `RULE_APPLYING` while the rule's criteria are being applied (SH-36). */
export function refuseWhileApplying(rule: SharingRule): void {
  if (!isSettled(rule)) throw applying(rule);
}

function applying({ name }: SharingRule): InvalidInput {
  return new InvalidInput(
    "input.id",
    `The sharing rule ${name} is being applied. Wait until it is, or deactivate it.`,
    { code: "RULE_APPLYING", requirement: "SH-36" },
  );
}

function refusal({ name }: SharingRule, why: RuleRefusal): InvalidInput {
  if (why === "UNREADABLE")
    return new InvalidInput(
      "input.id",
      `The criteria of the sharing rule ${name} do not fit the fields of its module any more. Write them again.`,
      { code: "CONFLICT", requirement: "SH-32" },
    );
  return new InvalidInput("input.id", `The sharing rule ${name} ${IS[why]}.`, {
    code: "ACTION_NOT_AVAILABLE",
    requirement: "SH-37",
  });
}

const IS: Readonly<Record<Exclude<RuleRefusal, "UNREADABLE">, string>> = {
  APPLYING: "is being applied",
  ACTIVE: "is active already",
  INACTIVE: "is deactivated already",
  NOT_APPLYING: "is not being applied",
};
