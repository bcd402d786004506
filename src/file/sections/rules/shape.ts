import { z } from "zod";
import type { Instant } from "../../../kernel/instant.ts";
import { foldEmail } from "../../../kernel/text.ts";
import { type ReadCondition, readCondition } from "../../../policy/criteria/check.ts";
import { type Condition, mapConstants } from "../../../policy/criteria/criteria.ts";
import { RULE_LEVELS, type RuleLevel } from "../../../policy/model/org.ts";
import { type Printed, printedInstant, unless } from "../../terms/lines.ts";
import { type FileParty, printedParty, source, target } from "../../terms/party.ts";
import { closed, instant, key, text } from "../../terms/shape.ts";
import type { Draft, OrganizationFile } from "../section.ts";

export type FileRule = {
  /** The key unless said; unique in the module (SH-30). */
  readonly name: string;
  readonly module: string;
  /** Never a USER. At least one of `source` and `criteria` is not null. */
  readonly source: FileParty | null;
  /** In stored form, but for constants of LOOKUP (a record key) and USER (an address): `mapConstants` makes ids of them. */
  readonly criteria: Condition | null;
  readonly target: FileParty;
  readonly level: RuleLevel;
  readonly includeSuperiors: boolean;
  readonly isActive: boolean;
  readonly expiresAt: Instant | null;
};

/** A rule whose name may be left to its key, and whose criteria are as written: undefined when there are none. */
export type DraftRule = Omit<FileRule, "name" | "criteria"> & {
  readonly name: string | null;
  readonly criteria: unknown;
};

/** Criteria are read by `policy/criteria/check.ts`, which knows the module's fields; the JSON Schema has their shape. */
const criteria = z.unknown().meta({ $ref: "#/definitions/condition" });

export const ruleShape = closed({
  name: text.optional(),
  module: key,
  from: source.optional(),
  criteria: criteria.optional(),
  to: target,
  access: z.enum(RULE_LEVELS),
  includeSuperiors: z.boolean().default(false),
  active: z.boolean().default(true),
  expiresAt: instant.optional(),
}).transform(
  (written): DraftRule => ({
    name: written.name ?? null,
    module: written.module,
    source: written.from ?? null,
    criteria: written.criteria,
    target: written.to,
    level: written.access,
    includeSuperiors: written.includeSuperiors,
    isActive: written.active,
    expiresAt: written.expiresAt ?? null,
  }),
);

/**
 * A rule's criteria under the fields of its module, addresses of USER constants in lower case; null when the rule has
 * none or its module is malformed or missing.
 */
export function readCriteria(draft: Draft, rule: DraftRule): ReadCondition | null {
  const fields = draft.modules.entries.get(rule.module)?.fields;
  if (fields === undefined || rule.criteria === undefined) return null;
  const read = readCondition(
    rule.criteria,
    [...fields].map(([key, field]) => ({ key, ...field })),
  );
  if (read.kind === "FAULTS") return read;
  return {
    kind: "CONDITION",
    condition: mapConstants(read.condition, (constant, field) =>
      fields.get(field)?.type === "USER" ? foldEmail(String(constant)) : constant,
    ),
  };
}

export function completeRules(draft: Draft): OrganizationFile["sharingRules"] {
  const complete = (key: string, rule: DraftRule): FileRule => {
    const read = readCriteria(draft, rule);
    return {
      ...rule,
      name: rule.name ?? key,
      criteria: read?.kind === "CONDITION" ? read.condition : null,
    };
  };
  return new Map([...draft.sharingRules.entries].map(([key, rule]) => [key, complete(key, rule)]));
}

export function printedRule(rule: FileRule, key: string): Printed {
  return {
    name: unless(key, rule.name),
    module: rule.module,
    from: rule.source === null ? undefined : printedParty(rule.source),
    criteria: unless(null, rule.criteria),
    to: printedParty(rule.target),
    access: rule.level,
    includeSuperiors: unless(false, rule.includeSuperiors),
    active: unless(true, rule.isActive),
    expiresAt: printedInstant(rule.expiresAt),
  };
}
