import type { Instant } from "../../kernel/instant.ts";
import { KINDS } from "../access/index.ts";
import type { Explained, Path } from "../access/kind.ts";
import type { Refusal } from "../gate/gate.ts";
import { refusalsOf } from "../gate/index.ts";
import type { Action, User } from "../model/org.ts";
import { type Policy, type Question, questionsOf } from "../model/policy.ts";
import { grantAdmits, type JudgedRecord } from "./reach.ts";
import { type Remedy, remedyFor } from "./remedy.ts";

/**
 * Why a user may or may not do something with a record (SH-70).
 *
 * `allowed` equals the check: the gates are the same, and a path is a grant that admits the record by the same test.
 */
export type Explanation = {
  readonly allowed: boolean;
  /** The grants that admit the record, in the order of the kinds. They count only when `refusals` is empty. */
  readonly paths: readonly Path[];
  /** The gates that are shut. */
  readonly refusals: readonly Refusal[];
  /** When refused and no path admits: what each kind of access would have needed. */
  readonly absences: readonly { readonly kind: Path["kind"]; readonly sentence: string }[];
  /** When refused: the single change that gives the fewest additional (user, record) pairs, if one exists. */
  readonly remedy: Remedy | null;
};

/** Explains one decision. Derived from the same grants and gates that enforce (EN-01). */
export function explain(
  policy: Policy,
  viewer: User,
  action: Action,
  record: { readonly judged: JudgedRecord; readonly name: string },
  now: Instant,
): Explanation {
  const module = policy.modules.get(record.judged.moduleId);
  if (!module) return { allowed: false, paths: [], refusals: [], absences: [], remedy: null };
  const question = questionsOf(policy, viewer, now)(module, action);
  const explained: Explained = { ownerSeq: record.judged.ownerSeq, name: record.name };

  const refusals = refusalsOf(question);
  const paths = pathsOf(question, record.judged, explained);
  const allowed = refusals.length === 0 && paths.length > 0;
  return {
    allowed,
    paths,
    refusals,
    absences: paths.length > 0 ? [] : absencesOf(question, explained),
    remedy: allowed ? null : remedyFor(question, refusals, paths.length > 0),
  };
}

/** The grants that admit a judged record at the question's instant, in the order of the kinds. Gates are not asked. */
export function pathsOf(question: Question, judged: JudgedRecord, explained: Explained): readonly Path[] {
  return KINDS.flatMap((kind) =>
    [...kind.grants(question)]
      .filter((grant) => grantAdmits(grant, judged, question.action, question.now))
      .map((grant) => ({
        kind: kind.name,
        rule: grant.rule ?? null,
        key: grant.scope.records === "KEYED" ? grant.scope.key : null,
        ...kind.path(question, grant, explained),
      })),
  );
}

function absencesOf(question: Question, explained: Explained): Explanation["absences"] {
  return KINDS.flatMap((kind) => {
    const sentence = kind.absence(question, explained);
    return sentence === null ? [] : [{ kind: kind.name, sentence }];
  });
}
