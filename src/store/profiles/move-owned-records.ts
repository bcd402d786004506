import type { Database, Tx } from "../../database/database.ts";
import { untilWon } from "../../database/lost-race.ts";
import { few, oneOf } from "../../database/parts.ts";
import { ABSENT_ID, asId, type OrgId } from "../../kernel/id.ts";
import type { Job, Run } from "../core/jobs/job.ts";
import { raiseVersion } from "../core/policy-version.ts";

/**
 * Moves the records of people who changed their role under the new one (SH-23): `ownerRoleId` is an access path of lists,
 * `ownerSeq` the authority, which stays. Until all have moved, lists find the records by their owner.
 */
export const moveOwnedRecords: Job = {
  name: "MOVE_OWNED_RECORDS",
  lane: "DATABASE",
  run: moveAll,
  everyMs: null,
};

/** Somebody whose records are to be moved, and where to. */
type Mover = { readonly orgId: OrgId; readonly id: string; readonly roleId: string | null };

/** People whose move ends together, with one version of the policy. */
const TOGETHER = 100;

async function moveAll(run: Run): Promise<void> {
  const { reader } = run.database;
  for (let after: string = ABSENT_ID; ; ) {
    const rows = await reader.user.findMany({
      where: { isPathBehind: true, id: { gt: after } },
      orderBy: { id: "asc" },
      select: { orgId: true, id: true, roleId: true },
      take: TOGETHER,
    });
    const movers = rows.map((row): Mover => ({ ...row, orgId: asId(row.orgId) }));
    const arrived: Mover[] = [];
    for (const mover of movers) {
      if (run.isOver()) return;
      if (await moveRecordsOf(run, mover)) arrived.push(mover);
    }
    for (const [orgId, some] of Map.groupBy(arrived, (mover) => mover.orgId))
      await untilWon(() => run.database.write((tx) => arrive(run.database, tx, orgId, some)));
    const last = movers.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

/** Moves what somebody owns, module by module. @returns whether all of it stands under the role now. */
async function moveRecordsOf(run: Run, mover: Mover): Promise<boolean> {
  const { database, pace } = run;
  const modules = await database.reader.module.findMany({
    where: { orgId: mover.orgId, isRemoved: false },
    select: { id: true },
  });
  for (const { id: moduleId } of modules) {
    for (let after: string | null = ABSENT_ID; after !== null; ) {
      if (run.isOver()) return false;
      const from: string = after;
      const moved = await pace.write(database, (tx, size) =>
        moveNext(database, tx, mover, moduleId, from, size),
      );
      if (moved === "ELSEWHERE") return false;
      after = moved;
    }
  }
  return true;
}

/**
 * Moves the next records in the order of ids. It shares the policy lock, so that nobody changes their role meanwhile.
 *
 * @returns the last one; null when there are no more; `ELSEWHERE` for somebody with another role by now.
 */
async function moveNext(
  database: Database,
  tx: Tx,
  mover: Mover,
  moduleId: string,
  after: string,
  size: number,
): Promise<string | null | "ELSEWHERE"> {
  const { orgId, id: ownerId, roleId: ownerRoleId } = mover;
  if ((await database.lockVersion(tx, orgId, "SHARE")) === null) return "ELSEWHERE";
  if ((await stillThere(tx, orgId, [mover])).length === 0) return "ELSEWHERE";
  // The module alone leads to its own index, which is in the order asked for.
  const next = await tx.record.findMany({
    where: { moduleId, ownerId, id: { gt: after } },
    orderBy: { id: "asc" },
    select: { id: true, ownerRoleId: true },
    take: size,
  });
  const ids = next.flatMap((record) => (record.ownerRoleId === ownerRoleId ? [] : [record.id]));
  if (ids.length > 0) {
    await database.lockRecords(tx, orgId, ids);
    // Of somebody else by now, it stands under their role.
    await tx.record.updateMany({ where: { orgId, id: oneOf(few(ids)), ownerId }, data: { ownerRoleId } });
  }
  return next.length < size ? null : (next.at(-1)?.id ?? null);
}

/** Has lists find the records of these people under their role again, which is another version of the policy. */
async function arrive(database: Database, tx: Tx, orgId: OrgId, movers: readonly Mover[]): Promise<void> {
  if ((await database.lockVersion(tx, orgId, "UPDATE")) === null) return;
  const ids = few(await stillThere(tx, orgId, movers));
  if (ids.length === 0) return;
  await tx.user.updateMany({ where: { orgId, id: oneOf(ids) }, data: { isPathBehind: false } });
  await raiseVersion(tx, orgId);
}

/** Those who have the role that they had, and are moving to it. */
async function stillThere(tx: Tx, orgId: OrgId, movers: readonly Mover[]): Promise<readonly string[]> {
  const roles = new Map(movers.map(({ id, roleId }) => [id, roleId]));
  const rows = await tx.user.findMany({
    where: { orgId, isPathBehind: true, id: oneOf(few(roles.keys())) },
    select: { id: true, roleId: true },
  });
  return rows.flatMap(({ id, roleId }) => (roles.get(id) === roleId ? [id] : []));
}
