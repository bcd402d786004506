import type { ModuleId } from "../../kernel/id.ts";
import type { Module } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { readNewName } from "../directory/input.ts";
import { reachedModule, readKept } from "../directory/reached-module.ts";
import { moduleContent } from "./content.ts";
import { requireOpenable, requireRoomForTeam } from "./open-to-team.ts";

export type ModuleChange = {
  readonly moduleId: ModuleId;
  /** Undefined leaves it. */
  readonly label: string | null | undefined;
  /** Whether team users read it (TU-10); undefined leaves it. */
  readonly isOpenToTeam: boolean | null | undefined;
};

/** Changes what a module is called, and whether team users read it. Its records are not touched. */
export function updateModule(
  viewer: Viewer,
  { moduleId, ...change }: ModuleChange,
): Promise<{ readonly moduleId: ModuleId }> {
  return write(viewer, "updateModule", {
    read: ({ viewer }) => {
      const label = readNewName("input.label", change.label);
      const wanted = readKept<boolean | undefined>("input.isOpenToTeam", change.isOpenToTeam, undefined);
      const before = reachedModule(viewer, "input.id", moduleId);
      const after: Module = {
        ...before,
        label: label ?? before.label,
        isOpenToTeam: wanted ?? before.isOpenToTeam,
      };
      if (wanted === true) requireOpenable("input.isOpenToTeam", before);
      return { before, after };
    },
    change: async ({ tx, viewer }, { before, after }) => {
      const { orgId } = viewer;
      if (after.isOpenToTeam && !before.isOpenToTeam) requireRoomForTeam(viewer, "input.isOpenToTeam");

      await tx.module.update({
        where: { orgId_id: { orgId, id: moduleId } },
        data: { label: after.label, isOpenToTeam: after.isOpenToTeam },
      });
      return {
        result: { moduleId },
        happened: [
          {
            action: "UPDATE_MODULE",
            target: { type: "Module", id: moduleId },
            before: moduleContent(before),
            after: moduleContent(after),
          },
        ],
      };
    },
  });
}
