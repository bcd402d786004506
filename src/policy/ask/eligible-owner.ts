import type { Instant } from "../../kernel/instant.ts";
import { refusalsOf } from "../gate/index.ts";
import type { Module, User } from "../model/org.ts";
import { type Policy, questionsOf } from "../model/policy.ts";

/**
 * Whether the user may be made the owner of records in the module (TU-33): active; in an organisation module a regular
 * user with `VIEW` on it, in a team module a member. The support agent owns what it creates (SA-08).
 */
export function isEligibleOwner(policy: Policy, user: User, module: Module, now: Instant): boolean {
  const mayView = refusalsOf(questionsOf(policy, user, now)(module, "READ")).length === 0;
  if (!mayView) return false;
  if (module.kind === "TEAM") return user.teamRoles.has(module.id) || user.license === "SUPPORT";
  return user.license !== "TEAM";
}
