import { Forbidden, NotFound } from "../../kernel/fault.ts";
import type { RecordId } from "../../kernel/id.ts";
import { may } from "../../policy/ask/ability.ts";
import type { Capability } from "../../policy/capability.ts";
import { refusalsOf } from "../../policy/gate/index.ts";
import type { Action, Module, Permission } from "../../policy/model/org.ts";
import { questionsOf } from "../../policy/model/policy.ts";
import { type MutationName, mutationNeed } from "../../policy/rights/needs.ts";
import { GATED_AS, permissionsIn } from "../modules/permissions.ts";
import type { RecordRow } from "../records/row.ts";
import { type Viewer, viewerHolds } from "./viewer.ts";
import type { Writing } from "./write.ts";

/** Admits who holds the capability that the table names for the mutation (CA-01). @throws {Forbidden} */
export function admitCapability(viewer: Viewer, name: MutationName): void {
  const { capability } = mutationNeed(name);
  if (capability === undefined) throw new Error(`${name} needs no capability`);
  if (viewerHolds(viewer, capability)) return;
  const line = viewer.user.license === "TEAM" ? (TEAM_LINE[capability] ?? "TU-12p") : "CA-01";
  throw new Forbidden(`This needs the capability ${capability}.`, line);
}

/** What a team user may not administer has lines of its own; the rest is "administer anything". */
const TEAM_LINE: { readonly [Name in Capability]?: string } = {
  MANAGE_USERS: "TU-12t",
  MANAGE_ROLES: "TU-12t",
  MANAGE_GROUPS: "TU-12t",
};

/** Admits who has the permission in the module, saying which gate refused. @throws {Forbidden} */
export function admitPermission(viewer: Viewer, module: Module, permission: Permission): void {
  if (permissionsIn(viewer, module).includes(permission)) return;
  const ask = questionsOf(viewer.policy, viewer.user, viewer.now);
  const line =
    viewer.user.license === "TEAM" && module.kind === "ORGANIZATION" ? LINE[permission] : undefined;
  const [closed] = refusalsOf(ask(module, "READ"));
  const [gate] = line === undefined ? refusalsOf(ask(module, GATED_AS[permission])) : [];
  const refusal = closed ?? gate;
  if (refusal) throw new Forbidden(refusal.sentence, refusal.requirement ?? null);
  throw new Forbidden(`You lack ${permission} in ${module.label}.`, line ?? null);
}

/** The lines of TU-12 that are no action on one record. */
const LINE: { readonly [Name in Permission]?: string } = {
  CREATE: "TU-12a",
  MASS_UPDATE: "TU-12c",
  MASS_DELETE: "TU-12c",
  CHANGE_OWNER: "TU-12d",
  IMPORT: "TU-12j",
  EXPORT: "TU-12j",
};

/**
 * Locks records and gives the row of each that the viewer may read, in the order asked; null where absent or out of
 * reach, which are one answer (AP-03). Statements are the same for any ids.
 */
export async function lockedRecords(
  { tx, viewer }: Writing,
  ids: readonly RecordId[],
): Promise<readonly (RecordRow | null)[]> {
  await viewer.store.database.lockRecords(tx, viewer.orgId, ids);
  const rows = await viewer.loaders.record.loadMany(ids);
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
  const judged = await viewer.loaders.judged.load(record.id);
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
