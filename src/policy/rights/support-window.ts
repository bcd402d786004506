import { startOfDayAfter } from "../../kernel/calendar.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { SupportGrant, User } from "../model/org.ts";
import type { Policy } from "../model/policy.ts";

/**
 * The support grant that is open for the agent at this instant, if any (SA-01, SA-03).
 *
 * There is one at a time (SA-05). Should two be open all the same, they are as narrow as both together: the later
 * beginning counts (SA-13), and the denials of either (SA-07), whatever the order of rows (EN-09).
 */
export function liveSupportGrant(policy: Policy, agent: User, now: Instant): SupportGrant | undefined {
  const open = (policy.supportGrants.get(agent.id) ?? []).filter((grant) => isOpen(grant, now));
  const [first, ...others] = open;
  return others.reduce<SupportGrant | undefined>((merged, grant) => merged && bothOf(merged, grant), first);
}

/** Every grant that is open at the instant, or opens later: what another may not stand beside (SA-05). */
export function standingSupportGrants(policy: Policy, now: Instant): readonly SupportGrant[] {
  return policy.org.supportGrants.filter((grant) => now < endOf(grant));
}

/** What of a grant says when it is open. */
type Window = Pick<SupportGrant, "grantedAt" | "expiresAt" | "revokedAt">;

/** Whether the grant is open at the instant (SA-03). */
export function isOpen(grant: Window, now: Instant): boolean {
  return grant.grantedAt <= now && now < endOf(grant);
}

/** The next instant at which a window of the agent opens or closes; null when none is ahead. */
export function nextSupportChange(policy: Policy, agent: User, now: Instant): Instant | null {
  const changes = (policy.supportGrants.get(agent.id) ?? [])
    .flatMap((grant) => [grant.grantedAt, endOf(grant)])
    .filter((instant) => now < instant);
  return changes.length === 0 ? null : Math.min(...changes);
}

/** Whether an earlier window than the one that is open was still open at an instant (SA-13). */
export function wasOpenBefore(policy: Policy, agent: User, present: SupportGrant, instant: Instant): boolean {
  return (policy.supportGrants.get(agent.id) ?? []).some(
    (grant) => grant.grantedAt < present.grantedAt && instant < endOf(grant),
  );
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** When a window of whole days ends: at the start of the day after its last one there, but not before a day has passed (SA-02). */
export function supportEnd(timeZone: string, lastDay: string, grantedAt: Instant): Instant {
  return Math.max(startOfDayAfter(timeZone, lastDay), grantedAt + DAY_MS);
}

/** When a grant is over: it was revoked, or it has expired. */
export function endOf(grant: Window): Instant {
  return grant.revokedAt === null ? grant.expiresAt : Math.min(grant.expiresAt, grant.revokedAt);
}

function bothOf(one: SupportGrant, other: SupportGrant): SupportGrant {
  return {
    id: one.id,
    agentId: one.agentId,
    grantedAt: Math.max(one.grantedAt, other.grantedAt),
    expiresAt: Math.max(endOf(one), endOf(other)),
    revokedAt: null,
    extraDenials: [...new Set([...one.extraDenials, ...other.extraDenials])],
  };
}
