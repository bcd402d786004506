import { CAPABILITIES, HELD_BY_STANDARD, HELD_BY_TEAM_USER } from "../../oracle/capabilities.ts";
import type { Permission } from "../../oracle/file.ts";
import { holds } from "../../oracle/oracle.ts";
import { isAgent } from "../../oracle/support.ts";
import { type Facts, rowOf } from "../facts.ts";

/** What of a profile decides who may give it. */
export type GivenProfile = {
  readonly kind: "ADMINISTRATOR" | "STANDARD" | "TEAM_USER" | "CUSTOM";
  /** The list of its own. */
  readonly capabilities: unknown;
  readonly modules: readonly { readonly moduleId: string; readonly permissions: unknown }[];
};

/**
 * CA-02, SA-07: the administrator's profile is for holders of `MANAGE_ADMIN_PERMISSIONS`; nobody gives a capability
 * that they do not hold; support gives no permission behind which a capability is denied to it.
 */
export function mayGiveProfile(
  facts: Facts,
  as: string,
  before: GivenProfile | null,
  after: GivenProfile,
): boolean {
  const { file, now } = facts;
  const isForAdministrators = before?.kind === "ADMINISTRATOR" || after.kind === "ADMINISTRATOR";
  if (isForAdministrators && !holds(file, as, "MANAGE_ADMIN_PERMISSIONS", now)) return false;
  if (after.kind === "ADMINISTRATOR") return true;
  const had = before === null ? [] : capabilitiesIn(before);
  const given = capabilitiesIn(after).filter((each) => !had.includes(each));
  if (!given.every((each) => holds(file, as, each, now))) return false;
  return !isAgent(file, as) || givesWithSupport(facts, as, before, after);
}

/** SA-07: what is denied to support is not support's to take away (D01, D06, D12). */
export function takesDenied(
  { file, now }: Facts,
  as: string,
  before: GivenProfile,
  after: GivenProfile,
): boolean {
  const left = capabilitiesIn(after);
  return (
    isAgent(file, as) &&
    capabilitiesIn(before).some((each) => !left.includes(each) && !holds(file, as, each, now))
  );
}

function givesWithSupport(
  { rows, file, now }: Facts,
  as: string,
  before: GivenProfile | null,
  after: GivenProfile,
): boolean {
  return rows.modules
    .filter(({ kind }) => kind === "ORGANIZATION")
    .every(({ id }) => {
      const had = before === null ? [] : permissionsIn(before, id);
      return permissionsIn(after, id)
        .filter((each) => !had.includes(each))
        .every((each) => BEHIND[each] === undefined || holds(file, as, BEHIND[each], now));
    });
}

const BEHIND: { readonly [Name in Permission]?: string } = {
  DELETE: "RECORD_DELETE",
  MASS_DELETE: "RECORD_DELETE",
  EXPORT: "EXPORT_DATA",
};

export function capabilitiesIn({ kind, capabilities }: GivenProfile): readonly string[] {
  const listed = capabilities as readonly string[] | null;
  switch (kind) {
    case "ADMINISTRATOR":
      return CAPABILITIES;
    case "STANDARD":
      return listed ?? HELD_BY_STANDARD;
    case "TEAM_USER":
      return HELD_BY_TEAM_USER.filter((each) => !BY_TEAM_ROLE.includes(each));
    case "CUSTOM":
      return listed ?? [];
  }
}

/** What a team user holds only by what they are in a team module. */
const BY_TEAM_ROLE = ["RECORD_DELETE", "SEND_EMAIL", "MASS_EMAIL"];

const ALL: readonly Permission[] = [
  ...(["VIEW", "CREATE", "EDIT", "DELETE", "SHARE", "CHANGE_OWNER"] as const),
  ...(["IMPORT", "EXPORT", "MASS_UPDATE", "MASS_DELETE"] as const),
];

export function permissionsIn({ kind, modules }: GivenProfile, moduleId: string): readonly Permission[] {
  if (kind === "ADMINISTRATOR") return ALL;
  // What team users may do is no matter of their profile (TU-11, TU-12).
  if (kind === "TEAM_USER") return [];
  const listed = modules.find((each) => each.moduleId === moduleId)?.permissions as Permission[] | undefined;
  return listed ?? (kind === "STANDARD" ? ALL : []);
}

/** AP-23: with `MANAGE_PROFILES` any, without it one's own. */
export function readsProfile(facts: Facts, as: string, profileId: string): boolean {
  const { rows, file, now } = facts;
  if (holds(file, as, "MANAGE_PROFILES", now)) return true;
  return rowOf(rows.users, rows.users.find(({ email }) => email === as)?.id).profileId === profileId;
}
