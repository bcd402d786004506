import { compareText } from "../../kernel/text.ts";
import { once, type Policy } from "../../policy/model/policy.ts";

/**
 * A list of the directory in its order, sorted once for each policy however often and by how many it is asked for
 * (EN-32): there may be ten thousand people, and a list of them below each row of another.
 *
 * @param of what the list is of: a role, a group, or a word for a list of the whole organisation.
 */
export function sortedOnce<Row>(
  policy: Policy,
  list: string,
  of: object | string,
  make: () => readonly Row[],
): readonly Row[] {
  const lists = once(policy, list, () => new Map<object | string, readonly Row[]>());
  const known = lists.get(of);
  if (known !== undefined) return known;
  const rows = make();
  lists.set(of, rows);
  return rows;
}

/** Rows by name, those of one name by id. */
export function byName<Row extends { readonly id: string; readonly name: string }>(
  rows: readonly Row[],
): readonly Row[] {
  return rows.toSorted((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
}
