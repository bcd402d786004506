import type { Tx } from "../../database/database.ts";
import type { OrgId } from "../../kernel/id.ts";

/** Raises the policy version, in the transaction of a change of policy (EN-05). */
export async function raiseVersion(tx: Tx, orgId: OrgId): Promise<number> {
  const { version } = await tx.organization.update({
    where: { id: orgId },
    data: { version: { increment: 1 } },
    select: { version: true },
  });
  return version;
}
