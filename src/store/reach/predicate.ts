import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { Action } from "../../policy/model/org.ts";
import type { SeqMask } from "../../policy/model/owners.ts";
import type { Dialect } from "./dialect.ts";
import type { Reached } from "./query.ts";

/**
 * How many rows a statement asks: all of the module, a few of it, or those that a filter leads to by an index that
 * begins with the organisation.
 */
export type Asked = "ALL" | "FEW" | "LED";

/**
 * The one place where a reach becomes SQL: whether the row is in the module, which is of one organisation, and within
 * reach.
 *
 * Every statement that touches records carries it. The simple exact form: the mask as a row test, and `EXISTS` for
 * the grants.
 */
export function isReached(dialect: Dialect, reached: Reached, row: Sql, asked: Asked = "ALL"): Sql {
  const isInModule = sql`${row}."moduleId" = ${dialect.id(reached.moduleId)}`;
  const isThere =
    asked === "LED" ? sql`${row}."orgId" = ${dialect.id(reached.orgId)} AND ${isInModule}` : isInModule;
  const { reach } = reached;
  switch (reach.kind) {
    case "NOTHING":
      return sql`1 = 0`;
    case "EVERYTHING":
      return isThere;
    case "SOME": {
      const isOwned = dialect.isOwnerIn(row, reach.ownerMask);
      return reach.keys.size === 0
        ? sql`${isThere} AND ${isOwned}`
        : sql`${isThere} AND (${isOwned} OR ${isGranted(dialect, reached, reach.keys, row, asked)})`;
    }
  }
}

/** Whether a live grant of one of the keys gives the row. */
export function isGranted(
  dialect: Dialect,
  reached: Reached,
  keys: ReadonlyMap<string, SeqMask | null>,
  row: Sql,
  asked: Asked = "ALL",
): Sql {
  const free = [...keys].flatMap(([key, within]) => (within === null ? [key] : []));
  const bound = [...keys].flatMap(([key, within]) =>
    within === null ? [] : [sql`(g."key" = ${dialect.text(key)} AND ${dialect.isOwnerIn(sql`g`, within)})`],
  );
  const isKeyHeld = join(
    [...(free.length > 0 ? [dialect.isOneOf(sql`g."key"`, free)] : []), ...bound],
    " OR ",
  );
  return sql`EXISTS (SELECT 1 FROM "RecordGrant" g WHERE g."orgId" = ${dialect.id(reached.orgId)} AND g."recordId" = ${row}."id"
    AND ${isLiveGrant(dialect, reached)} AND (${isKeyHeld}) ${asked === "FEW" ? dialect.oneByOne : sql``})`;
}

/** Whether a grant row `g` gives the action now. */
export function isLiveGrant(dialect: Dialect, { action, now }: Reached): Sql {
  return sql`g.${raw(UNTIL[action])} > ${dialect.instant(now)}`;
}

const UNTIL: Readonly<Record<Action, string>> = {
  READ: '"readUntil"',
  UPDATE: '"updateUntil"',
  DELETE: '"deleteUntil"',
  SHARE: '"shareUntil"',
  CHANGE_OWNER: '"shareUntil"',
};
