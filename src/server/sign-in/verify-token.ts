import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { CACHES } from "../../kernel/caches.ts";
import type { Instant } from "../../kernel/instant.ts";
import { isStorable } from "../../kernel/text.ts";
import { type SignInRefusal, Unauthenticated } from "../../kernel/unauthenticated.ts";
import { type Settings, secretOf } from "../../settings/settings.ts";

/** What a token says and Sightline believes: which person it was issued to, and when. Nothing else is read (AP-20). */
export type Claims = {
  readonly orgKey: string;
  /** Lower case; null when the token names the person by `sub` alone. */
  readonly email: string | null;
  readonly subject: string | null;
  /** The `iat` claim: seconds since 1970, mostly whole. */
  readonly issuedAtSeconds: number;
};

/** Claims of the token in an `Authorization` header; null when there is no header. */
export type VerifyToken = (authorization: string | null, now: Instant) => Promise<Claims | null>;

/**
 * Makes the check of tokens that the settings ask for (AP-20): one source of keys, a list of algorithms that belongs
 * to it (so a public key is never taken for a secret), `exp`, `nbf` and `iat` at the request's instant.
 *
 * The check throws {@link Unauthenticated} for a bad token. Keys that cannot be fetched are a fault of ours or of the
 * identity provider, not of the token: that error goes up as it is.
 */
export function createVerifier(settings: Settings): VerifyToken {
  const key = keyOf(settings);
  const options = {
    algorithms: [...settings.jwtAlgorithms],
    clockTolerance: settings.jwtToleranceSeconds,
    requiredClaims: ["exp", "iat", "org"],
    ...(settings.jwtIssuer === null ? {} : { issuer: settings.jwtIssuer }),
    ...(settings.jwtAudience === null ? {} : { audience: settings.jwtAudience }),
  };
  return async (authorization, now) => {
    if (authorization === null) return null;
    const token = /^bearer +(\S+)$/i.exec(authorization.trim())?.[1];
    if (token === undefined) throw new Unauthenticated("SCHEME");
    const payload = await verified(token, key, { ...options, currentDate: new Date(now) });
    return claimsOf(payload, now + settings.jwtToleranceSeconds * 1000);
  };
}

function keyOf(settings: Settings): JWTVerifyGetKey {
  if (settings.jwksUrl !== null)
    return createRemoteJWKSet(settings.jwksUrl, { cacheMaxAge: CACHES.keySet.ageMs });
  const secret = new TextEncoder().encode(secretOf(settings));
  return async () => secret;
}

async function verified(
  token: string,
  key: JWTVerifyGetKey,
  options: NonNullable<Parameters<typeof jwtVerify>[2]>,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, key, options)).payload;
  } catch (error) {
    const refusal = refusalOf(error);
    throw refusal === null ? error : new Unauthenticated(refusal);
  }
}

function refusalOf(error: unknown): SignInRefusal | null {
  if (error instanceof errors.JWTExpired) return "EXPIRED";
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === "iss") return "ISSUER";
    if (error.claim === "aud") return "AUDIENCE";
    return error.claim === "nbf" && error.reason === "check_failed" ? "NOT_YET_VALID" : "CLAIMS";
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return "ALGORITHM";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "SIGNATURE";
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return "KEY";
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return "MALFORMED";
  return error instanceof errors.JOSENotSupported ? "MALFORMED" : null;
}

function claimsOf(payload: JWTPayload, latest: Instant): Claims {
  const { org, email, sub, iat } = payload;
  // What no column can hold is nobody's key, and one of the databases refuses to look for it.
  if (typeof org !== "string" || !isStorable(org)) throw new Unauthenticated("CLAIMS");
  if (typeof iat !== "number" || !Number.isFinite(iat)) throw new Unauthenticated("CLAIMS");
  if (email !== undefined && typeof email !== "string") throw new Unauthenticated("CLAIMS");
  if (email === undefined && sub === undefined) throw new Unauthenticated("CLAIMS");
  // An address that the identity provider says it has not verified may be anybody's.
  if (email !== undefined && payload["email_verified"] === false) throw new Unauthenticated("CLAIMS");
  // `iat` decides which account and grant a token belongs to, so one from the future would outlive both.
  if (latest < iat * 1000) throw new Unauthenticated("NOT_YET_VALID");
  return { orgKey: org, email: email?.toLowerCase() ?? null, subject: sub ?? null, issuedAtSeconds: iat };
}
