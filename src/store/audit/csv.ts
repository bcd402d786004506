import { stringify } from "csv-stringify/sync";
import type { Db } from "../../database/database.ts";
import { few, oneOf } from "../../database/parts.ts";
import type { OrgId } from "../../kernel/id.ts";

/** The columns of a log as a table. */
const COLUMNS = [
  "sequence",
  "at",
  "actorId",
  "actor",
  "account",
  "isSupport",
  "action",
  "targetType",
  "targetId",
  "before",
  "after",
  "requestId",
  "signedWith",
  "hash",
] as const;

type Column = (typeof COLUMNS)[number];

const PAGE = 500;

/**
 * A whole log as CSV (SA-23), page by page, so that none is too long to be held. What a spreadsheet would take for a
 * formula is kept from being one.
 */
export async function* logAsCsv(db: Db, orgId: OrgId): AsyncIterable<string> {
  yield lines([COLUMNS]);
  let read = 0;
  for (;;) {
    const rows = await db.auditEvent.findMany({
      where: { orgId, sequence: { gt: read } },
      orderBy: { sequence: "asc" },
      take: PAGE,
    });
    const actors = await actorsOf(
      db,
      orgId,
      rows.map(({ actorId }) => actorId),
    );
    const cells = rows.map(
      (row): Readonly<Record<Column, unknown>> => ({
        ...row,
        at: row.at.toISOString(),
        actor: row.actorId === null ? "" : actors.get(row.actorId),
        isSupport: String(row.isSupport),
        before: json(row.before),
        after: json(row.after),
      }),
    );
    if (cells.length > 0) yield lines(cells.map((row) => COLUMNS.map((column) => row[column])));
    if (rows.length < PAGE) return;
    read = rows.at(-1)?.sequence ?? read;
  }
}

async function actorsOf(
  db: Db,
  orgId: OrgId,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const known = few(new Set(ids.filter((id) => id !== null)));
  const rows = await db.user.findMany({
    where: { orgId, id: oneOf(known) },
    select: { id: true, email: true, name: true },
  });
  return new Map(rows.map(({ id, email, name }) => [id, email ?? name]));
}

function json(value: unknown): string {
  return value === null ? "" : JSON.stringify(value);
}

function lines(rows: readonly (readonly unknown[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true },
  );
}
