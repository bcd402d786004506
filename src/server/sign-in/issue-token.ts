import { SignJWT } from "jose";
import type { Instant } from "../../kernel/instant.ts";
import { foldEmail } from "../../kernel/text.ts";
import { type Settings, secretOf } from "../../settings/settings.ts";

/** Tokens are not given out here: somebody else issues them. Says what to do instead. */
export class TokenRefused extends Error {
  override readonly name = "TokenRefused";
}

/** Whose token, and for how long. `user` is an address or a user id. */
export type TokenOrder = { readonly orgKey: string; readonly user: string; readonly ttlSeconds: number };

/**
 * A token for development (AP-21), signed with the secret that this server verifies with. Whether the account exists
 * is seen when it is used. `iat` carries milliseconds, so that it is exact beside a grant of the same second (SA-13).
 *
 * @throws {TokenRefused} in production, and where an identity provider's keys are in use.
 */
export async function issueToken(settings: Settings, order: TokenOrder, now: Instant): Promise<string> {
  if (!settings.isDevelopment) {
    throw new TokenRefused(
      "Tokens are printed in development only: in production they come from your identity provider. " +
        "On a machine for development, set SIGHTLINE_DEV=1.",
    );
  }
  if (settings.jwksUrl !== null) {
    throw new TokenRefused("SIGHTLINE_JWKS_URL is set: only the holder of those keys can issue a token.");
  }
  const seconds = now / 1000;
  const isAddress = order.user.includes("@");
  const claim = settings.jwtUserClaim ?? (isAddress ? "email" : "sub");
  const token = new SignJWT({
    [settings.jwtOrgClaim]: order.orgKey,
    [claim]: isAddress ? foldEmail(order.user) : order.user,
    iat: seconds,
    exp: Math.ceil(seconds) + order.ttlSeconds,
  });
  if (settings.jwtIssuer !== null) token.setIssuer(settings.jwtIssuer);
  if (settings.jwtAudience !== null) token.setAudience(settings.jwtAudience);
  return token
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(new TextEncoder().encode(secretOf(settings)));
}
