import { FOREVER, type Instant } from "../../kernel/instant.ts";
import type { Path } from "../access/kind.ts";
import { refusalsOf } from "../gate/index.ts";
import type { Action, ShareLevel, User } from "../model/org.ts";
import { type Policy, questionsOf } from "../model/policy.ts";
import { SHARE_GIVES } from "../rights/share-level.ts";
import { pathsOf } from "./explain.ts";
import type { JudgedRecord } from "./reach.ts";

/** A share that somebody is about to make. */
export type IntendedShare = {
  readonly level: ShareLevel;
  /** Null when it does not end. */
  readonly expiresAt: Instant | null;
  /** The grant key of the recipient: a share that is stored under it would be replaced, so it does not count. */
  readonly key: string;
};

/**
 * By which paths a user has every action of an intended share already (SH-43): for each action those that do not end
 * before the share would, in the order of the kinds. Each action is asked by itself (EN-08).
 *
 * @param record judged with the user's own grant rows.
 * @returns null when the user lacks some action, or would lose it before the share ends: the share adds something.
 */
export function alreadyVisible(
  policy: Policy,
  user: User,
  record: { readonly judged: JudgedRecord; readonly name: string },
  share: IntendedShare,
): ReadonlyMap<Action, readonly Path[]> | null {
  const module = policy.modules.get(record.judged.moduleId);
  if (!module) return null;
  // A path of a member only ever ends: one that admits at the last instant of the share admits until then.
  const lastInstant = (share.expiresAt ?? FOREVER) - 1;
  const ask = questionsOf(policy, user, lastInstant);
  const explained = { ownerSeq: record.judged.ownerSeq, name: record.name };
  const found = SHARE_GIVES[share.level].map((action): readonly [Action, readonly Path[]] => {
    const question = ask(module, action);
    if (refusalsOf(question).length > 0) return [action, []];
    const paths = pathsOf(question, record.judged, explained);
    return [action, paths.filter((path) => path.key !== share.key)];
  });
  return found.every(([, paths]) => paths.length > 0) ? new Map(found) : null;
}
