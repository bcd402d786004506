import { Forbidden, NotFound } from "../../kernel/fault.ts";
import type { RecordId } from "../../kernel/id.ts";
import { may } from "../../policy/ask/ability.ts";
import { refusalsOf } from "../../policy/gate/index.ts";
import type { Action } from "../../policy/model/org.ts";
import { questionsOf } from "../../policy/model/policy.ts";
import type { Viewer } from "../core/viewer.ts";
import type { Writing } from "../core/write.ts";
import { judgedRecords } from "./judged.ts";
import { type RecordRow, recordRows } from "./row.ts";

/**
 * Locks records and gives the row of each that the viewer may read, in the order asked; null where absent or out of
 * reach, which are one answer (AP-03). Statements are the same for any ids.
 */
export async function lockedRecords(
  { tx, viewer }: Writing,
  ids: readonly RecordId[],
): Promise<readonly (RecordRow | null)[]> {
  await viewer.store.database.lockRecords(tx, viewer.orgId, ids);
  const rows = await recordRows(viewer).loadMany(ids);
  return rows.map((row) => {
    if (row instanceof Error) throw row;
    return row;
  });
}

/** Locks a record and gives its row. @throws {NotFound} naming the input, when absent or out of reach. */
export async function reachedRecord(writing: Writing, field: string, id: RecordId): Promise<RecordRow> {
  const [record] = await lockedRecords(writing, [id]);
  if (!record) throw new NotFound(field);
  return record;
}

/** Admits the viewer to an action on a record that it reads: gates, then grants (AP-04). @throws {Forbidden} */
export async function admitAction(viewer: Viewer, record: RecordRow, action: Action): Promise<void> {
  const refusal = await refusalOf(viewer, record, action);
  if (refusal !== null) throw refusal;
}

/** Why the viewer may not do the action on a record that is readable; null when it may. */
async function refusalOf(viewer: Viewer, record: RecordRow, action: Action): Promise<Forbidden | null> {
  const judged = await judgedRecords(viewer).load(record.id);
  if (judged !== null && may(viewer.ability, action, judged)) return null;
  const module = viewer.policy.modules.get(record.moduleId);
  const [gate] = module
    ? refusalsOf(questionsOf(viewer.policy, viewer.user, viewer.now)(module, action))
    : [];
  if (gate) return new Forbidden(gate.sentence, gate.requirement ?? null);
  return new Forbidden(`You can read this record, but nothing lets you ${VERB[action]} it.`);
}

const VERB: Readonly<Record<Action, string>> = {
  READ: "read",
  UPDATE: "update",
  DELETE: "delete",
  SHARE: "share",
  CHANGE_OWNER: "change the owner of",
};
