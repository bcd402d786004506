import type { RoleId, UserId } from "../../kernel/id.ts";
import type { Writing } from "../core/write.ts";

/** SQLite refuses about a thousand binds in one statement (trap 7). */
const BATCH = 400;

/**
 * Has the records of users who move to another role found under it from now on (SH-23): `ownerRoleId` is the access
 * path, `ownerSeq` the authority, which stays. Naming the modules lets the index serve.
 */
export async function moveOwnedRecords(
  { tx, viewer }: Writing,
  owners: readonly UserId[],
  roleId: RoleId | null,
): Promise<void> {
  const { orgId, policy } = viewer;
  const moduleId = { in: policy.org.modules.map((module) => module.id) };
  for (let from = 0; from < owners.length; from += BATCH) {
    await tx.record.updateMany({
      where: { orgId, moduleId, ownerId: { in: owners.slice(from, from + BATCH) } },
      data: { ownerRoleId: roleId },
    });
  }
}

/** Leaves no record under a role that goes, whoever owns it. */
export async function forgetOwnerRole({ tx, viewer }: Writing, roleId: RoleId): Promise<void> {
  const { orgId, policy } = viewer;
  const moduleId = { in: policy.org.modules.map((module) => module.id) };
  await tx.record.updateMany({
    where: { orgId, moduleId, ownerRoleId: roleId },
    data: { ownerRoleId: null },
  });
}
