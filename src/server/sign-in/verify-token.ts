import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { CACHES } from "../../kernel/caches.ts";
import type { Instant } from "../../kernel/instant.ts";
import { foldEmail, isStorable } from "../../kernel/text.ts";
import { type SignInRefusal, Unauthenticated } from "../../kernel/unauthenticated.ts";
import { type Settings, secretOf } from "../../settings/settings.ts";

/** What a token says and Sightline believes: which person it was issued to, and when. Nothing else is read (AP-20). */
export type Claims = {
  readonly orgKey: string;
  /** Folded; null when the token names the person by `sub` alone. */
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
    requiredClaims: ["exp", "iat"],
    ...(settings.jwtIssuer === null ? {} : { issuer: settings.jwtIssuer }),
    ...(settings.jwtAudience === null ? {} : { audience: settings.jwtAudience }),
  };
  return async (authorization, now) => {
    if (authorization === null) return null;
    const token = /^bearer +(\S+)$/i.exec(authorization.trim())?.[1];
    if (token === undefined) throw new Unauthenticated("SCHEME");
    const payload = await verified(token, key, { ...options, currentDate: new Date(now) });
    const names = { org: settings.jwtOrgClaim, user: settings.jwtUserClaim };
    return claimsOf(payload, names, now + settings.jwtToleranceSeconds * 1000);
  };
}

/** The claims that name the organisation and the person; null stands for `email` and `sub`. */
type ClaimNames = { readonly org: string; readonly user: string | null };

function keyOf(settings: Settings): JWTVerifyGetKey {
  if (settings.jwksUrl !== null) return keySetAt(settings.jwksUrl);
  const secret = new TextEncoder().encode(secretOf(settings));
  return async () => secret;
}

/** The provider's keys. That they cannot be had is nobody's wrong token: the log names the setting. */
function keySetAt(url: URL): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, { cacheMaxAge: CACHES.keySet.ageMs });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (refusalOf(error) !== null) throw error;
      throw new Error(`SIGHTLINE_JWKS_URL: the keys cannot be had from ${url.origin}${url.pathname}.`, {
        cause: error,
      });
    }
  };
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
    const claim = error instanceof errors.JWTClaimValidationFailed ? error.claim : null;
    throw refusal === null ? error : new Unauthenticated(refusal, "AP-20", claim);
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

function claimsOf(payload: JWTPayload, { org, user }: ClaimNames, latest: Instant): Claims {
  const orgKey = payload[org];
  // What no column can hold is nobody's key, and one of the databases refuses to look for it.
  if (typeof orgKey !== "string" || !isStorable(orgKey)) throw unfit(org);
  const { iat } = payload;
  if (typeof iat !== "number" || !Number.isFinite(iat)) throw unfit("iat");
  // `iat` decides which account and grant a token belongs to, so one from the future would outlive both.
  if (latest < iat * 1000) throw new Unauthenticated("NOT_YET_VALID");
  return { orgKey, ...personOf(payload, user), issuedAtSeconds: iat };
}

/** By the claim that the settings name: an address, or a user id. Without one, by `email` and by `sub`. */
function personOf(payload: JWTPayload, claim: string | null): Pick<Claims, "email" | "subject"> {
  const { email, sub } = claim === null ? payload : asPerson(payload[claim]);
  if (email === undefined && sub === undefined) throw unfit(claim ?? "email");
  if (email !== undefined && typeof email !== "string") throw unfit(claim ?? "email");
  // An address that the identity provider has not verified may be anybody's. Some write the truth as text.
  const isVerified = payload["email_verified"];
  if (email !== undefined && isVerified !== undefined && isVerified !== true && isVerified !== "true")
    throw unfit("email_verified");
  return { email: email === undefined ? null : foldEmail(email), subject: sub ?? null };
}

function asPerson(value: unknown): { readonly email?: string; readonly sub?: string } {
  if (typeof value !== "string") return {};
  return value.includes("@") ? { email: value } : { sub: value };
}

/** A claim that is missing, or is not what it has to be. */
function unfit(claim: string): Unauthenticated {
  return new Unauthenticated("CLAIMS", "AP-20", claim);
}
