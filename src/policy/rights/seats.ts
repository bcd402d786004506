import type { Edition, License, User } from "../model/org.ts";
import { once, type Policy } from "../model/policy.ts";

/** Whether the edition has team users at all (TU-04). */
export function hasTeamUsers(edition: Edition): boolean {
  return edition !== "FREE" && edition !== "ONE_ALL_EMPLOYEE";
}

/** Whether somebody works here, now or soon: only who is pending or active can hold a seat (UA-13). */
export function isWorking({ status }: Pick<User, "status">): boolean {
  return status === "PENDING" || status === "ACTIVE";
}

/** The licences that take seats. */
export type SeatKind = Exclude<License, "SUPPORT">;

/** How many people hold a seat of each kind. */
export type SeatsTaken = Readonly<Record<SeatKind, number>>;

/** What of a person decides whether they hold a seat. */
export type Seated = Pick<User, "status" | "license" | "applications" | "seatlessApplications">;

type Catalogue = ReadonlyMap<string, { readonly takesSeat: boolean }>;

/** Whether one of a person's applications is counted, whatever their status (UA-11): one seat for however many. */
export function isCounted(
  catalogue: Catalogue,
  { applications, seatlessApplications }: Pick<Seated, "applications" | "seatlessApplications">,
): boolean {
  // An application that no row describes is counted: a seat is not had by a gap.
  for (const key of applications)
    if ((catalogue.get(key)?.takesSeat ?? true) && !seatlessApplications.has(key)) return true;
  return false;
}

/** A restricted user has applications, none of which is counted (UA-11). */
export function isRestricted(catalogue: Catalogue, user: Seated): boolean {
  return user.applications.size > 0 && !isCounted(catalogue, user);
}

/** The kind of seat that a person holds; null: none (UA-13). */
export function seatOf(catalogue: Catalogue, user: Seated): SeatKind | null {
  if (user.license === "SUPPORT" || !isWorking(user) || !isCounted(catalogue, user)) return null;
  return user.license;
}

/** How many people hold a seat, by kind: counted once for each policy. */
export function seatsTaken(policy: Policy): SeatsTaken {
  return once(policy, "seats taken", () => {
    const taken = { REGULAR: 0, TEAM: 0 };
    for (const user of policy.org.users) {
      const kind = seatOf(policy.applicationsByKey, user);
      if (kind !== null) taken[kind] += 1;
    }
    return taken;
  });
}

/** How many people work here without a seat, since none of their applications is counted. */
export function restrictedUsers(policy: Policy): number {
  return once(policy, "restricted users", () =>
    policy.org.users.filter(
      (user) => user.license !== "SUPPORT" && isWorking(user) && isRestricted(policy.applicationsByKey, user),
    ),
  ).length;
}
