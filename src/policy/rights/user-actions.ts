import type { Instant } from "../../kernel/instant.ts";
import type { User } from "../model/org.ts";
import type { Policy } from "../model/policy.ts";
import { holds } from "./holding.ts";
import { profileAdministrators, whyMustStay } from "./last-administrator.ts";

/** What may be done with a person as a whole (UA-43). */
export const USER_ACTIONS = ["ACTIVATE", "DEACTIVATE", "RESEND", "DELETE", "PROMOTE", "REVOKE"] as const;
export type UserAction = (typeof USER_ACTIONS)[number];

/** By status: what there is to do with a person at all. */
const BY_STATUS: Readonly<Record<User["status"], readonly UserAction[]>> = {
  PENDING: ["DEACTIVATE", "RESEND", "DELETE"],
  ACTIVE: ["DEACTIVATE", "DELETE", "PROMOTE", "REVOKE"],
  INACTIVE: ["ACTIVATE", "DELETE", "REVOKE"],
  DELETED: [],
};

/**
 * What the asker may do with a person now: by status, by who asks (UA-02), and not at the price of the last administrator
 * (UA-51).
 */
export function availableUserActions(
  policy: Policy,
  asker: User,
  user: User,
  now: Instant,
): readonly UserAction[] {
  if (user.license === "SUPPORT" || !holds(policy, asker, "MANAGE_USERS", now)) return [];
  const isAdministrator = holds(policy, asker, "MANAGE_ADMIN_PERMISSIONS", now);
  return BY_STATUS[user.status].filter(
    (action) => (action === "RESEND" || isAdministrator) && isPossible(policy, user, action),
  );
}

function isPossible(policy: Policy, user: User, action: UserAction): boolean {
  const { superAdminId } = policy.org;
  const isSuper = user.id === superAdminId;
  switch (action) {
    case "ACTIVATE":
    case "RESEND":
      return true;
    case "DEACTIVATE":
      return (
        whyMustStay(policy, profileAdministrators(policy), user, { ...user, status: "INACTIVE" }) === null
      );
    case "DELETE":
      return (
        !isSuper &&
        whyMustStay(policy, profileAdministrators(policy), user, { ...user, status: "DELETED" }) === null
      );
    case "PROMOTE":
      return !isSuper && !user.isAdministrator && user.license === "REGULAR";
    case "REVOKE":
      return !isSuper && user.isAdministrator;
  }
}
