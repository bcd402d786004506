import { InvalidInput } from "../../../kernel/fault.ts";
import { type Instant, LAST_INSTANT, NEVER } from "../../../kernel/instant.ts";
import type { Viewer } from "../../core/viewer.ts";
import type { LogPlace } from "../../reach/log/query.ts";
import type { AuditRow } from "../scope/row.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The place of an event: its instant and its id, never its number, which others than holders do not learn (SA-22). */
export function cursorOf({ at, id }: Pick<AuditRow, "at" | "id">): string {
  return Buffer.from(JSON.stringify([at.getTime(), id]), "utf8").toString("base64url");
}

/** The place that a cursor names. @throws {InvalidInput} naming the argument. */
export async function placeOf(
  { orgId, store }: Viewer,
  argument: "after" | "before",
  cursor: string,
): Promise<LogPlace> {
  const [at, id] = partsOf(cursor);
  if (!isInstant(at) || typeof id !== "string" || !UUID.test(id))
    throw new InvalidInput(argument, `${argument} is not a cursor of this list.`);
  const row = await store.database.reader.auditEvent.findUnique({
    where: { orgId_id: { orgId, id } },
    select: { sequence: true },
  });
  // Of an event that was removed since, its instant is what is left.
  return { at, sequence: row?.sequence ?? 0 };
}

function isInstant(at: unknown): at is Instant {
  return Number.isSafeInteger(at) && Number(at) >= NEVER && Number(at) <= LAST_INSTANT;
}

function partsOf(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(parts) && parts.length === 2 ? parts : [];
  } catch {
    return [];
  }
}
