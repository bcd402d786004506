/** Milliseconds since 1970-01-01T00:00:00Z. A request has exactly one: its `now`. */
export type Instant = number;

/** After every instant: what never expires. Fits a 64-bit column and a double. */
export const FOREVER: Instant = Number.MAX_SAFE_INTEGER;

/** Before every instant: what was never given. */
export const NEVER: Instant = 0;

/** The last instant that can be said, in the year 9999. */
export const LAST_INSTANT: Instant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** At the very instant of its expiry a thing is over (SH-41, SA-03). */
export function isLive(expiresAt: Instant | null, now: Instant): boolean {
  return expiresAt === null || now < expiresAt;
}

/** The present, from outside: policy and commands receive an instant, they never ask for one. */
export type Clock = { readonly now: () => Instant };

export const systemClock: Clock = { now: () => Date.now() };
