import type { Tx } from "../../../database/database.ts";
import type { Org } from "../../../policy/model/org.ts";

/** The parts in which a policy is read. */
export type Part =
  | "ROLE"
  | "PROFILE"
  | "USER"
  | "GROUP"
  | "MODULE"
  | "RULE"
  | "SUPPORT_GRANT"
  | "APPLICATION";

/** What has moved: for each part that did, the ids of its rows. */
export type Moves = ReadonlyMap<Part, readonly string[]>;

/** What of an organisation's policy has moved since a version of it. One statement; triggers note it (EN-05). */
export async function movesSince(tx: Tx, { id: orgId, version }: Org): Promise<Moves> {
  const rows = await tx.policyMove.findMany({
    where: { orgId, version: { gt: version } },
    select: { part: true, rowId: true },
  });
  const byPart = Map.groupBy(rows, ({ part }) => part);
  return new Map([...byPart].map(([part, moves]) => [part, moves.map(({ rowId }) => rowId)]));
}
