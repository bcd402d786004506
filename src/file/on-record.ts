import type { Database, Tx } from "../database/database.ts";
import { InvalidInput } from "../kernel/fault.ts";
import { asId, type OrgId, type UserId } from "../kernel/id.ts";
import type { Instant } from "../kernel/instant.ts";
import { foldEmail } from "../kernel/text.ts";
import { appendAuditEvents } from "../store/core/append-audit.ts";
import type { Happening } from "../store/core/audit-event.ts";

/** Who applies a file: somebody of the organisation, or else the system, and the account of the operating system. */
export type AppliedBy = { readonly as: string | null; readonly account: string | null };

/** Nobody in particular, as in tests. */
export const BY_SYSTEM: AppliedBy = { as: null, account: null };

/**
 * Puts what an import does on record, under who applies it (SA-24). The import holds the organisation's policy alone, so
 * that whoever else writes to the log waits for it in any case.
 *
 * @throws {InvalidInput} when whoever is said to apply it is nobody active of the organisation.
 */
export function onRecord(
  database: Database,
  tx: Tx,
  { orgId, now, by }: { readonly orgId: OrgId; readonly now: Instant; readonly by: AppliedBy },
): (happened: readonly Happening[]) => Promise<void> {
  let actor: Promise<UserId | null> | null = null;
  return async (happened) => {
    if (happened.length === 0) return;
    actor ??= actorNamed(tx, orgId, by.as);
    const actorId = await actor;
    const entries = happened.map((each) => ({ ...each, orgId, at: now, actorId, account: by.account }));
    await appendAuditEvents(database, tx, orgId, entries);
  };
}

async function actorNamed(tx: Tx, orgId: OrgId, address: string | null): Promise<UserId | null> {
  if (address === null) return null;
  const user = await tx.user.findFirst({
    where: { orgId, email: foldEmail(address), status: "ACTIVE", license: { not: "SUPPORT" } },
    select: { id: true },
  });
  if (user === null)
    throw new InvalidInput("--as", `There is nobody active with the address ${address} in the organisation.`);
  return asId(user.id);
}
