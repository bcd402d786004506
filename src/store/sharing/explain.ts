import { NotFound } from "../../kernel/fault.ts";
import type { RecordId, UserId } from "../../kernel/id.ts";
import { isLive } from "../../kernel/instant.ts";
import type { Path } from "../../policy/access/kind.ts";
import { type Explanation, explain } from "../../policy/ask/explain.ts";
import type { Action } from "../../policy/model/org.ts";
import { judgedRecords } from "../core/judged.ts";
import { type Viewer, viewerHolds, viewerOf } from "../core/viewer.ts";
import { managerOf } from "../directory/users.ts";
import { recordRows } from "../records/row.ts";
import { readShares, type ShareRow } from "./share-row.ts";

/** A path of an explanation, with the record share behind it where it is one. */
export type ExplainedPath = Path & { readonly share: ShareRow | null };
export type AccessExplanation = Omit<Explanation, "paths"> & { readonly paths: readonly ExplainedPath[] };

/**
 * Why the viewer, or another user, may or may not do something with a record (SH-70).
 *
 * About oneself, a record out of reach answers like one that does not exist: null. About others the viewer must read
 * the record and hold `VIEW_ACCESS` (AP-23).
 *
 * @throws {NotFound} when the viewer may not ask, or the user is none of the organisation's members.
 */
export async function explainAccess(
  viewer: Viewer,
  recordId: RecordId,
  action: Action,
  userId: UserId | null,
): Promise<AccessExplanation | null> {
  const row = await recordRows(viewer).load(recordId);
  if (userId === null || userId === viewer.user.id) {
    return row === null ? null : shownTo(viewer, await explainTo(viewer, recordId, row.name, action));
  }
  const user = viewer.policy.users.get(userId);
  if (
    row === null ||
    user === undefined ||
    user.license === "SUPPORT" ||
    !viewerHolds(viewer, "VIEW_ACCESS")
  ) {
    throw new NotFound("record");
  }
  const asked = viewerOf(viewer.store, viewer.policy, user, viewer.now);
  return shownTo(viewer, await explainTo(asked, recordId, row.name, action));
}

/**
 * The explanation as far as the viewer may be told it: of those between a superior and the owner, who are there because
 * somebody reports to them, those whose report the viewer may see with whom they report to (AP-23).
 */
function shownTo(viewer: Viewer, explanation: AccessExplanation | null): AccessExplanation | null {
  if (explanation === null) return null;
  const paths = explanation.paths.map((path): ExplainedPath => {
    const { chain } = path;
    if (chain === undefined) return path;
    const shown = chain.filter((_, at) => {
      const below = chain[at + 1];
      return at === 0 || below === undefined || managerOf(viewer, below) !== null;
    });
    return { ...path, chain: shown, rolePath: shown.map(({ name }) => name) };
  });
  return { ...explanation, paths };
}

/**
 * Explains for the user of `viewer`, asked by nobody in particular: for those who were allowed to ask, and for the
 * tests of an organisation file.
 */
export async function explainTo(
  viewer: Viewer,
  recordId: RecordId,
  name: string,
  action: Action,
): Promise<AccessExplanation | null> {
  const judged = await judgedRecords(viewer).load(recordId);
  if (judged === null) return null;
  const explanation = explain(viewer.policy, viewer.user, action, { judged, name }, viewer.now);
  const hasShare = explanation.paths.some((path) => path.kind === "RECORD_SHARE");
  const shares = hasShare ? ((await readShares(viewer, [recordId])).get(recordId) ?? []) : [];
  const live = shares.filter((share) => isLive(share.expiresAt, viewer.now));
  const paths = explanation.paths.map((path) => withShare(path, live));
  return { ...explanation, paths };
}

function withShare(path: Path, shares: readonly ShareRow[]): ExplainedPath {
  const share =
    path.kind === "RECORD_SHARE" ? (shares.find((each) => each.party === path.key) ?? null) : null;
  return { ...path, share, level: share?.level ?? path.level };
}
