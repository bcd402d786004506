import { v7 } from "uuid";
import { InvalidInput } from "../../../kernel/fault.ts";
import { asId, type ModuleId, type UserId } from "../../../kernel/id.ts";
import { foldEmail, isEmail } from "../../../kernel/text.ts";
import { type Application, CRM } from "../../../policy/model/application.ts";
import { SYSTEM_PROFILES, type TeamRole, type User } from "../../../policy/model/org.ts";
import { hasTeamUsers, type SeatKind } from "../../../policy/rights/seats.ts";
import { isVendors } from "../../core/agents-address.ts";
import type { Viewer } from "../../core/viewer.ts";
import { readName } from "../../directory/input.ts";
import { moduleNamed } from "../../directory/modules.ts";
import { requireProfileFits } from "../../people/assign.ts";
import { requireManagersAboveOf } from "../../people/reporting.ts";
import { admitMove } from "../../profiles/place.ts";
import { applicationsNamed, type NewAssignment, valuesNamed } from "../assign.ts";
import { type Standing, withPerson } from "../standing.ts";
import type { Assigned } from "../step.ts";
import type { ReadValues } from "../values.ts";

/** Somebody who is to be invited. */
export type NewPerson = {
  readonly email: string;
  /** What stands before the @ of the address unless said. */
  readonly name?: string | null | undefined;
  readonly license?: SeatKind | null | undefined;
  readonly applications: readonly NewAssignment[];
  /** By the key of a team module (TU-20). */
  readonly teamModules?: readonly NewMembership[] | null | undefined;
};
export type NewMembership = { readonly module: string; readonly role: TeamRole };

/** Somebody new as an input says them, before anybody was asked whether they may come. */
export type ReadPerson = {
  readonly place: string;
  /** The input that answers what an application asks, by its place among them. */
  readonly answersAt: (at: number) => string;
  readonly email: string;
  readonly name: string;
  readonly license: SeatKind;
  readonly applications: readonly Application[];
  /** In the order of the applications; null where the viewer does not administer one. */
  readonly values: readonly (ReadValues | null)[];
  readonly teamRoles: ReadonlyMap<ModuleId, TeamRole>;
};

/** Somebody who may be invited, and how the organisation stands with them. Only judging makes one. */
export type Invitee = {
  readonly user: User & { readonly email: string };
  readonly assignments: readonly (Assigned & { readonly application: string })[];
  readonly standing: Standing;
  readonly [judged]: true;
};
declare const judged: unique symbol;

/**
 * Reads somebody new (UA-20, UA-30).
 *
 * @param answeredBy the input whose `values` answer what an application asks, by its place among them.
 * @throws {InvalidInput} and {NotFound} naming the place.
 */
export function readPerson(
  viewer: Viewer,
  place: string,
  person: NewPerson,
  answeredBy = (at: number) => `${place}.applications.${at}`,
): ReadPerson {
  const email = readEmail(`${place}.email`, person.email);
  const license = person.license ?? "REGULAR";
  const applications = applicationsNamed(viewer, place, person.applications);
  return {
    place,
    answersAt: (at) => `${answeredBy(at)}.values`,
    email,
    name: person.name == null ? nameOf(email) : readName(`${place}.name`, person.name),
    license,
    applications,
    values: applications.map((application, at) =>
      valuesNamed(viewer, answeredBy(at), application, person.applications[at]?.values, { license }),
    ),
    teamRoles: readMemberships(viewer, place, person.teamModules ?? []),
  };
}

export function readEmail(field: string, email: string): string {
  const written = email.trim();
  if (!isEmail(written))
    throw new InvalidInput(field, "Expected an email address.", { requirement: "UA-20" });
  return foldEmail(written);
}

function nameOf(email: string): string {
  return email.slice(0, email.indexOf("@"));
}

function readMemberships(
  viewer: Viewer,
  place: string,
  memberships: readonly NewMembership[],
): ReadonlyMap<ModuleId, TeamRole> {
  const roles = new Map<ModuleId, TeamRole>();
  for (const [at, { module: key, role }] of memberships.entries()) {
    const field = `${place}.teamModules.${at}.module`;
    const module = moduleNamed(viewer, field, key);
    if (module.kind !== "TEAM")
      throw new InvalidInput(field, `${module.label} is no team module.`, { requirement: "TU-20" });
    if (roles.has(module.id)) throw new InvalidInput(field, `${key} is named twice.`);
    roles.set(module.id, role);
  }
  return roles;
}

/**
 * Judges whether somebody may be invited as that: whether the viewer may give the place, whether the address is free, and
 * whether there is a seat.
 *
 * @param seq the number that they would have.
 * @throws {Forbidden} for a place that is not the viewer's to give (UA-31).
 * @throws {InvalidInput} `CONFLICT` for an address that is somebody's already (UA-22) and for a manager who would not be
 * above; `ACTION_NOT_AVAILABLE` for team users in an edition without them (TU-04), and for the profile of another
 * licence; `NO_SEAT` (UA-10).
 */
export function judgePerson(standing: Standing, read: ReadPerson, seq: number): Invitee {
  const { viewer } = standing;
  const { place, email, license } = read;
  const at = read.applications.findIndex(({ key }) => key === CRM);
  const crm = read.values[at] ?? null;
  const before: User & { readonly email: string } = { ...nobody(viewer, seq), ...personal(read), email };
  const user = { ...before, ...placed(viewer, license), ...crm?.place, email };
  if (crm !== null) {
    const { roleId, reportsToId } = user;
    const given = crm.profile === null ? {} : { profile: crm.profile };
    admitMove(viewer, [before], { roleId, reportsToId, ...given });
  }

  requireFreeEmail(standing, `${place}.email`, email);
  if (license === "TEAM" && !hasTeamUsers(viewer.policy.org.edition))
    throw new InvalidInput(`${place}.license`, "The edition has no team users.", {
      code: "ACTION_NOT_AVAILABLE",
      requirement: "TU-04",
    });
  const values = read.answersAt(at);
  if (crm?.profile != null) requireProfileFits(viewer, `${values}.profile`, before, crm.profile);
  requireManagersAboveOf(standing.people, `${values}.reportsTo`, user);
  const assignments = read.applications.map((application, index) => ({
    application: application.key,
    isEnabled: true,
    values: read.values[index]?.own ?? {},
  }));
  const seated = { ...user, ...held(read) };
  return {
    user: seated,
    assignments,
    standing: withPerson(standing, place, null, seated),
  } as unknown as Invitee;
}

function nobody({ now }: Viewer, seq: number): User {
  return {
    id: asId<"User">(v7({ msecs: now })) satisfies UserId,
    seq,
    email: null,
    addressSince: null,
    name: "",
    status: "PENDING",
    license: "REGULAR",
    roleId: null,
    profileId: null,
    reportsToId: null,
    isAdministrator: false,
    neverAccepted: false,
    isPathBehind: false,
    applications: new Set(),
    seatlessApplications: new Set(),
    teamRoles: new Map(),
    createdAt: now,
  };
}

function personal({ name, license, teamRoles }: ReadPerson) {
  return { name, license, teamRoles };
}

/** Every team user has their profile, without being asked for it (TU-07). */
function placed({ policy }: Viewer, license: SeatKind): Partial<User> {
  if (license !== "TEAM") return {};
  const profile = policy.org.profiles.find(({ kind }) => kind === SYSTEM_PROFILES["team-user"].kind);
  return { profileId: profile?.id ?? null };
}

function held({ applications, values }: ReadPerson): Pick<User, "applications" | "seatlessApplications"> {
  const isSeatless = ({ seatlessBy }: Application, at: number) =>
    seatlessBy !== null && values[at]?.own[seatlessBy] === true;
  return {
    applications: new Set(applications.map(({ key }) => key)),
    seatlessApplications: new Set(applications.filter(isSeatless).map(({ key }) => key)),
  };
}

/** @throws {InvalidInput} `CONFLICT` when somebody of the organisation has the address, or is about to (UA-22). */
function requireFreeEmail({ viewer, addresses }: Standing, field: string, email: string): void {
  const isSomebodys = viewer.policy.usersByEmail.get(email) !== undefined;
  if (!isSomebodys && !isVendors(viewer, email) && !addresses.has(email)) return;
  throw new InvalidInput(field, `${email} is the address of somebody already.`, {
    code: "CONFLICT",
    requirement: "UA-22",
  });
}
