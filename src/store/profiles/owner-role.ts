import { inParts, oneOf } from "../../database/parts.ts";
import type { RoleId, UserId } from "../../kernel/id.ts";
import type { Writing } from "../core/write.ts";

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
  for (const modules of inParts(policy.modules.keys())) {
    for (const part of inParts(owners)) {
      await tx.record.updateMany({
        where: { orgId, moduleId: oneOf(modules), ownerId: oneOf(part) },
        data: { ownerRoleId: roleId },
      });
    }
  }
}

/** Leaves no record under a role that goes, whoever owns it. */
export async function forgetOwnerRole({ tx, viewer }: Writing, roleId: RoleId): Promise<void> {
  const { orgId, policy } = viewer;
  for (const modules of inParts(policy.modules.keys())) {
    await tx.record.updateMany({
      where: { orgId, moduleId: oneOf(modules), ownerRoleId: roleId },
      data: { ownerRoleId: null },
    });
  }
}
