import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { Action } from "../../policy/org.ts";
import type { SeqMask } from "../../policy/owners.ts";
import type { Dialect } from "./dialect.ts";
import type { Reached } from "./query.ts";

/**
 * The one place where a reach becomes SQL: whether the row is in the organisation, in the module and within reach.
 *
 * Every statement that touches records carries it. The simple exact form: the mask as a row test, and `EXISTS` for
 * the grants.
 */
export function isReached(dialect: Dialect, reached: Reached, row: Sql, isLed = false): Sql {
  // A filter that leads finds its rows by an index that begins with the organisation.
  const isOfOrg = isLed
    ? sql`${row}."orgId" = ${dialect.id(reached.orgId)}`
    : dialect.isOfOrg(row, reached.orgId);
  const isInModule = sql`${isOfOrg} AND ${row}."moduleId" = ${dialect.id(reached.moduleId)}`;
  const { reach } = reached;
  switch (reach.kind) {
    case "NOTHING":
      return sql`1 = 0`;
    case "EVERYTHING":
      return isInModule;
    case "SOME": {
      const isOwned = dialect.isOwnerIn(row, reach.ownerMask);
      return reach.keys.size === 0
        ? sql`${isInModule} AND ${isOwned}`
        : sql`${isInModule} AND (${isOwned} OR ${isGranted(dialect, reached, reach.keys, row)})`;
    }
  }
}

/** Whether a live grant of one of the keys gives the row. */
export function isGranted(
  dialect: Dialect,
  reached: Reached,
  keys: ReadonlyMap<string, SeqMask | null>,
  row: Sql,
): Sql {
  const free = [...keys].flatMap(([key, within]) => (within === null ? [key] : []));
  const bound = [...keys].flatMap(([key, within]) =>
    within === null ? [] : [sql`(g."key" = ${dialect.text(key)} AND ${dialect.isOwnerIn(sql`g`, within)})`],
  );
  const isKeyHeld = join(
    [...(free.length > 0 ? [dialect.isOneOf(sql`g."key"`, free)] : []), ...bound],
    " OR ",
  );
  return sql`EXISTS (SELECT 1 FROM "RecordGrant" g WHERE g."orgId" = ${row}."orgId" AND g."recordId" = ${row}."id"
    AND ${isLiveGrant(dialect, reached)} AND (${isKeyHeld}))`;
}

/** Whether a grant row `g` gives the action now. */
export function isLiveGrant(dialect: Dialect, { action, now }: Reached): Sql {
  return sql`g.${raw(UNTIL[action])} > ${dialect.number(now)}`;
}

const UNTIL: Readonly<Record<Action, string>> = {
  READ: '"readUntil"',
  UPDATE: '"updateUntil"',
  DELETE: '"deleteUntil"',
  SHARE: '"shareUntil"',
  CHANGE_OWNER: '"shareUntil"',
};
