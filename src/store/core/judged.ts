import { asId, type RecordId } from "../../kernel/id.ts";
import { may, type Reaches } from "../../policy/ask/ability.ts";
import { type JudgedRecord, judgedRecord } from "../../policy/ask/reach.ts";
import type { Action } from "../../policy/model/org.ts";
import { loaderOf } from "./loaders.ts";
import type { Viewer } from "./viewer.ts";

/** Records with their grants, for deciding; null where there is none. Never to be shown. */
export const judgedRecords = loaderOf<RecordId, JudgedRecord>(async (viewer, ids) => {
  const found = await viewer.store.queries.find(viewer.orgId, ids, keysIn(viewer.reaches));
  return new Map(found.map((each) => [each.id, judgedRecord(each)]));
});

/**
 * Defines a loader of what belongs to records: it reads for those alone on which the viewer may do the action. Null for
 * the others, whether absent or out of reach.
 */
export function loaderOfAdmitted<Row>(
  action: Action,
  read: (viewer: Viewer, admitted: readonly RecordId[]) => Promise<ReadonlyMap<RecordId, Row>>,
) {
  return loaderOf<RecordId, Row>(async (viewer, ids) => {
    const found = await judgedRecords(viewer).loadMany(ids);
    const admitted = ids.filter((id, at) => {
      const each = found[at];
      if (each instanceof Error) throw each;
      // What is absent is judged like what is hidden: neither answer is the sooner one.
      const isAdmitted = may(viewer.ability, action, each ?? absent(viewer, id));
      return each != null && isAdmitted;
    });
    return admitted.length === 0 ? new Map() : read(viewer, admitted);
  });
}

/** A record that nobody owns and nothing grants, in place of one that is not there. */
function absent({ policy }: Viewer, id: RecordId): JudgedRecord {
  const [module] = policy.modules.keys();
  return judgedRecord({ moduleId: module ?? asId<"Module">(id), ownerSeq: -1, grants: new Map() });
}

/** Every grant key that any reach of the viewer knows: one record is judged for all actions by one read. */
function keysIn({ reaches }: Reaches): readonly string[] {
  return [...new Set(reaches.flatMap(({ reach }) => (reach.kind === "SOME" ? [...reach.keys.keys()] : [])))];
}
