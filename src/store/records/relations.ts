import type { Module, User } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import type { RecordRow } from "./row.ts";

/** The module of a record that was admitted: the policy that admitted it knows the module. */
export function moduleOf(viewer: Viewer, record: RecordRow): Module {
  const module = viewer.policy.modules.get(record.moduleId);
  if (module === undefined)
    throw new Error(`the record ${record.id} was admitted in a module that the policy does not know`);
  return module;
}

/** Whose record it is, the support agent included (SA-06); null for a user younger than the policy of this request. */
export function ownerOf(viewer: Viewer, record: RecordRow): User | null {
  return viewer.policy.users.get(record.ownerId) ?? null;
}

/** Who created it, the support agent included (SA-06); null when nobody is known to have. */
export function creatorOf(viewer: Viewer, record: RecordRow): User | null {
  return record.createdById === null ? null : (viewer.policy.users.get(record.createdById) ?? null);
}
