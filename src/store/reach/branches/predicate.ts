import { raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { Action } from "../../../policy/model/org.ts";
import type { SeqMask } from "../../../policy/model/owners.ts";
import type { Reached } from "../query.ts";
import { anyOf } from "../sql/combined.ts";
import type { Dialect } from "../sql/dialect.ts";
import { keysOf, type SomeReached } from "./branches.ts";

/**
 * How many rows a statement asks: all of the module, a few of it, or those that a filter leads to by an index that
 * begins with the organisation.
 */
export type Asked = "ALL" | "FEW" | "LED";

/**
 * Whether the row is in the module, which is of one organisation, and within reach: the simple exact form, with the mask
 * as a row test and `EXISTS` for the grants. The branches of the sparse plan and of counts reach the same rows by their
 * own indexes.
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
        : sql`${isThere} AND ${anyOf([isOwned, isGranted(dialect, { ...reached, reach }, row, asked)])}`;
    }
  }
}

/** Whether a live grant of one of the keys gives the row. */
function isGranted(dialect: Dialect, reached: SomeReached, row: Sql, asked: Asked): Sql {
  const { free, narrowed } = keysOf(reached.reach);
  const isKeyHeld = anyOf([
    ...(free.length === 0 ? [] : [dialect.isOneOf(sql`g."key"`, free)]),
    ...narrowed.map((each) => sql`(${isNarrowed(dialect, each)})`),
  ]);
  return sql`EXISTS (SELECT 1 FROM "RecordGrant" g WHERE g."orgId" = ${dialect.id(reached.orgId)} AND g."recordId" = ${row}."id"
    AND ${isLiveGrant(dialect, reached)} AND ${isKeyHeld} ${asked === "FEW" ? dialect.oneByOne : sql``})`;
}

/** Whether a grant row `g` has a key that is narrowed to owners, and is of one of them. */
export function isNarrowed(
  dialect: Pick<Dialect, "text" | "isOwnerIn">,
  [key, within]: readonly [string, SeqMask],
): Sql {
  return sql`g."key" = ${dialect.text(key)} AND ${dialect.isOwnerIn(sql`g`, within)}`;
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
