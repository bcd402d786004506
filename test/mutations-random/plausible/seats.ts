import type { Facts, UserRow } from "../facts.ts";

/** UA-11: of the applications that come with the suite Projects is never counted, and Desk not as a light agent. */
function isCounted({ applications }: UserRow): boolean {
  return applications.some(
    ({ application, isEnabled, values }) =>
      isEnabled &&
      application !== "PROJECTS" &&
      !(application === "DESK" && Object(values)["lightAgent"] === true),
  );
}

/** UA-13. */
function isSeated(user: UserRow): boolean {
  return (
    user.license !== "SUPPORT" && (user.status === "PENDING" || user.status === "ACTIVE") && isCounted(user)
  );
}

/** How many seats are held by kind; whether somebody holds one. */
export function takenIn(facts: Facts): Readonly<Record<"REGULAR" | "TEAM", number>>;
export function takenIn(facts: Facts, user: UserRow): boolean;
export function takenIn({ rows }: Facts, user?: UserRow) {
  if (user !== undefined) return isSeated(user);
  const count = (license: string) =>
    rows.users.filter((each) => each.license === license && isSeated(each)).length;
  return { REGULAR: count("REGULAR"), TEAM: count("TEAM") };
}
