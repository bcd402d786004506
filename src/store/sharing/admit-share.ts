import { Forbidden, InvalidInput } from "../../kernel/fault.ts";
import { type Instant, isLive } from "../../kernel/instant.ts";
import type { Path } from "../../policy/access/kind.ts";
import { may } from "../../policy/ask/ability.ts";
import { alreadyVisible, type IntendedShare } from "../../policy/ask/already-visible.ts";
import { refusalsOf } from "../../policy/gate/index.ts";
import { type Action, FORECASTS, type Module, type ShareLevel, type User } from "../../policy/model/org.ts";
import { questionsOf } from "../../policy/model/policy.ts";
import { SHARE_GIVES } from "../../policy/rights/share-level.ts";
import { judgedRecords } from "../core/judged.ts";
import { type Viewer, viewerHolds, viewerOf } from "../core/viewer.ts";
import type { RecordRow } from "../records/row.ts";
import { seesRules } from "./rules.ts";

/** @throws {InvalidInput} for an end that is not ahead: such a share would be void from the beginning (SH-41). */
export function requireAhead(viewer: Viewer, field: string, expiresAt: Instant | null): void {
  if (isLive(expiresAt, viewer.now)) return;
  throw new InvalidInput(field, "A share ends later than now.", { requirement: "SH-41" });
}

/** @throws {InvalidInput} for `forecasts`, whose records are always private (SH-09). */
export function requireSharable(field: string, module: Module): void {
  if (module.key !== FORECASTS) return;
  throw new InvalidInput(field, `Records of ${module.label} cannot be shared.`, { requirement: "SH-09" });
}

/** Admits who may do each action of the level on the record now (SH-42). @throws {Forbidden} */
export async function admitLevel(viewer: Viewer, record: RecordRow, level: ShareLevel): Promise<void> {
  const judged = await judgedRecords(viewer).load(record.id);
  const missing = SHARE_GIVES[level].filter(
    (action) => judged === null || !may(viewer.ability, action, judged),
  );
  if (missing.length === 0) return;
  throw new Forbidden(
    `${level} gives ${missing.join(" and ")}, which you may not do with this record yourself.`,
    "SH-42",
  );
}

/** @throws {InvalidInput} for a user who could not read a record of the module, whatever was shared (SH-43). */
export function requireRecipient(viewer: Viewer, field: string, user: User, module: Module): void {
  const refusals = refusalsOf(questionsOf(viewer.policy, user, viewer.now)(module, "READ"));
  if (refusals.length === 0) return;
  // Whose status it is everybody reads; which profile or application is missing is not the sharer's business.
  const why = user.status === "ACTIVE" ? `does not see ${module.label}` : "is not active";
  throw new InvalidInput(field, `${user.name} ${why}.`, { requirement: "SH-43" });
}

/**
 * @throws {InvalidInput} `ALREADY_VISIBLE` when the share would add nothing for the user (SH-43), with the paths in
 * `details.path` as far as the viewer may know them.
 */
export async function requireNews(
  viewer: Viewer,
  field: string,
  user: User,
  record: RecordRow,
  share: IntendedShare,
): Promise<void> {
  const recipient = viewerOf(viewer.store, viewer.policy, user, viewer.now);
  const judged = await judgedRecords(recipient).load(record.id);
  if (judged === null) return;
  const visible = alreadyVisible(viewer.policy, user, { judged, name: record.name }, share);
  if (visible === null) return;
  const path = sentenceFor(viewer, visible);
  throw new InvalidInput(field, `${user.name} has everything already that ${share.level} would give.`, {
    code: "ALREADY_VISIBLE",
    requirement: "SH-43",
    details: path === null ? {} : { path },
  });
}

/** One path for each action, each path once; null unless the viewer may know one for every action. */
function sentenceFor(viewer: Viewer, visible: ReadonlyMap<Action, readonly Path[]>): string | null {
  const known = [...visible.values()].map((paths) => paths.find((path) => mayKnow(viewer, path)));
  if (known.includes(undefined)) return null;
  return [...new Set(known.map((path) => path?.sentence))].join(" ");
}

/**
 * Whether somebody who may share the record may know of the path. A rule is for those who read rules, and a
 * capability is part of a profile; both are for those, too, who may ask why others may (AP-23).
 */
function mayKnow(viewer: Viewer, path: Path): boolean {
  switch (path.kind) {
    case "SHARING_RULE":
      return seesRules(viewer) || viewerHolds(viewer, "VIEW_ACCESS");
    case "ADMINISTRATOR":
      return viewerHolds(viewer, "VIEW_ACCESS");
    case "OWNERSHIP":
    case "ORGANIZATION_DEFAULT":
    case "HIERARCHY":
    case "PEERS":
    case "FORECAST_MANAGER":
    case "RECORD_SHARE":
    case "TEAM_ROLE":
      return true;
  }
}
