import type { Instant } from "../../kernel/instant.ts";
import type { User } from "../model/org.ts";
import type { Policy } from "../model/policy.ts";
import { liveSupportGrant } from "./support-window.ts";

/** Why somebody may not come in at this instant: only active people do, the agent only while support is open (SA-13). */
export function whyKeptOut(
  policy: Policy,
  user: User,
  now: Instant,
): "NOT_ACTIVE" | "NO_SUPPORT_GRANT" | null {
  if (user.status !== "ACTIVE") return "NOT_ACTIVE";
  return user.license === "SUPPORT" && !liveSupportGrant(policy, user, now) ? "NO_SUPPORT_GRANT" : null;
}
