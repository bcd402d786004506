import { asId } from "../../../kernel/id.ts";
import { voidTokens } from "../../../store/mail/write.ts";
import { type Conflict, FileConflicts } from "../../terms/conflict.ts";
import type { ImportRun } from "../../terms/import-run.ts";
import type { OrganizationFile } from "../section.ts";

type KnownUser = Awaited<ReturnType<ImportRun["tx"]["user"]["findFirstOrThrow"]>>;

/**
 * Gives those another address who had a former one, and keeps everything of them (UA-63). Where nobody has the former
 * address, that was done before, or there is nobody to keep.
 *
 * @param found by address; follows.
 * @returns the new addresses.
 * @throws {FileConflicts} where both addresses are somebody's.
 */
export async function renameUsers(
  run: ImportRun,
  wanted: OrganizationFile["users"],
  found: Map<string, KnownUser>,
): Promise<ReadonlySet<string>> {
  const { tx, orgId, now, tallies } = run;
  const renamed = new Set<string>();
  const conflicts: Conflict[] = [];
  for (const [email, { formerly }] of wanted) {
    const known = formerly === null ? undefined : found.get(formerly);
    if (formerly === null || known === undefined || known.status === "DELETED") continue;
    if (found.has(email)) {
      conflicts.push({
        path: ["users", email, "formerly"],
        message: `${email} and ${formerly} are two people of the organisation`,
        expected: "an address that nobody has yet, or no formerly",
        code: "CONFLICT",
      });
      continue;
    }
    const data = { email, addressSince: new Date(now) };
    await tx.user.update({ where: { orgId_id: { orgId, id: known.id } }, data });
    await voidTokens(tx, orgId, [asId(known.id)], ["INVITATION", "ADDRESS_CONFIRMATION"]);
    found.delete(formerly);
    found.set(email, { ...known, ...data });
    renamed.add(email);
    tallies.users.changed += 1;
  }
  if (conflicts.length > 0) throw new FileConflicts(conflicts);
  return renamed;
}
