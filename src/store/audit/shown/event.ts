import { NODE_TYPES, toGlobalId } from "../../../kernel/global-id.ts";
import { asId } from "../../../kernel/id.ts";
import type { User } from "../../../policy/model/org.ts";
import type { Viewer } from "../../core/viewer.ts";
import { readsAll } from "../scope/readers.ts";
import type { AuditRow } from "../scope/row.ts";
import type { ShownTarget } from "./changes.ts";

/** Who did it: people, tombstones and the support agent that it was (SA-06); null for the system. */
export function actorOf({ policy }: Viewer, { actorId }: AuditRow): User | null {
  return actorId === null ? null : (policy.users.get(asId(actorId)) ?? null);
}

/** The number of an event, which tells how many there are, for holders alone (SA-22). */
export function sequenceOf(viewer: Viewer, { sequence }: AuditRow): number | null {
  return readsAll(viewer) ? sequence : null;
}

/** The global id of a target; null for kinds of things that have none. */
export function globalIdOf({ type, id }: ShownTarget): string | null {
  const known = NODE_TYPES.find((each) => each === type);
  return known === undefined ? null : toGlobalId(known, id);
}
