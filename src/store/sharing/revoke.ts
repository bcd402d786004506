import { Forbidden } from "../../kernel/fault.ts";
import type { ModuleId, RecordId } from "../../kernel/id.ts";
import { refusalsOf } from "../../policy/gate/index.ts";
import { partyKey } from "../../policy/model/grant-key.ts";
import type { Module, Party } from "../../policy/model/org.ts";
import { questionsOf } from "../../policy/model/policy.ts";
import type { RecordPlace } from "../core/admit.ts";
import type { Happening } from "../core/audit-event.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, writeAmong } from "../core/write.ts";
import { moduleNamed } from "../directory/modules.ts";
import { partyNamed } from "../directory/party-named.ts";
import { readSharesWith, recordsSharedWith } from "./share-row.ts";
import { unshared } from "./unshare.ts";
import { removeSharesWith } from "./write-share.ts";

const BATCH = 500;

export type WantedRevocation = {
  /** By ids that nobody has looked up yet. */
  readonly recipient: Party;
  /** The key of a module; null for all of them. */
  readonly module: string | null;
};

/**
 * Revokes everything shared with a party, on the records that the viewer may share now (SH-45): shares whose
 * recipient is that very party, not those that its members have through others. All at once; an event for each.
 *
 * @returns how many shares are gone. Those on records out of reach stay, and are not counted.
 */
export function revokeShares(
  viewer: Viewer,
  wanted: WantedRevocation,
): Promise<{ readonly revokedShares: number }> {
  return writeAmong(viewer, "revokeShares", {
    read: ({ viewer }) => {
      const module = wanted.module === null ? null : moduleNamed(viewer, "input.module", wanted.module);
      const party = partyKey(partyNamed(viewer, "input.with", wanted.recipient));
      return { party, moduleIds: openModules(viewer, module) };
    },
    change: async (writing, { party, moduleIds }, admitted) => {
      const happened: Happening[] = [];
      // In the order of records, as everybody locks them: nobody waits for somebody who waits.
      for (let after: RecordId | null = null; ; ) {
        writing.viewer.request.signal?.throwIfAborted();
        const page = { party, moduleIds, after, limit: BATCH };
        const ids: readonly RecordId[] = await recordsSharedWith(writing.viewer, page);
        happened.push(...(await revokeOn(writing, party, await admitted(ids))));
        after = ids.at(-1) ?? null;
        if (ids.length < BATCH) break;
      }
      return { result: { revokedShares: happened.length }, happened };
    },
  });
}

/** Revokes what is shared with the party of records that the viewer may share. */
async function revokeOn(
  writing: Writing,
  party: string,
  records: readonly RecordPlace[],
): Promise<readonly Happening[]> {
  if (records.length === 0) return [];
  const ids = records.map((record) => record.id);
  const shares = await readSharesWith(writing.viewer, party, ids);
  await removeSharesWith(writing, party, ids);
  return shares.map(unshared);
}

/** The modules in which the viewer may share at all. @throws {Forbidden} when the gates leave none. */
function openModules(viewer: Viewer, module: Module | null): readonly ModuleId[] {
  const ask = questionsOf(viewer.policy, viewer.user, viewer.now);
  const modules = module === null ? viewer.policy.org.modules : [module];
  const open = modules.filter((each) => refusalsOf(ask(each, "SHARE")).length === 0);
  if (open.length > 0) return open.map((each) => each.id);
  const [gate] = module === null ? [] : refusalsOf(ask(module, "SHARE"));
  throw new Forbidden(
    gate?.sentence ?? "There is no module in which you may share.",
    gate?.requirement ?? null,
  );
}
