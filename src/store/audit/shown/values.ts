import { toGlobalId } from "../../../kernel/global-id.ts";
import { asId } from "../../../kernel/id.ts";
import type { Field } from "../../../policy/model/org.ts";
import { loaderOfAdmitted } from "../../core/judged.ts";
import type { Viewer } from "../../core/viewer.ts";
import { findUser } from "../../directory/users.ts";
import { recordRows } from "../../records/row.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Of whom or what nothing may be known, only that it was there. */
const HIDDEN = { hidden: true } as const;

/**
 * A value of a record as its reader may know it: what it points to under the reader's own reach, as on the record itself
 * (SH-53). Of a field that nobody knows any more, what looks like a reference is treated as one.
 */
export async function shownReference(
  viewer: Viewer,
  field: Field | undefined,
  value: unknown,
): Promise<unknown> {
  if (value === undefined || value === null) return null;
  const isReference =
    field === undefined
      ? typeof value === "string" && UUID.test(value)
      : field.type === "LOOKUP" || field.type === "USER";
  if (!isReference || typeof value !== "string") return value;
  const user = field?.type === "LOOKUP" ? null : findUser(viewer, asId(value));
  if (user !== null) return { id: toGlobalId("User", user.id), name: user.name };
  if (field?.type === "USER") return null;
  const record = await recordRows(viewer).load(asId(value));
  if (record === null) return HIDDEN;
  return { id: toGlobalId("Record", record.id), key: record.key, name: record.name };
}

/** Of the ids of records, those that the viewer may read. */
const readableIds = loaderOfAdmitted("READ", async (_, admitted) => new Map(admitted.map((id) => [id, id])));

/** Records that an event names by id: those that its reader may read now, and no word of how many others (SA-22). */
export async function shownRecords(viewer: Viewer, ids: unknown): Promise<readonly string[]> {
  const asked = Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  const found = await Promise.all(asked.map((id) => readableIds(viewer).load(asId(id))));
  return found.flatMap((id) => (id === null ? [] : [toGlobalId("Record", id)]));
}
