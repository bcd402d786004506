import { criteriaKey } from "../model/grant-key.ts";
import { type Action, FORECASTS, type Party, type RuleLevel, type SharingRule } from "../model/org.ts";
import { hasSeq, type SeqMask } from "../model/owners.ts";
import { audienceOf, isMember, membersOf } from "../model/party.ts";
import { once, type Policy, type Question } from "../model/policy.ts";
import { type Idleness, whyIdle } from "../rights/rule-life.ts";
import type { Grant, Kind } from "./kind.ts";

/**
 * Sharing rules: the records of a source party and/or matching criteria, to a target party (SH-30 … SH-35).
 *
 * Only a rule that is `ACTIVE`, not expired and readable admits anything (EN-07). A rule by source is a set of owners;
 * a rule by criteria is the key of its stored matches, narrowed to the source's owners when it has both.
 */
export const sharingRule: Kind = {
  name: "SHARING_RULE",
  *grants(question) {
    for (const { rule, grant } of rulesFor(question)) {
      if (LEVEL_GIVES[rule.level].includes(question.action) && whyIdle(rule, question.now) === null)
        yield grant();
    }
  },
  path: ({ policy, viewer }, grant) => {
    const { rule } = grant;
    if (rule === undefined) throw new Error("a grant of a sharing rule names its rule");
    const rolePath = pathUpFromTarget(policy, rule, viewer.roleId);
    const asSuperior = isMember(policy, rule.target, viewer) ? "" : " as a superior of its target";
    const until = rule.expiresAt === null ? "" : ` until ${new Date(rule.expiresAt).toISOString()}`;
    return {
      sentence: `The sharing rule ${rule.name} gives ${rule.level}${asSuperior}${until}.`,
      level: rule.level,
      rolePath,
    };
  },
  absence: (question) => {
    const { viewer, module, now } = question;
    if (module.key === FORECASTS) return null;
    const idle = rulesFor(question).flatMap(({ rule }) => {
      const why = whyIdle(rule, now);
      return why === null ? [] : [IDLE[why](rule.name)];
    });
    return [`No sharing rule in force gives ${viewer.name} ${question.action} on this record.`, ...idle].join(
      " ",
    );
  },
};

const LEVEL_GIVES: Readonly<Record<RuleLevel, readonly Action[]>> = {
  READ_ONLY: ["READ"],
  READ_WRITE: ["READ", "UPDATE"],
  READ_WRITE_DELETE: ["READ", "UPDATE", "DELETE"],
};

/** Why a rule that is not in force admits nothing, as a sentence about the rule of that name. */
const IDLE: Readonly<Record<Idleness, (name: string) => string>> = {
  INACTIVE: (name) => `The rule ${name} is deactivated.`,
  APPLYING: (name) => `The rule ${name} is still being applied.`,
  EXPIRED: (name) => `The rule ${name} has expired.`,
  UNREADABLE: (name) => `The criteria of the rule ${name} cannot be read, so it admits nothing.`,
  EMPTY: (name) => `The rule ${name} has neither source nor criteria.`,
};

/** A rule with who is meant by it, and the grant that it is while it is in force. */
type AimedRule = { readonly rule: SharingRule; readonly audience: SeqMask; readonly grant: () => Grant };

/** The rules of the module whose target, or target's superiors, include the viewer; whatever their status. */
function rulesFor({ policy, viewer, module }: Question): readonly AimedRule[] {
  if (module.key === FORECASTS) return [];
  const rules = policy.rulesOfModule.get(module.id);
  if (rules === undefined) return [];
  const aimed = once(policy, rules, () => rules.map((rule) => aimedRule(policy, rule)));
  return aimed.filter(({ audience }) => hasSeq(audience, viewer.seq));
}

function aimedRule(policy: Policy, rule: SharingRule): AimedRule {
  const audience = audienceOf(policy, rule.target, rule.includeSuperiors);
  return { rule, audience, grant: () => once(policy, rule, () => grantOf(policy, rule)) };
}

function grantOf(policy: Policy, rule: SharingRule): Grant {
  const base = { kind: "SHARING_RULE", until: rule.expiresAt, rule } as const;
  const owners =
    rule.source === null || rule.source.kind === "EVERYONE" ? null : membersOf(policy, rule.source);
  if (rule.criteria !== null)
    return { ...base, scope: { records: "KEYED", key: criteriaKey(rule), within: owners } };
  return { ...base, scope: owners ? { records: "OWNED", owners } : { records: "ALL" } };
}

/** For a superior of the target: the role names from the viewer's down to the nearest role that the target names. */
function pathUpFromTarget(
  policy: Policy,
  rule: SharingRule,
  viewerRole: Question["viewer"]["roleId"],
): readonly string[] {
  const named = roleOf(policy, rule.target);
  if (named === null || viewerRole === null) return [];
  const up = [named, ...policy.roleTree.ancestors(named)];
  const at = up.indexOf(viewerRole);
  return at < 1
    ? []
    : up
        .slice(0, at + 1)
        .reverse()
        .map((id) => policy.roles.get(id)?.name ?? id);
}

function roleOf(policy: Policy, target: Party): NonNullable<Question["viewer"]["roleId"]> | null {
  switch (target.kind) {
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return target.roleId;
    case "USER":
      return policy.users.get(target.userId)?.roleId ?? null;
    case "GROUP":
    case "EVERYONE":
      return null;
  }
}
