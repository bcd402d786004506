import { Forbidden } from "../../kernel/fault.ts";
import type { Capability } from "../../policy/capability.ts";
import { refusalsOf } from "../../policy/gate/index.ts";
import type { Module, Permission } from "../../policy/model/org.ts";
import { questionsOf } from "../../policy/model/policy.ts";
import { type MutationName, mutationNeed } from "../../policy/rights/needs.ts";
import { GATED_AS, permissionsIn } from "../modules/permissions.ts";
import { type Viewer, viewerHolds } from "./viewer.ts";

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
