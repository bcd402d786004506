import { jsonOrNull } from "../../../database/json.ts";
import { InvalidInput } from "../../../kernel/fault.ts";
import type { RuleId } from "../../../kernel/id.ts";
import type { Instant } from "../../../kernel/instant.ts";
import type { Party, RuleLevel, SharingRule } from "../../../policy/model/org.ts";
import { isSameCriteria, meaningOf } from "../../../policy/rights/rule-meaning.ts";
import type { Viewer } from "../../core/viewer.ts";
import { write } from "../../core/write.ts";
import { readNewName } from "../../directory/input.ts";
import { partyNamed } from "../../directory/party-named.ts";
import { lifeColumns } from "../../grants/application.ts";
import type { RecordFilter } from "../../records/filter.ts";
import {
  contentAsEvent,
  contentColumns,
  type RuleContent,
  refuseNamesake,
  refuseTwin,
  requireSourceOrCriteria,
} from "./content.ts";
import { admitCriteriaDates, readCriteria, readExpiry, requireReferences } from "./input.ts";
import { lifeAfter } from "./life.ts";
import { reachedRule } from "./reached.ts";

/** What of a rule is to change: undefined leaves it, null takes it away where that can be. */
export type RuleChange = {
  readonly ruleId: RuleId;
  readonly name?: string | null | undefined;
  readonly source?: Party | null | undefined;
  readonly criteria?: RecordFilter | null | undefined;
  readonly target?: Party | null | undefined;
  readonly level?: RuleLevel | null | undefined;
  readonly includeSuperiors?: boolean | null | undefined;
  readonly expiresAt?: Instant | null | undefined;
};

/**
 * Changes a sharing rule.
 *
 * New criteria, and a new life after its expiry, are a new generation of matches, which is applied in the background;
 * meanwhile the rule admits nothing. Anything else touches no record and is in force at once (SH-36).
 */
export function updateSharingRule(viewer: Viewer, change: RuleChange): Promise<{ readonly ruleId: RuleId }> {
  return write(viewer, "updateSharingRule", {
    read: async ({ viewer }) => {
      checkShape(viewer, change);
      const rule = reachedRule(viewer, "input.id", change.ruleId);
      return { rule, wanted: await readChange(viewer, rule, change) };
    },
    change: async ({ tx, viewer }, { rule, wanted }) => {
      const { orgId } = viewer;
      const isRewritten = !isSameCriteria(rule.criteria, wanted.criteria);
      if (isRewritten) admitCriteriaDates(viewer, wanted);
      if (wanted.name !== rule.name) refuseNamesake(viewer, rule.id, wanted);
      if (meaningOf(wanted) !== meaningOf(rule)) refuseTwin(viewer, rule.id, wanted);
      const { criteria, expiresAt } = wanted;
      // Under the lock: a request that has waited for it may have been asked before the rule expired.
      const at = Math.max(viewer.now, viewer.store.clock.now());
      const life = lifeAfter(rule, { kind: "CHANGE", criteria, isRewritten, expiresAt, at });
      const content = { ...wanted, status: life.status };
      await tx.sharingRule.update({
        where: { orgId_id: { orgId, id: rule.id } },
        data: {
          ...contentColumns(content),
          ...(isRewritten ? { criteria: jsonOrNull(criteria) } : {}),
          ...(await lifeColumns(tx, orgId, rule.moduleId, life)),
        },
      });
      return {
        result: { ruleId: rule.id },
        happened: [
          {
            action: "UPDATE_SHARING_RULE",
            target: { type: "SharingRule", id: rule.id },
            ...differenceOf(contentAsEvent(rule), contentAsEvent(content)),
          },
        ],
        wakes: life.generation > rule.generation ? ["APPLY_SHARING_RULES", "SWEEP_DEAD_MATCHES"] : [],
      };
    },
  });
}

/** What is wrong with a change whatever the rule. @throws {InvalidInput} naming the input. */
function checkShape({ now }: Viewer, change: RuleChange): void {
  readNewName("input.name", change.name);
  for (const part of ["target", "level", "includeSuperiors"] as const) {
    if (change[part] === null)
      throw new InvalidInput(`input.${part}`, `A sharing rule always has it; leave ${part} out to keep it.`);
  }
  if (change.expiresAt !== undefined) readExpiry("input.expiresAt", change.expiresAt, now);
  if (change.source === null && change.criteria === null)
    requireSourceOrCriteria("input.source", { source: null, criteria: null });
}

async function readChange(viewer: Viewer, rule: SharingRule, change: RuleChange): Promise<RuleContent> {
  const module = viewer.policy.modules.get(rule.moduleId);
  if (!module) throw new Error("a rule of a module that is not there was read");
  const { source, target } = change;
  const criteria = change.criteria == null ? null : readCriteria(module, "input.criteria", change.criteria);
  const wanted = {
    ...rule,
    name: readNewName("input.name", change.name) ?? rule.name,
    source: source === undefined ? rule.source : source,
    criteria: change.criteria === undefined ? rule.criteria : (criteria?.condition ?? null),
    target: target ?? rule.target,
    level: change.level ?? rule.level,
    includeSuperiors: change.includeSuperiors ?? rule.includeSuperiors,
    expiresAt: change.expiresAt === undefined ? rule.expiresAt : change.expiresAt,
  };
  requireSourceOrCriteria(change.source === null ? "input.source" : "input.criteria", wanted);
  if (source != null) partyNamed(viewer, "input.source", source);
  if (target != null) partyNamed(viewer, "input.target", target);
  if (criteria !== null) await requireReferences(viewer, criteria);
  return wanted;
}

type Facts = Readonly<Record<string, unknown>>;

/** Of two contents, what differs. */
function differenceOf(before: Facts, after: Facts): { readonly before: Facts; readonly after: Facts } {
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  const cut = (facts: Facts) => Object.fromEntries(keys.map((key) => [key, facts[key]]));
  return { before: cut(before), after: cut(after) };
}
