import { asId } from "../../../kernel/id.ts";
import { type Viewer, viewerHolds } from "../../core/viewer.ts";
import { seesDetails } from "../../directory/users.ts";
import { accessTo } from "../../records/find.ts";
import { readsAll } from "../scope/readers.ts";
import type { TargetType } from "../scope/row.ts";
import type { Standing } from "./target.ts";

/** About whom or what an event tells something. */
type Told = { readonly id: string; readonly standing: Standing };
type Guard = (viewer: Viewer, told: Told) => boolean | Promise<boolean>;

const all: Guard = () => true;
const managesProfiles: Guard = (viewer) => viewerHolds(viewer, "MANAGE_PROFILES");
const managesUsers: Guard = (viewer) => viewerHolds(viewer, "MANAGE_USERS");
const managesOrganization: Guard = (viewer) => viewerHolds(viewer, "MANAGE_ORGANIZATION");

/** Shares are for those who may share the record; of one that is gone, for who is told of it at all (SH-42). */
const shares: Guard = async (viewer, { id, standing }) =>
  standing.kind === "GONE" || (await accessTo(viewer, asId(id))).SHARE;

const details: Guard = (viewer, { id }) => {
  const user = viewer.policy.users.get(asId(id));
  return user !== undefined && seesDetails(viewer, user);
};
const ownOrManagesProfiles: Guard = (viewer, { id }) =>
  id === viewer.user.id || viewerHolds(viewer, "MANAGE_PROFILES");

/**
 * What an event tells of a target that the viewer may read, member by member: those that need more than reading it
 * (AP-23). What is named nowhere is told to nobody, until somebody says to whom.
 */
const GUARDS: Readonly<Partial<Record<TargetType, Readonly<Record<string, Guard>>>>> = {
  Record: {
    ...each(all, "moduleId", "name", "key", "ownerId", "values"),
    ...each(shares, "shares", "shareId", "party", "level", "expiresAt"),
  },
  SharingRule: each(
    all,
    ...["key", "name", "moduleId", "source", "criteria", "target", "level", "includeSuperiors", "status"],
    ...["expiresAt", "isBroken", "generation", "records", "isReadable"],
  ),
  Profile: each(all, "key", "name", "capabilities", "permissions"),
  Role: each(all, "key", "name", "parentId", "shareDataWithPeers", "forecastManagerId"),
  Group: each(all, "key", "name", "members"),
  Module: {
    ...each(all, "key", "label", "kind", "defaultAccess", "isOpenToTeam", "fields", "moduleId", "fieldOrder"),
    profiles: managesProfiles,
    members: managesUsers,
  },
  Field: each(
    all,
    ...["key", "label", "type", "isRequired", "options", "lookupModuleId", "moduleId", "fillWith"],
  ),
  User: {
    ...each(all, "name", "roleId", "status", "isAdministrator", "mutation", "code", "field", "followed"),
    // Of what the support agent read; which records, each reader is told of those in reach.
    ...each(all, "operation", "rootFields", "records"),
    ...each(details, "reportsToId", "email", "license", "applications", "teamRoles", "neverAccepted"),
    // Of an application of theirs.
    ...each(details, "application", "isEnabled", "values"),
    ...each(managesUsers, "toId", "modules", "scope"),
    profileId: ownOrManagesProfiles,
  },
  SupportAccess: each(
    all,
    "agentId",
    "grantedAt",
    "expiresOn",
    "expiresAt",
    "reason",
    "extraDenials",
    "revokedAt",
  ),
  Application: each(all, "key", "name", "fields", "administrators", "takesSeat", "seatlessBy", "actions"),
  Organization: {
    ...each(all, "version"),
    ...each((viewer) => readsAll(viewer), "upTo", "events"),
    ...each(
      managesOrganization,
      ...["key", "name", "timeZone", "edition", "hierarchy", "superAdminId", "regular", "team"],
      ...["language", "longestSupportDays", "applications", "supportAccess"],
      ...["organization", "roles", "profiles", "users", "groups", "modules", "fields", "sharingRules"],
      ...["records", "shares"],
    ),
  },
};

function each(guard: Guard, ...members: readonly string[]): Readonly<Record<string, Guard>> {
  return Object.fromEntries(members.map((member) => [member, guard]));
}

/** Whether the viewer may know what an event tells under this name. */
export async function mayKnow(
  viewer: Viewer,
  type: string | null,
  told: Told,
  member: string,
): Promise<boolean> {
  const guards = type === null ? undefined : GUARDS[type as TargetType];
  const guard = guards !== undefined && Object.hasOwn(guards, member) ? guards[member] : undefined;
  return guard === undefined ? false : guard(viewer, told);
}
