import type { UserId } from "../../../kernel/id.ts";
import type { Viewer } from "../../core/viewer.ts";
import { writeAmong } from "../../core/write.ts";
import { userNamed } from "../admit.ts";
import { admitSome, beginTransfer, type HeirPlaces, readHeir, type WantedHeir } from "./begin.ts";

export type MassOwnerChange = WantedHeir & { readonly fromId: UserId };

const PLACES: HeirPlaces = { to: "input.to", modules: "input.modules" };

/**
 * Begins to hand over what one person owns to another: any number of records, in the background, each if the asker may
 * hand it over when its turn comes (UA-64, SH-46). The one whose records they are may have left.
 *
 * @throws {Forbidden} where a gate is shut for all of the modules.
 * @throws {InvalidInput} when the other may own no records of a module (TU-33); `CONFLICT` when the asker has the very same
 * running, `LIMIT_EXCEEDED` when they have `MOST_RUNNING`.
 */
export function massChangeOwner(
  viewer: Viewer,
  { fromId, ...wanted }: MassOwnerChange,
): Promise<{ readonly transferId: string }> {
  return writeAmong(viewer, "massChangeOwner", {
    read: ({ viewer }) => ({
      from: userNamed(viewer, "input.from", fromId),
      heir: readHeir(viewer, wanted, PLACES),
    }),
    change: async (writing, { from, heir }) => {
      const admitted = admitSome(writing.viewer, heir);
      const begun = await beginTransfer(writing, { from, heir, admitted, scope: "ADMITTED", places: PLACES });
      return {
        result: { transferId: begun.transferId },
        happened: [begun.happened],
        wakes: ["TRANSFER_RECORDS"],
      };
    },
  });
}
