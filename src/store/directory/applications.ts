import { few, oneOf } from "../../database/parts.ts";
import { toGlobalId } from "../../kernel/global-id.ts";
import type { ApplicationId, UserId } from "../../kernel/id.ts";
import {
  type Application,
  type ApplicationAction,
  type ApplicationField,
  type AssignmentValues,
  CRM,
} from "../../policy/model/application.ts";
import type { User } from "../../policy/model/org.ts";
import { administers, availableApplicationActions } from "../../policy/rights/applications.ts";
import { loaderOf } from "../core/loaders.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";
import { profileOf } from "./profiles.ts";
import { byName, sortedOnce } from "./sorted.ts";
import { managerOf, roleOf, seesDetails } from "./users.ts";

/** One application that somebody has, on or off. */
export type Assignment = {
  readonly user: User;
  readonly application: Application;
  readonly isEnabled: boolean;
  /** What stands with the assignment; what CRM asks stands at the person. */
  readonly ownValues: AssignmentValues;
};

/** The applications that the viewer administers, in the organisation's order: others are not offered (UA-01, AP-23). */
export function listApplications(viewer: Viewer): readonly Application[] {
  return viewer.policy.org.applications.filter((each) => viewerAdministers(viewer, each));
}

/** An application that the viewer administers; null for others. */
export function findApplication(viewer: Viewer, id: ApplicationId): Application | null {
  const application = viewer.policy.applications.get(id);
  return application !== undefined && viewerAdministers(viewer, application) ? application : null;
}

/** The same by its key. */
export function findApplicationByKey(viewer: Viewer, key: string): Application | null {
  const application = viewer.policy.applicationsByKey.get(key);
  return application !== undefined && viewerAdministers(viewer, application) ? application : null;
}

export function viewerAdministers({ policy, user }: Viewer, application: Application): boolean {
  return administers(policy, user, application);
}

/**
 * The applications of a person, on and off, in the organisation's order: for that person and holders of `MANAGE_USERS`;
 * null for others. One statement for all people of a page.
 */
export async function assignmentsOf(viewer: Viewer, user: User): Promise<readonly Assignment[] | null> {
  if (!seesDetails(viewer, user)) return null;
  const rows = (await assignmentRows(viewer).load(user.id)) ?? [];
  return viewer.policy.org.applications.flatMap((application) => {
    const row = rows.find((each) => each.application === application.key);
    return row === undefined ? [] : assignmentIn(user, application, row);
  });
}

/** The rows of some people, as they are now; nobody who has none. */
export const assignmentRows = loaderOf<UserId, readonly AssignmentRow[]>(
  async ({ store, orgId }, userIds) => {
    const rows = await store.database.reader.applicationAssignment.findMany({
      where: { orgId, userId: oneOf(few(userIds)) },
    });
    return new Map([...Map.groupBy(rows, ({ userId }) => userId as UserId)]);
  },
);

export type AssignmentRow = {
  readonly application: string;
  readonly isEnabled: boolean;
  readonly values: unknown;
};

export function assignmentIn(
  user: User,
  application: Application,
  { isEnabled, values }: AssignmentRow,
): Assignment {
  return { user, application, isEnabled, ownValues: Object(values) as AssignmentValues };
}

/** The values of all fields as the viewer sees them, by key: those of a place as global ids; what is empty is absent. */
export function valuesOf(viewer: Viewer, { user, application, ownValues }: Assignment): AssignmentValues {
  const values: Record<string, string | boolean> = {};
  for (const field of application.fields) {
    const value = shownValue(viewer, user, field, ownValues);
    if (value !== null) values[field.key] = value;
  }
  return values;
}

function shownValue(
  viewer: Viewer,
  user: User,
  { key, type }: ApplicationField,
  own: AssignmentValues,
): string | boolean | null {
  switch (type) {
    case "ROLE":
      return globalId("Role", roleOf(viewer, user));
    case "PROFILE":
      return globalId("Profile", profileOf(viewer, user));
    case "MANAGER":
      return globalId("User", managerOf(viewer, user));
    case "TEXT":
    case "OPTION":
    case "BOOLEAN":
      return Object.hasOwn(own, key) ? (own[key] ?? null) : null;
  }
}

function globalId(noun: "Role" | "Profile" | "User", row: { readonly id: string } | null): string | null {
  return row && toGlobalId(noun, row.id);
}

/**
 * What the viewer may do with somebody's application now (UA-40): nothing without administering it and `MANAGE_USERS`;
 * with one of a person who was deactivated only what the suite's administrators do (UA-43).
 */
export function assignmentActions(
  viewer: Viewer,
  { user, application, isEnabled }: Assignment,
): readonly ApplicationAction[] {
  if (!viewerHolds(viewer, "MANAGE_USERS") || !viewerAdministers(viewer, application)) return [];
  if (user.status === "INACTIVE" && !viewerHolds(viewer, "MANAGE_ADMIN_PERMISSIONS")) return [];
  const { org, profiles } = viewer.policy;
  const isAdministrator = user.profileId !== null && profiles.get(user.profileId)?.kind === "ADMINISTRATOR";
  const isGuarded = isAdministrator || user.id === viewer.user.id || user.id === org.superAdminId;
  // One's own CRM, and that of administrators, are for holders of the capability alone (UA-31, SH-60, CA-02).
  if (isGuarded && application.key === CRM && !viewerHolds(viewer, "MANAGE_ADMIN_PERMISSIONS")) return [];
  return availableApplicationActions(application, user.status, isEnabled);
}

/** Who has the application on, by name: for those who administer it; null for others. */
export function usersOf(viewer: Viewer, application: Application): readonly User[] | null {
  if (!viewerAdministers(viewer, application)) return null;
  return sortedOnce(viewer.policy, "users of application", application.key, () =>
    byName(
      viewer.policy.org.users.filter(
        ({ license, status, applications }) =>
          license !== "SUPPORT" && status !== "DELETED" && applications.has(application.key),
      ),
    ),
  );
}
