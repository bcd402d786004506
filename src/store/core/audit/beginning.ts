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
export async function beginChain(tx: Tx, key: AuditKey, orgId: string, last: number): Promise<string> {
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
    madeBy: "the upgrade of the audit log",
  } as const;
  await tx.auditCheckpoint.create({
    data: { ...checkpoint, signature: signatureOf(key, checkpoint), signedWith: key.id },
  });
  return hash;
}

/** Begins the chain of every organisation whose log is older than chains, before anybody waits for it. */
export async function beginChains(database: Database): Promise<void> {
  const [key] = database.auditKeys ?? [];
  if (key === undefined) return;
  const where = { hash: null, sequence: { gt: 0 } };
  for (;;) {
    const head = await database.reader.auditHead.findFirst({ where, select: { orgId: true } });
    if (head === null) return;
    const { orgId } = head;
    const begin = async (tx: Tx) => {
      // Locks it: whoever else begins finds it begun.
      const { count } = await tx.auditHead.updateMany({
        where: { orgId, ...where },
        data: { sequence: { increment: 0 } },
      });
      if (count === 0) return;
      const { sequence } = await tx.auditHead.findUniqueOrThrow({ where: { orgId } });
      await tx.auditHead.update({
        where: { orgId },
        data: { hash: await beginChain(tx, key, orgId, sequence) },
      });
    };
    await database.write(begin, { timeoutMs: TIMEOUT_MS });
  }
}
