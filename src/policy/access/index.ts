import type { Question } from "../model/policy.ts";
import { administrators } from "./administrators.ts";
import { forecastManager } from "./forecast-manager.ts";
import { hierarchy } from "./hierarchy.ts";
import type { Grant, Kind } from "./kind.ts";
import { organizationDefault } from "./organization-default.ts";
import { ownership } from "./ownership.ts";
import { peers } from "./peers.ts";
import { recordShare } from "./record-share.ts";
import { sharingRule } from "./sharing-rule.ts";
import { teamRole } from "./team-role.ts";

/** Every kind of access, in the order in which an explanation names them. Only this file knows them all (EN-03). */
export const KINDS: readonly Kind[] = [
  ownership,
  administrators,
  organizationDefault,
  hierarchy,
  peers,
  forecastManager,
  sharingRule,
  recordShare,
  teamRole,
];

/** What every kind adds for the question. Gates are not asked here. */
export function* grantsOf(question: Question): Iterable<Grant> {
  for (const kind of KINDS) yield* kind.grants(question);
}
