import type { Edition, User } from "../model/org.ts";

/** Whether the edition has team users at all (TU-04). */
export function hasTeamUsers(edition: Edition): boolean {
  return edition !== "FREE" && edition !== "ONE_ALL_EMPLOYEE";
}

/** Whether somebody works here, now or soon: only who is pending or active can hold a seat (UA-13). */
export function isWorking({ status }: Pick<User, "status">): boolean {
  return status === "PENDING" || status === "ACTIVE";
}
