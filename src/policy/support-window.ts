import type { Instant } from "../kernel/instant.ts";
import type { SupportGrant, User } from "./org.ts";
import type { Policy } from "./policy.ts";

/** The support grant that is open for the agent at this instant, if any (SA-01, SA-03). */
export function liveSupportGrant(policy: Policy, agent: User, now: Instant): SupportGrant | undefined {
  return policy.supportGrants.get(agent.id)?.find((grant) => grant.grantedAt <= now && now < endOf(grant));
}

/** The next instant at which a window of the agent opens or closes; null when none is ahead. */
export function nextSupportChange(policy: Policy, agent: User, now: Instant): Instant | null {
  const changes = (policy.supportGrants.get(agent.id) ?? [])
    .flatMap((grant) => [grant.grantedAt, endOf(grant)])
    .filter((instant) => now < instant);
  return changes.length === 0 ? null : Math.min(...changes);
}

function endOf(grant: SupportGrant): Instant {
  return grant.revokedAt === null ? grant.expiresAt : Math.min(grant.expiresAt, grant.revokedAt);
}
