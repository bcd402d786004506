import { appendAuditEvents } from "../append-audit.ts";
import type { AuditEntry } from "../audit-event.ts";
import type { Viewer } from "../viewer.ts";

/** So many records are told in one event, as many as a page has: an operation that shows more leaves several. */
const RECORDS_OF_EVENT = 100;

/** So many fields at the root are told; their number is bounded by the size of a document alone. */
const MOST_FIELDS = 20;

/** What somebody asked, as the log tells it. */
export type ReadOperation = {
  readonly kind: "query" | "mutation" | "subscription";
  readonly name: string | null;
  /** The names of the fields at its root, in their order. */
  readonly rootFields: readonly string[];
};

/**
 * Puts on record what the support agent asked and which records were read for the answer, in a transaction of its own
 * that is committed before the answer leaves (SA-09). A mutation leaves its own event, and one of these for the records
 * that its answer shows. What asks for the schema alone shows nothing of the organisation.
 *
 * @throws when the log cannot be written: then nothing may be answered.
 */
export async function tellReading(
  { store: { database }, orgId, user, now, request }: Viewer,
  { kind, name, rootFields }: ReadOperation,
): Promise<void> {
  const records = [...(request.shown ?? [])];
  const told = [...new Set(rootFields)].filter((field) => !field.startsWith("__"));
  if (told.length === 0 || (kind === "mutation" && records.length === 0)) return;
  const parts = Array.from({ length: Math.max(1, Math.ceil(records.length / RECORDS_OF_EVENT)) }, (_, at) =>
    records.slice(at * RECORDS_OF_EVENT, (at + 1) * RECORDS_OF_EVENT),
  );
  const entries = parts.map(
    (part): AuditEntry => ({
      orgId,
      at: now,
      actorId: user.id,
      isSupport: true,
      requestId: request.id,
      action: "READ",
      target: { type: "User", id: user.id },
      before: null,
      after: { operation: name, rootFields: told.slice(0, MOST_FIELDS), records: part },
    }),
  );
  await database.write((tx) => appendAuditEvents(database, tx, orgId, entries));
}
