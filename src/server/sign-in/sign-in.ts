import { asId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { Unauthenticated } from "../../kernel/unauthenticated.ts";
import type { User } from "../../policy/model/org.ts";
import type { Policy } from "../../policy/model/policy.ts";
import { liveSupportGrant, wasOpenBefore } from "../../policy/rights/support-window.ts";
import type { Session } from "../http/exchange.ts";
import type { Claims, VerifyToken } from "./verify-token.ts";

/** Where compiled policies come from; null when there is no such organisation. Never older than the last write. */
export type Policies = { readonly get: (orgKey: string) => Promise<Policy | null> };

/** The addresses that the vendor lets come in at all (SA-02). */
export type Agents = Pick<ReadonlySet<string>, "has">;

/** Says who sends a request. @throws {Unauthenticated} for a token that is there and not accepted. */
export type SignIn = (authorization: string | null, now: Instant) => Promise<Session>;

/**
 * Makes the sign-in (AP-20): the token says which account, the database says whether it may come in.
 */
export function createSignIn(verify: VerifyToken, policies: Policies, agents: Agents): SignIn {
  return async (authorization, now) => {
    const claims = await verify(authorization, now);
    if (claims === null) return { kind: "ANONYMOUS" };
    const policy = await policies.get(claims.orgKey);
    if (policy === null) throw new Unauthenticated("UNKNOWN_ORGANIZATION");
    const user = accountOf(policy, claims);
    if (user.status !== "ACTIVE") throw new Unauthenticated("NOT_ACTIVE");
    if (surelyBefore(claims.issuedAtSeconds, user.createdAt))
      throw new Unauthenticated("ISSUED_BEFORE_ACCOUNT", "UA-62");
    if (claims.email !== null && user.addressSince !== null && perhapsBefore(claims, user.addressSince))
      throw new Unauthenticated("ISSUED_BEFORE_ADDRESS", "UA-63");
    if (user.license === "SUPPORT") admitAgent(policy, user, claims, now, agents);
    return { kind: "SIGNED_IN", policy, user };
  };
}

/**
 * The address leads, since the `sub` of an identity provider is mostly a name of its own. But a `sub` that is the id of
 * somebody else here shows a token of an earlier holder of the address (UA-62).
 */
function accountOf(policy: Policy, claims: Claims): User {
  const named = claims.subject === null ? undefined : policy.users.get(asId<"User">(claims.subject));
  const user = claims.email === null ? named : policy.usersByEmail.get(claims.email);
  if (user === undefined || (named !== undefined && named.id !== user.id))
    throw new Unauthenticated("UNKNOWN_USER");
  return user;
}

function admitAgent(policy: Policy, agent: User, claims: Claims, now: Instant, agents: Agents): void {
  if (agent.email === null || !agents.has(agent.email)) throw new Unauthenticated("NOT_AN_AGENT", "SA-02");
  const present = liveSupportGrant(policy, agent, now);
  if (present === undefined) throw new Unauthenticated("NO_SUPPORT_GRANT", "SA-13");
  const issued = claims.issuedAtSeconds;
  if (surelyBefore(issued, present.grantedAt)) throw new Unauthenticated("ISSUED_BEFORE_GRANT", "SA-13");
  // A whole second that also saw an earlier grant open leaves open which of the two the token belongs to.
  if (issued * 1000 < present.grantedAt && wasOpenBefore(policy, agent, present, issued * 1000))
    throw new Unauthenticated("ISSUED_BEFORE_GRANT", "SA-13");
}

/**
 * Whether a token may have been issued before: of a whole second that saw the address change hands nobody can tell, and
 * the next second gives another token (UA-63).
 */
function perhapsBefore({ issuedAtSeconds }: Claims, instant: Instant): boolean {
  return Math.round(issuedAtSeconds * 1000) < instant;
}

/**
 * Most issuers write `iat` in whole seconds, which stands for any instant of that second: only what cannot have been
 * issued later counts as before. A fraction, as `sightline token` writes it, is exact to the millisecond.
 */
function surelyBefore(issuedAtSeconds: number, instant: Instant): boolean {
  const isWhole = Number.isInteger(issuedAtSeconds);
  return isWhole ? (issuedAtSeconds + 1) * 1000 <= instant : Math.round(issuedAtSeconds * 1000) < instant;
}
