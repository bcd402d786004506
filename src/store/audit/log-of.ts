import type { Database } from "../../database/database.ts";
import { NotFound } from "../../kernel/fault.ts";
import type { OrgId } from "../../kernel/id.ts";
import { asId } from "../../kernel/id.ts";
import type { Place } from "./chain/place.ts";

/** Whose log is meant. @throws {NotFound} when there is no such organisation. */
export async function organizationOfLog(database: Database, key: string): Promise<OrgId> {
  const row = await database.reader.organization.findUnique({ where: { key }, select: { id: true } });
  if (row === null) throw new NotFound("org");
  return asId<"Organization">(row.id);
}

/** The last place of a log; null when it has no event, or none of the chain yet. */
export async function headOf(database: Database, orgId: OrgId): Promise<Place | null> {
  const head = await database.reader.auditHead.findUnique({ where: { orgId } });
  return head === null || head.hash === null ? null : { sequence: head.sequence, hash: head.hash };
}
