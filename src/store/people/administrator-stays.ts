import { InvalidInput } from "../../kernel/fault.ts";
import type { User } from "../../policy/model/org.ts";
import {
  type Administering,
  profileAdministrators,
  whyMustStay,
} from "../../policy/rights/last-administrator.ts";
import type { Viewer } from "../core/viewer.ts";

/**
 * Refuses what would leave the organisation without an administrator, or its super administrator without office.
 *
 * @param after the person as they would be.
 * @param users everybody who may administer, as far as the same mutation has changed them already.
 * @throws {InvalidInput} `LAST_ADMINISTRATOR` (UA-51), naming the input.
 */
export function requireAdministratorStays(
  { policy }: Viewer,
  field: string,
  user: User,
  after: Partial<Administering>,
  users: Iterable<Administering> = profileAdministrators(policy),
): void {
  const why = whyMustStay(policy, users, user, { ...user, ...after });
  if (why === null) return;
  throw new InvalidInput(
    field,
    why === "SUPER_ADMINISTRATOR"
      ? `${user.name} is the super administrator and stays an active administrator.`
      : `${user.name} is the last active administrator.`,
    { code: "LAST_ADMINISTRATOR", requirement: "UA-51" },
  );
}
