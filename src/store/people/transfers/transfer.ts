import type { Tx } from "../../../database/database.ts";
import { asId, type ModuleId, type OrgId, type RecordId, type UserId } from "../../../kernel/id.ts";
import type { Instant } from "../../../kernel/instant.ts";

/**
 * Of whose records which are handed over: all, to which somebody was admitted as a whole when it began; or those that
 * whoever began it may hand over, one by one, when their turn comes.
 */
export type TransferScope = "EVERYTHING" | "ADMITTED";

/**
 * Records that go from one person to another in the background (UA-64). Each step is one transaction: a record belongs
 * to one person at any instant, and every list, count and check follows that very row.
 */
export type Transfer = {
  readonly orgId: OrgId;
  readonly id: string;
  readonly fromId: UserId;
  readonly toId: UserId;
  readonly scope: TransferScope;
  readonly startedById: UserId;
  readonly isSupport: boolean;
  readonly requestId: string | null;
  readonly startedAt: Instant;
  /** In the order in which they are walked. */
  readonly modules: readonly ModuleId[];
  /** How many of the modules are done. */
  readonly modulesDone: number;
  /** The last record of the present module that was looked at, in the order of ids. */
  readonly upToId: RecordId | null;
  readonly movedRecords: number;
  /** Those that whoever began it reads, and may not hand over. */
  readonly keptRecords: number;
  /** How many there were when it began; null where whoever began it need not read them all. */
  readonly totalRecords: number | null;
  readonly endedAt: Instant | null;
};

export type TransferRow = Awaited<ReturnType<Tx["recordTransfer"]["findMany"]>>[number];

export function transferIn({ modules, ...row }: TransferRow): Transfer {
  return {
    ...row,
    orgId: asId(row.orgId),
    fromId: asId(row.fromId),
    toId: asId(row.toId),
    startedById: asId(row.startedById),
    startedAt: row.startedAt.getTime(),
    modules: (modules as string[]).map((id): ModuleId => asId(id)),
    upToId: row.upToId === null ? null : asId(row.upToId),
    endedAt: row.endedAt?.getTime() ?? null,
  };
}
