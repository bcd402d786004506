import { Forbidden } from "../../kernel/fault.ts";
import type { ModuleId, RecordId } from "../../kernel/id.ts";
import { may } from "../../policy/ask/ability.ts";
import { GATED_AS } from "../../policy/ask/permissions.ts";
import type { Capability } from "../../policy/capability.ts";
import { refusalsOf } from "../../policy/gate/index.ts";
import type { Application } from "../../policy/model/application.ts";
import type { Action, Module, Permission } from "../../policy/model/org.ts";
import { questionsOf } from "../../policy/model/policy.ts";
import { administers } from "../../policy/rights/applications.ts";
import { type MUTATION_NEEDS, type MutationName, mutationNeed } from "../../policy/rights/needs.ts";
import { judgedRecords } from "./judged.ts";
import { type Viewer, viewerHolds, viewerPermissions } from "./viewer.ts";

/** A record that the viewer reads, by what deciding about it needs. */
export type RecordPlace = { readonly id: RecordId; readonly moduleId: ModuleId };

/** That records of a module, or values of its fields, may vanish: only asking makes one, and what destroys them needs one. */
export type MayVanish = { readonly moduleId: ModuleId; readonly [vanishing]: true };
declare const vanishing: unique symbol;

/** Admits the viewer to destroying values of any records of a module, read or not, whatever mutation does it. @throws {Forbidden} */
export function admitVanishingValues(viewer: Viewer, { id }: Module): MayVanish {
  admitCapability(viewer, "RECORD_DELETE");
  return { moduleId: id } as MayVanish;
}

/** Admits the viewer to destroying the records of a module as a whole, whatever mutation does it. @throws {Forbidden} */
export function admitVanishingRecords(viewer: Viewer, module: Module): MayVanish {
  admitPermission(viewer, module, "DELETE");
  return admitVanishingValues(viewer, module);
}

/** What a mutation is about, as far as its row in the table of needs asks about a module or a record. */
export type About<Name extends MutationName> = ((typeof MUTATION_NEEDS)[Name] extends {
  readonly permission: Permission;
}
  ? { readonly module: Module }
  : unknown) &
  ((typeof MUTATION_NEEDS)[Name] extends { readonly action: Action }
    ? { readonly record: RecordPlace }
    : unknown) &
  ((typeof MUTATION_NEEDS)[Name] extends { readonly administration: true }
    ? { readonly applications: readonly Application[] }
    : unknown);

/**
 * Admits the viewer to a mutation: everything that its row in the table of needs names (CA-01).
 *
 * @throws {Forbidden}
 */
export async function admit<Name extends MutationName>(
  viewer: Viewer,
  name: Name,
  about: About<Name>,
): Promise<void> {
  const { capability, permission, action, administration } = mutationNeed(name);
  const { module, record, applications } = about as {
    readonly module?: Module;
    readonly record?: RecordPlace;
    readonly applications?: readonly Application[];
  };
  if (capability !== undefined) admitCapability(viewer, capability);
  if (permission !== undefined) admitPermission(viewer, named(module), permission);
  if (action !== undefined) await admitAction(viewer, named(record), action);
  if (administration !== undefined) for (const each of named(applications)) admitAdministration(viewer, each);
}

/** The types see to it; were they got round, nobody is admitted. */
function named<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error("a mutation did not say what it is about");
  return thing;
}

/** Admits who holds the capability. @throws {Forbidden} */
export function admitCapability(viewer: Viewer, capability: Capability): void {
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

/** Admits who administers the application. @throws {Forbidden} */
export function admitAdministration({ policy, user }: Viewer, application: Application): void {
  if (administers(policy, user, application)) return;
  throw new Forbidden(
    `You do not administer ${application.name}.`,
    user.license === "TEAM" ? "TU-12p" : "UA-01",
  );
}

/** Admits who has the permission in the module, saying which gate refused. @throws {Forbidden} */
export function admitPermission(viewer: Viewer, module: Module, permission: Permission): void {
  if (viewerPermissions(viewer, module).includes(permission)) return;
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

/** Admits the viewer to an action on a record that it reads: gates, then grants (AP-04). @throws {Forbidden} */
export async function admitAction(viewer: Viewer, record: RecordPlace, action: Action): Promise<void> {
  const refusal = await refusalOf(viewer, record, action);
  if (refusal !== null) throw refusal;
}

/** Why the viewer may not do the action on a record that is readable; null when it may. */
async function refusalOf(viewer: Viewer, record: RecordPlace, action: Action): Promise<Forbidden | null> {
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
