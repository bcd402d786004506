import type { Application, ApplicationAction } from "../model/application.ts";
import type { User, UserStatus } from "../model/org.ts";
import type { Policy } from "../model/policy.ts";

/**
 * Whether somebody administers the application (UA-01, UA-03): the suite's administrators every one, others those for
 * which they are named. A team user administers nothing (TU-12p).
 */
export function administers(
  { org }: Pick<Policy, "org">,
  user: User,
  { administrators }: Pick<Application, "administrators">,
): boolean {
  if (user.status !== "ACTIVE" || user.license !== "REGULAR") return false;
  return user.isAdministrator || user.id === org.superAdminId || administrators.has(user.id);
}

/**
 * What may be done with one person's application (UA-40): what its table says for the status, of which a switch is for
 * the other position alone (UA-41). Who was deactivated comes back by one of their applications and nothing else
 * (UA-43).
 */
export function availableApplicationActions(
  { actions }: Pick<Application, "actions">,
  status: UserStatus,
  isEnabled: boolean,
): readonly ApplicationAction[] {
  switch (status) {
    case "PENDING":
    case "ACTIVE":
      return actions[status].filter((action) => action !== (isEnabled ? "ENABLE" : "DISABLE"));
    case "INACTIVE":
      return ["ENABLE"];
    case "DELETED":
      return [];
  }
}
