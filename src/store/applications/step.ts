import { Forbidden, InvalidInput } from "../../kernel/fault.ts";
import {
  type Application,
  type ApplicationAction,
  type AssignmentValues,
  CRM,
} from "../../policy/model/application.ts";
import type { User } from "../../policy/model/org.ts";
import { availableApplicationActions } from "../../policy/rights/applications.ts";
import { admitCapability } from "../core/admit.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";
import type { AssignmentRow } from "../directory/applications.ts";
import { admitUserChange, type ReadUserChange, shownOf } from "../people/user-change.ts";
import { admitToProfile } from "../profiles/admit.ts";
import { type AdmittedMove, admitMove } from "../profiles/place.ts";
import { personNow, type Standing, withPerson } from "./standing.ts";
import type { ReadValues } from "./values.ts";

/** One application of one person, and what is to become of it. */
export type Step = {
  /** Where the person and where the application stand in the input. */
  readonly userPlace: string;
  readonly place: string;
  readonly user: User;
  readonly application: Application;
  /** Null: the person does not have it. */
  readonly before: Assigned | null;
  readonly action: ApplicationAction | "ASSIGN";
  /** Null: nothing is answered, as when it is switched off. */
  readonly values: ReadValues | null;
  /** The person comes back by it, also with what they did not have before (UA-50). */
  readonly isReturn?: true;
};

/** An assignment as its row has it. */
export type Assigned = { readonly isEnabled: boolean; readonly values: AssignmentValues };

/** A step that may be made, and how the organisation stands after it. Only judging makes one. */
export type JudgedStep = {
  readonly step: Step;
  readonly after: Assigned | null;
  /** What becomes of the person's place; null: nothing. */
  readonly moved: { readonly read: ReadUserChange; readonly move: AdmittedMove } | null;
  /** Whether somebody who was deactivated comes back by it (UA-50). */
  readonly isReturn: boolean;
  readonly standing: Standing;
  readonly [judged]: true;
};
declare const judged: unique symbol;

export function assignedIn(row: AssignmentRow | undefined): Assigned | null {
  return row === undefined
    ? null
    : { isEnabled: row.isEnabled, values: Object(row.values) as AssignmentValues };
}

/**
 * Judges a step: who may make it, whether it is possible now, and whether there is a seat for it.
 *
 * @throws {Forbidden} for one's own CRM and the super administrator's, and for a place that is not the viewer's to give.
 * @throws {InvalidInput} `ACTION_NOT_AVAILABLE` (UA-40, UA-41), `NO_SEAT` (UA-10, UA-12), and as `updateUser` refuses a
 * place.
 */
export function judgeStep(standing: Standing, step: Step): JudgedStep {
  const user = personNow(standing, step.user);
  const now = { ...step, user };
  admitToPerson(standing.viewer, now);
  const read = readPlace(now);
  if (read !== null) admitGivenPlace(standing.viewer, now, read);
  requireAvailable(now);
  const move = read === null ? null : admitUserChange(standing.viewer, valuesOf(step), read, standing.people);

  const after = assignedAfter(now);
  const isReturn = user.status === "INACTIVE";
  const person: User = {
    ...user,
    ...read?.after,
    ...(isReturn ? { status: statusOnReturn(user), applications: NONE, seatlessApplications: NONE } : {}),
  };
  return {
    step: now,
    after,
    moved: read === null || move === null ? null : { read, move },
    isReturn,
    standing: withPerson(standing, step.userPlace, user, withAssigned(person, step.application, after)),
  } as JudgedStep;
}

/** What somebody is who was deactivated and is brought back: who never accepted an invitation is invited anew (UA-43). */
export function statusOnReturn({ neverAccepted }: User): "ACTIVE" | "PENDING" {
  return neverAccepted ? "PENDING" : "ACTIVE";
}

const NONE: ReadonlySet<string> = new Set();

/** Where the answers stand in the input. */
function valuesOf({ place }: Step): string {
  return `${place}.values`;
}

/**
 * CRM gives record access: one's own, the super administrator's, and that of whoever has the Administrator profile, are
 * for holders of `MANAGE_ADMIN_PERMISSIONS` (UA-31, SH-60, CA-02). Who was deactivated comes back by an administrator alone (UA-43).
 *
 * @throws {Forbidden}
 */
function admitToPerson(viewer: Viewer, { user, application }: Step): void {
  if (user.status === "INACTIVE") admitCapability(viewer, "MANAGE_ADMIN_PERMISSIONS");
  if (application.key !== CRM || viewerHolds(viewer, "MANAGE_ADMIN_PERMISSIONS")) return;
  if (user.id === viewer.user.id)
    throw new Forbidden("One's own CRM is for holders of the capability MANAGE_ADMIN_PERMISSIONS.", "UA-31");
  if (user.id === viewer.policy.org.superAdminId)
    throw new Forbidden(
      "The super administrator's CRM is for holders of the capability MANAGE_ADMIN_PERMISSIONS.",
      "SH-60",
    );
  const profile = user.profileId === null ? undefined : viewer.policy.profiles.get(user.profileId);
  if (profile !== undefined) admitToProfile(viewer, profile);
}

function readPlace({ user, values }: Step): ReadUserChange | null {
  if (values === null || Object.keys(values.place).length === 0) return null;
  const after = { ...shownOf(user), ...values.place };
  return { user, after, newProfile: after.profileId === user.profileId ? null : values.profile };
}

/**
 * Who has CRM not yet, or not on, is given the whole place by it, the same as before included (UA-31).
 *
 * @throws {Forbidden}
 */
function admitGivenPlace(viewer: Viewer, { user, before, values }: Step, { after }: ReadUserChange): void {
  const isGiven = before === null || !before.isEnabled || user.status === "INACTIVE";
  const from = isGiven ? { ...user, roleId: null, profileId: null, reportsToId: null } : user;
  const { roleId, reportsToId } = after;
  admitMove(viewer, [from], {
    roleId,
    reportsToId,
    ...(values?.profile == null ? {} : { profile: values.profile }),
  });
}

/** @throws {InvalidInput} `ACTION_NOT_AVAILABLE` naming application, status and what is available. */
function requireAvailable({ user, application, before, action, place, isReturn }: Step): void {
  const isNew = before === null;
  // Of several that come back together the first has made them somebody else than who was deactivated.
  const status = isReturn === true ? "INACTIVE" : user.status;
  const available = isNew ? [] : availableApplicationActions(application, status, before.isEnabled);
  const isWorking = user.status === "PENDING" || user.status === "ACTIVE" || isReturn === true;
  if (action === "ASSIGN" ? isNew && isWorking : available.includes(action)) return;
  const state = isNew ? "is not assigned" : before.isEnabled ? "is on" : "is off";
  const possible = isNew && isWorking ? ["ASSIGN"] : available;
  const told = possible.length === 0 ? "nothing is available" : `available: ${possible.join(", ")}`;
  throw new InvalidInput(
    `${place}.application`,
    `${application.name} ${state} for ${user.name}, who is ${user.status}; ${told}.`,
    {
      code: "ACTION_NOT_AVAILABLE",
      requirement: user.status === "INACTIVE" ? "UA-43" : "UA-40",
      details: { application: application.key, status: user.status, available: possible },
    },
  );
}

function assignedAfter({ action, before, values }: Step): Assigned | null {
  switch (action) {
    case "ASSIGN":
    case "ENABLE":
      return { isEnabled: true, values: values?.own ?? {} };
    case "EDIT":
      return { isEnabled: before?.isEnabled ?? false, values: values?.own ?? {} };
    case "DISABLE":
      return { isEnabled: false, values: before?.values ?? {} };
    case "UNASSIGN":
      return null;
  }
}

function withAssigned(user: User, { key, seatlessBy }: Application, assigned: Assigned | null): User {
  const applications = new Set(user.applications);
  const seatlessApplications = new Set(user.seatlessApplications);
  applications.delete(key);
  seatlessApplications.delete(key);
  if (assigned?.isEnabled) {
    applications.add(key);
    if (seatlessBy !== null && assigned.values[seatlessBy] === true) seatlessApplications.add(key);
  }
  return { ...user, applications, seatlessApplications };
}
