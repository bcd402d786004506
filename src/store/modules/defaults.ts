import { InvalidInput } from "../../kernel/fault.ts";
import type { ModuleId } from "../../kernel/id.ts";
import type { DefaultAccess, Module } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { sharedModule } from "../directory/modules.ts";

export type ModuleDefault = {
  /** The key of the module. */
  readonly module: string;
  readonly access: DefaultAccess;
};

/** Sets the organisation defaults of one module or many: all of them, or none (SH-07). */
export function setOrganizationDefaults(
  viewer: Viewer,
  defaults: readonly ModuleDefault[],
): Promise<{ readonly moduleIds: readonly ModuleId[] }> {
  return write(viewer, "setOrganizationDefaults", {
    read: ({ viewer }) => {
      const wanted = readDefaults(viewer, defaults);
      return { wanted };
    },
    change: async ({ tx, viewer: { orgId } }, { wanted }) => {
      for (const [{ id }, defaultAccess] of wanted)
        await tx.module.update({ where: { orgId_id: { orgId, id } }, data: { defaultAccess } });
      return {
        result: { moduleIds: wanted.map(([module]) => module.id) },
        happened: wanted.map(([module, defaultAccess]) => ({
          action: "SET_ORGANIZATION_DEFAULT",
          target: { type: "Module", id: module.id },
          before: { defaultAccess: module.defaultAccess },
          after: { defaultAccess },
        })),
      };
    },
  });
}

function readDefaults(
  viewer: Viewer,
  defaults: readonly ModuleDefault[],
): readonly (readonly [Module, DefaultAccess])[] {
  if (defaults.length === 0) throw new InvalidInput("input.defaults", "Name at least one module.");
  const seen = new Set<ModuleId>();
  return defaults.map(({ module: key, access }, at) => {
    const field = `input.defaults.${at}.module`;
    const module = sharedModule(viewer, field, key, "default");
    if (module.kind === "TEAM")
      throw new InvalidInput(field, `A default does not count in the team module ${module.label}.`, {
        requirement: "TU-21",
      });
    if (seen.has(module.id)) throw new InvalidInput(field, `${key} is named twice.`);
    seen.add(module.id);
    return [module, access];
  });
}
