import type { Database, Tx } from "../../../database/database.ts";
import type { AuditKey } from "../../../kernel/audit-key.ts";
import { BEFORE_ALL, signatureOf, takenUp } from "./signing.ts";

const PAGE = 500;

/** A log of many years is read through once. */
const TIMEOUT_MS = 60 * 60 * 1000;

/**
 * Begins the chain of a log that is older than chains: what stands for its events so far is signed, so that from now on
 * none of them is changed or lost unnoticed. Reads all of them, once.
 *
 * @param last the number of the last of them. The head is locked.
 * @returns the hash that the next event stands on.
 */
async function beginChain(tx: Tx, key: AuditKey, { orgId, last, madeBy }: Beginning): Promise<string> {
  let hash = BEFORE_ALL;
  let read = 0;
  for (;;) {
    const rows = await tx.auditEvent.findMany({
      where: { orgId, sequence: { gt: read, lte: last } },
      orderBy: { sequence: "asc" },
      take: PAGE,
    });
    for (const row of rows) hash = takenUp(key, hash, row);
    read = rows.at(-1)?.sequence ?? read;
    if (rows.length < PAGE) break;
  }
  const checkpoint = {
    orgId,
    sequence: last,
    kind: "BEGINNING",
    hash,
    at: new Date(),
    madeBy,
  } as const;
  await tx.auditCheckpoint.create({
    data: { ...checkpoint, signature: signatureOf(key, checkpoint), signedWith: key.id },
  });
  return hash;
}

type Beginning = { readonly orgId: string; readonly last: number; readonly madeBy: string };

/** Events, and none of them signed. */
const UNSIGNED = { hash: null, sequence: { gt: 0 } };

/**
 * Begins the chain of a log that has events and no signature. Whoever calls it has a reason to believe them: the database
 * has just been brought from a version that had no chains, or an operator says so.
 *
 * @returns up to which event; null when there is nothing to begin.
 */
export async function beginChainOf(
  database: Database,
  orgId: string,
  madeBy: string,
): Promise<number | null> {
  const [key] = database.auditKeys ?? [];
  if (key === undefined) throw new Error("The database was opened without a key of the audit log.");
  const begin = async (tx: Tx): Promise<number | null> => {
    // Locks it: whoever else begins finds it begun.
    const { count } = await tx.auditHead.updateMany({
      where: { orgId, ...UNSIGNED },
      data: { sequence: { increment: 0 } },
    });
    if (count === 0) return null;
    const { sequence: last } = await tx.auditHead.findUniqueOrThrow({ where: { orgId } });
    const hash = await beginChain(tx, key, { orgId, last, madeBy });
    await tx.auditHead.update({ where: { orgId }, data: { hash } });
    return last;
  };
  return database.write(begin, { timeoutMs: TIMEOUT_MS });
}

/** Begins the chain of every organisation that has none, in a database that has just learnt of chains. */
export async function beginChains(database: Database): Promise<void> {
  for (;;) {
    const head = await database.reader.auditHead.findFirst({ where: UNSIGNED, select: { orgId: true } });
    if (head === null) return;
    await beginChainOf(database, head.orgId, "the upgrade of the audit log");
  }
}
