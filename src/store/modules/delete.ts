import { InvalidInput } from "../../kernel/fault.ts";
import { toGlobalId } from "../../kernel/global-id.ts";
import type { ModuleId } from "../../kernel/id.ts";
import { FORECASTS, type Module } from "../../policy/model/org.ts";
import { admitVanishingRecords, type MayVanish } from "../core/admit.ts";
import type { Happening, HeldInModule } from "../core/audit-event.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import { fieldsIn } from "../directory/modules.ts";
import { reachedModule, requireConfirmed } from "../directory/reached-module.ts";
import { contentAsEvent } from "../sharing/rule/content.ts";
import { fieldContent, moduleContent } from "./content.ts";
import { leaveToSweep } from "./removal.ts";

export type ModuleRemoval = { readonly moduleId: ModuleId; readonly isConfirmed: boolean };

/**
 * Deletes a module with all that is in it: rules, what profiles say of it, memberships, and its records with their
 * shares, which nobody reaches from then on and which are swept later (SH-32).
 *
 * Whether it has records does not show: it always has to be confirmed, and always needs `RECORD_DELETE` and `DELETE` in
 * the module.
 *
 * @throws {InvalidInput} `CONFLICT` naming the lookups of other modules that point to it.
 */
export function deleteModule(
  viewer: Viewer,
  { moduleId, isConfirmed }: ModuleRemoval,
): Promise<{ readonly moduleId: ModuleId }> {
  return write(viewer, "deleteModule", {
    read: ({ viewer }) => {
      return { module: reachedModule(viewer, "input.id", moduleId) };
    },
    change: async (writing, { module }) => {
      const mayVanish = admitVanishingRecords(writing.viewer, module);
      requireConfirmed(isConfirmed, `${module.label} goes with its records, fields and sharing rules.`);
      requireOwn(module);
      requireNoLookups(writing.viewer, module);
      return {
        result: { moduleId },
        wakes: ["SWEEP_REMOVED", "SWEEP_DEAD_MATCHES"],
        happened: await remove(writing, module, mayVanish),
      };
    },
  });
}

function requireOwn({ key, label }: Module): void {
  if (key !== FORECASTS) return;
  throw new InvalidInput("input.id", `${label} is built in and stays.`, {
    code: "ACTION_NOT_AVAILABLE",
    requirement: "SH-09",
  });
}

function requireNoLookups({ policy }: Viewer, { id, label }: Module): void {
  const lookups = policy.org.modules
    .filter((other) => other.id !== id)
    .flatMap(fieldsIn)
    .filter(({ field }) => field.lookupModuleId === id);
  if (lookups.length === 0) return;
  const names = lookups.map(({ module, field }) => `${module.key}.${field.key}`);
  throw new InvalidInput("input.id", `Lookups point to ${label}: ${names.join(", ")}. Delete them first.`, {
    code: "CONFLICT",
    details: { fields: lookups.map(({ field }) => toGlobalId("Field", field.id)) },
  });
}

async function remove(writing: Writing, module: Module, mayVanish: MayVanish): Promise<readonly Happening[]> {
  const { tx, viewer } = writing;
  const { orgId, policy, now } = viewer;
  const inModule = { orgId, moduleId: module.id };
  await tx.sharingRule.deleteMany({ where: inModule });
  await tx.profileModule.deleteMany({ where: inModule });
  await tx.teamMembership.deleteMany({ where: inModule });
  await tx.field.deleteMany({ where: inModule });
  const { position } = await tx.module.findUniqueOrThrow({ where: { orgId_id: { orgId, id: module.id } } });
  await tx.module.update({
    where: { orgId_id: { orgId, id: module.id } },
    // Its key is free for another, and what it has now is none that another could be given.
    data: { isRemoved: true, key: `~${module.id}`, position: -1 },
  });
  await leaveToSweep(tx, orgId, mayVanish, null, now);
  // Without a gap, as a file would have them.
  await tx.module.updateMany({
    where: { orgId, position: { gt: position } },
    data: { position: { decrement: 1 } },
  });
  const rules = policy.rulesOfModule.get(module.id) ?? [];
  return [
    ...rules.map(
      (rule): Happening => ({
        action: "DELETE_SHARING_RULE",
        target: { type: "SharingRule", id: rule.id },
        before: contentAsEvent(rule),
        after: null,
      }),
    ),
    {
      action: "DELETE_MODULE",
      target: { type: "Module", id: module.id },
      before: {
        ...moduleContent(module),
        fields: module.fields.map(fieldContent),
        ...heldIn(viewer, module),
      },
      after: null,
    },
  ];
}

/** What profiles and memberships said of the module, by id. */
function heldIn({ policy }: Viewer, { id }: Module): HeldInModule {
  const profiles = policy.org.profiles.flatMap((profile) => {
    const held = profile.permissions.get(id);
    return held ? [[profile.id, [...held]] as const] : [];
  });
  const members = policy.org.users.flatMap((user) => {
    const role = user.teamRoles.get(id);
    return role ? [[user.id, role] as const] : [];
  });
  return { profiles: Object.fromEntries(profiles), members: Object.fromEntries(members) };
}
