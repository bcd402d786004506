import type { Field, SharingRule } from "../model/org.ts";
import { once, type Policy } from "../model/policy.ts";
import { fieldsOf } from "./criteria.ts";

/** The keys of the LOOKUP fields that the criteria of rules of one module read. */
export function lookupsRead(rules: readonly SharingRule[], fields: readonly Field[]): ReadonlySet<string> {
  const lookups = new Set(fields.filter(({ type }) => type === "LOOKUP").map(({ key }) => key));
  if (lookups.size === 0) return lookups;
  const read = rules.flatMap(({ criteria }) =>
    criteria === null || criteria === "UNREADABLE" ? [] : [...fieldsOf(criteria)],
  );
  return lookups.intersection(new Set(read));
}

/** Whether the criteria of any rule read a lookup, so that whether its target is there decides a match. */
export function readsLookups(policy: Policy): boolean {
  return once(policy, readsLookups, () =>
    policy.org.modules.some(
      ({ id, fields }) => lookupsRead(policy.rulesOfModule.get(id) ?? [], fields).size > 0,
    ),
  );
}
