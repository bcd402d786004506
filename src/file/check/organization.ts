import { hasTeamUsers, isWorking } from "../../policy/rights/seats.ts";
import { shown } from "../reading/faults.ts";
import { type Check, hasUser, userPath } from "./references.ts";

/** The super administrator is an active regular user (SH-60); seats and edition hold the users there are. */
export const checkOrganization: Check = (draft, faults) => {
  const { organization } = draft;
  if (organization === null) return;
  const { superAdmin, edition, seats } = organization;
  const path = ["organization", "superAdmin"];
  const root = hasUser(draft, faults, path, superAdmin) ? draft.users.entries.get(superAdmin) : undefined;
  if (root !== undefined && (root.status !== "ACTIVE" || root.license !== "REGULAR")) {
    faults.add(path, {
      message: `${superAdmin} is ${root.status} with the licence ${root.license}`,
      expected: "an ACTIVE user with the licence REGULAR",
      requirement: "SH-60",
    });
  }
  const held = { REGULAR: 0, TEAM: 0 };
  for (const [email, user] of draft.users.entries) {
    if (!isWorking(user)) continue;
    if (user.applications.length > 0) held[user.license] += 1;
    if (user.license === "TEAM" && !hasTeamUsers(edition)) {
      faults.add(userPath(draft, email, "license"), {
        message: `the edition ${edition} has no team users`,
        expected: "the licence REGULAR, or the status INACTIVE",
        requirement: "TU-04",
      });
    }
  }
  for (const [license, kind] of [
    ["REGULAR", "regular"],
    ["TEAM", "team"],
  ] as const) {
    if (held[license] <= seats[kind]) continue;
    faults.add(["organization", "seats", kind], {
      message: `${held[license]} pending and active users need a ${kind} seat, of ${shown(seats[kind])}`,
      expected: `at least ${held[license]}`,
      code: "NO_SEAT",
      requirement: "UA-10",
    });
  }
};
