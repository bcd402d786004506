import type { Database, Tx } from "../../src/database/database.ts";
import { countOwners } from "../../src/file/derived.ts";
import { asId } from "../../src/kernel/id.ts";
import { NOW } from "../graphql/world.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { reachable } from "../oracle/oracle.ts";

/** A record as it is stored, with the key of its module. */
export type Row = Awaited<ReturnType<typeof rowsOf>>[number];

export async function rowsOf(database: Database) {
  const rows = await database.reader.record.findMany({
    include: { module: { select: { key: true } }, shares: { select: { id: true } } },
    orderBy: { id: "asc" },
  });
  return rows.map(({ module, ...row }) => ({ ...row, module: module.key }));
}

/** What one person reaches and what not. Who reaches what is the oracle's word, not the engine's. */
export type Parted = {
  readonly reached: readonly Row[];
  readonly hidden: readonly Row[];
  /** Those of the hidden that a lookup of a reached record points to: that they are there is no secret (SH-53). */
  readonly linked: readonly Row[];
};

export function partedFor(file: OrganizationFile, who: string | null, rows: readonly Row[]): Parted {
  const reach = new Map(
    Object.keys(file.records ?? {}).map((module) => [
      module,
      who === null ? new Set<string>() : reachable(file, who, module, "READ", NOW),
    ]),
  );
  const isReached = (row: Row) => reach.get(row.module)?.has(row.key) === true;
  const reached = rows.filter(isReached);
  const hidden = rows.filter((row) => !isReached(row));
  const targets = new Set(reached.flatMap((row) => Object.values(row.values as object)));
  return { reached, hidden, linked: hidden.filter(({ id }) => targets.has(id)) };
}

/**
 * Makes the other world: the hidden records were never there, nor their shares and grants. What a reached record points
 * to stays, and everything about it is another: key, name, owner, values, instants, shares.
 */
export async function forget(database: Database, { hidden, linked }: Parted): Promise<void> {
  const orgId = hidden[0]?.orgId;
  if (orgId === undefined) throw new Error("nothing is hidden: there is nothing to forget");
  await database.write(async (tx) => {
    for (const row of linked) await disguise(tx, row, hidden);
    const kept = new Set(linked.map(({ id }) => id));
    const gone = hidden.map(({ id }) => id).filter((id) => !kept.has(id));
    // Shares and grants go with their record.
    await tx.record.deleteMany({ where: { orgId, id: { in: gone } } });
    await countOwners(tx, asId(orgId));
  });
}

/** Owners of hidden records of the module open it to nobody who did not reach it before. */
async function disguise(tx: Tx, row: Row, hidden: readonly Row[]): Promise<void> {
  const { orgId, id } = row;
  const others = hidden.filter((other) => other.moduleId === row.moduleId && other.ownerId !== row.ownerId);
  const other = others[row.key.length % others.length] ?? row;
  await tx.recordShare.deleteMany({ where: { orgId, recordId: id } });
  await tx.recordGrant.deleteMany({ where: { orgId, recordId: id } });
  await tx.record.update({
    where: { orgId_id: { orgId, id } },
    data: {
      key: `disguised-${row.key}`,
      name: `Disguised ${other.name}`,
      ownerId: other.ownerId,
      ownerSeq: other.ownerSeq,
      ownerRoleId: other.ownerRoleId,
      createdById: other.ownerId,
      values: other.values as object,
      createdAt: new Date(row.createdAt.getTime() - 86_400_000),
      updatedAt: new Date(row.updatedAt.getTime() + 86_400_000),
    },
  });
}
