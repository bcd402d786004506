import { v7 } from "uuid";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId, type ModuleId } from "../../kernel/id.ts";
import { RESERVED_MODULES } from "../../policy/model/naming.ts";
import { FORECASTS, type Module } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { readName } from "../directory/input.ts";
import { readKey, requireFreeKey } from "../directory/key.ts";
import { moduleContent } from "./content.ts";
import { requireOpenable, requireRoomForTeam } from "./open-to-team.ts";

export type NewModule = Pick<Module, "key" | "label" | "kind" | "isOpenToTeam">;

/** Makes a module: private (SH-01), without fields, and after all others in their order. */
export function createModule(viewer: Viewer, wanted: NewModule): Promise<{ readonly moduleId: ModuleId }> {
  return write(viewer, "createModule", {
    read: ({ viewer }) => {
      const module: Module = {
        id: asId(v7({ msecs: viewer.now })),
        key: readModuleKey("input.key", wanted.key),
        label: readName("input.label", wanted.label),
        kind: wanted.kind,
        defaultAccess: "PRIVATE",
        isOpenToTeam: wanted.isOpenToTeam,
        fields: [],
      };
      if (module.isOpenToTeam) requireOpenable("input.isOpenToTeam", module);
      return { module };
    },
    change: async ({ tx, viewer }, { module }) => {
      const { orgId } = viewer;
      requireFreeKey("input.key", module.key, "Module", viewer.policy.org.modules);
      if (module.isOpenToTeam) requireRoomForTeam(viewer, "input.isOpenToTeam");

      const { fields: _, ...columns } = module;
      const last = await tx.module.aggregate({ where: { orgId }, _max: { position: true } });
      await tx.module.create({ data: { orgId, ...columns, position: (last._max.position ?? -1) + 1 } });
      return {
        result: { moduleId: module.id },
        happened: [
          {
            action: "CREATE_MODULE",
            target: { type: "Module", id: module.id },
            before: null,
            after: moduleContent(module),
          },
        ],
      };
    },
  });
}

function readModuleKey(field: string, text: string): string {
  const key = readKey(field, text);
  if (RESERVED_MODULES.includes(key))
    throw new InvalidInput(field, `${key} is no module: it hangs on records and follows them.`, {
      requirement: "SH-08",
    });
  if (key === FORECASTS)
    throw new InvalidInput(field, `${key} is built in: every organisation has it already.`, {
      requirement: "SH-09",
    });
  return key;
}
