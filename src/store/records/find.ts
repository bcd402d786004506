import type { RecordId } from "../../kernel/id.ts";
import { asId } from "../../kernel/id.ts";
import { may } from "../../policy/ask/ability.ts";
import { ACTIONS, type Action, type Module } from "../../policy/model/org.ts";
import { judgedRecords } from "../core/judged.ts";
import { reachedBy, type Viewer } from "../core/viewer.ts";
import { type RecordRow, recordRows } from "./row.ts";

/** The record, if the viewer may read it; null when absent or out of reach, by the same statement (AP-03). */
export function findRecord(viewer: Viewer, id: RecordId): Promise<RecordRow | null> {
  return recordRows(viewer).load(id);
}

/** The record of a module with a key, if the viewer may read it. */
export async function findRecordByKey(
  viewer: Viewer,
  module: Module,
  key: string,
): Promise<RecordRow | null> {
  const [place] = await viewer.store.queries.page({
    reached: reachedBy(viewer, module, "READ"),
    filter: { kind: "COMPARE", operand: { kind: "ATTRIBUTE", attribute: "key" }, op: "EQ", constants: [key] },
    order: [],
    after: null,
    before: null,
    limit: 1,
    isFromEnd: false,
  });
  return place ? findRecord(viewer, asId(place.id)) : null;
}

/** Which actions the viewer may do on a record now; all records of a page are judged by one statement. */
export async function accessTo(viewer: Viewer, id: RecordId): Promise<Readonly<Record<Action, boolean>>> {
  const judged = await judgedRecords(viewer).load(id);
  const entries = ACTIONS.map(
    (action) => [action, judged !== null && may(viewer.ability, action, judged)] as const,
  );
  return Object.fromEntries(entries) as Record<Action, boolean>;
}
