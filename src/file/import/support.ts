import type { Id } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { supportEnd } from "../../policy/rights/support-window.ts";
import type { FileSupportAccess, OrganizationFile } from "../organization-file.ts";
import { type ImportRun, isSameRow, newId } from "./run.ts";

/** The agent as a hidden user (SA-06), known to the import by its address before records name it as owner (SA-08). */
export async function importAgent(run: ImportRun, wanted: FileSupportAccess | null): Promise<void> {
  if (wanted === null) return;
  const { tx, orgId, now } = run;
  const known = await tx.user.findFirst({ where: { orgId, email: wanted.agent, license: "SUPPORT" } });
  if (known) {
    run.users.set(wanted.agent, { id: known.id as Id<"User">, seq: known.seq, roleId: null });
    return;
  }
  const { nextUserSeq: seq } = await tx.organization.findUniqueOrThrow({
    where: { id: orgId },
    select: { nextUserSeq: true },
  });
  const id = newId<"User">(now);
  await tx.user.create({
    data: {
      orgId,
      id,
      seq,
      email: wanted.agent,
      name: "Support",
      status: "ACTIVE",
      license: "SUPPORT",
      createdAt: new Date(now),
    },
  });
  await tx.organization.update({ where: { id: orgId }, data: { nextUserSeq: seq + 1 } });
  run.users.set(wanted.agent, { id, seq, roleId: null });
}

/**
 * The organisation's live support grant (SA-05: one at a time). A grant that says what the file says is left alone;
 * another one is closed at the instant of the import.
 */
export async function importSupportAccess(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, now, tallies } = run;
  const wanted = file.supportAccess;
  const open = await tx.supportGrant.findMany({
    where: { orgId, revokedAt: null, expiresAt: { gt: new Date(now) } },
  });
  const agentId = wanted === null ? null : (run.users.get(wanted.agent)?.id ?? null);
  const same = open.find(
    (grant) =>
      wanted !== null &&
      isSameRow({ agentId, expiresOn: wanted.expiresOn, extraDenials: wanted.extraDenials }, grant) &&
      (wanted.grantedAt === null || wanted.grantedAt === grant.grantedAt.getTime()),
  );
  for (const grant of open) {
    if (grant === same || (wanted === null && !run.prune)) continue;
    await tx.supportGrant.update({
      where: { orgId_id: { orgId, id: grant.id } },
      data: { revokedAt: new Date(now) },
    });
    tallies.supportAccess.removed += 1;
  }
  if (wanted === null || agentId === null || same) return;
  const grantedAt = wanted.grantedAt ?? now;
  const expiresAt = supportEnd(file.organization.timeZone, wanted.expiresOn, grantedAt);
  if (await isKnownGrant(run, agentId, grantedAt, expiresAt)) return;
  await tx.supportGrant.create({
    data: {
      orgId,
      id: newId<"SupportGrant">(now),
      agentId,
      grantedAt: new Date(grantedAt),
      expiresOn: wanted.expiresOn,
      expiresAt: new Date(expiresAt),
      extraDenials: [...wanted.extraDenials],
    },
  });
  tallies.supportAccess.added += 1;
}

/** A grant of the file that is over already is written once, not at every import. */
async function isKnownGrant(
  { tx, orgId }: ImportRun,
  agentId: string,
  grantedAt: Instant,
  expiresAt: Instant,
) {
  const where = { orgId, agentId, grantedAt: new Date(grantedAt), expiresAt: new Date(expiresAt) };
  return (await tx.supportGrant.findFirst({ where })) !== null;
}
