import { canonical } from "../criteria/criteria.ts";
import { partyKey } from "../model/grant-key.ts";
import type { SharingRule } from "../model/org.ts";

/** What makes two rules of a module duplicates, as one text (SH-38); null when the criteria cannot be read. */
export function meaningOf({
  source,
  criteria,
  target,
  level,
}: Pick<SharingRule, "source" | "criteria" | "target" | "level">): string | null {
  if (criteria === "UNREADABLE") return null;
  return JSON.stringify([
    source && partyKey(source),
    criteria && canonical(criteria),
    partyKey(target),
    level,
  ]);
}

/** Compares how criteria are written. Those that cannot be read are like themselves alone. */
export function isSameCriteria(one: SharingRule["criteria"], other: SharingRule["criteria"]): boolean {
  if (one === null || other === null || one === "UNREADABLE" || other === "UNREADABLE") return one === other;
  return canonical(one) === canonical(other);
}
