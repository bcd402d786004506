/** Why a sign-in was refused, for the log; the caller learns less. Names no person, organisation or key. */
export type SignInRefusal =
  | "NO_TOKEN"
  | "SCHEME"
  | "MALFORMED"
  | "ALGORITHM"
  | "SIGNATURE"
  | "KEY"
  | "ISSUER"
  | "AUDIENCE"
  | "CLAIMS"
  | "EXPIRED"
  | "NOT_YET_VALID"
  | "UNKNOWN_ORGANIZATION"
  | "UNKNOWN_USER"
  | "NOT_ACTIVE"
  | "ISSUED_BEFORE_ACCOUNT"
  | "ISSUED_BEFORE_ADDRESS"
  | "NOT_AN_AGENT"
  | "NO_SUPPORT_GRANT"
  | "ISSUED_BEFORE_GRANT";

/**
 * Nobody is signed in where somebody must be, or the token was refused (AP-20).
 *
 * Whether an organisation, an account or a grant exists is not told: all of these read the same.
 */
export class Unauthenticated extends Error {
  readonly kind = "UNAUTHENTICATED";
  override readonly name = "Unauthenticated";
  readonly code = "UNAUTHENTICATED";
  readonly refusal: SignInRefusal;
  readonly requirement: string;
  /** The claim that is missing or unfit, for the log; null when it is not about one. */
  readonly claim: string | null;

  constructor(refusal: SignInRefusal, requirement = "AP-20", claim: string | null = null) {
    super(sentenceOf(refusal));
    this.refusal = refusal;
    this.requirement = requirement;
    this.claim = claim;
  }
}

function sentenceOf(refusal: SignInRefusal): string {
  switch (refusal) {
    case "NO_TOKEN":
      return "Sign in first: send a token as `Authorization: Bearer …`.";
    case "SCHEME":
      return "The Authorization header must be `Bearer` and one token.";
    case "EXPIRED":
      return "The token has expired. Sign in again.";
    case "NOT_YET_VALID":
      return "The token is not valid yet.";
    case "MALFORMED":
    case "ALGORITHM":
    case "SIGNATURE":
    case "KEY":
    case "ISSUER":
    case "AUDIENCE":
    case "CLAIMS":
    case "UNKNOWN_ORGANIZATION":
    case "UNKNOWN_USER":
    case "NOT_ACTIVE":
    case "ISSUED_BEFORE_ACCOUNT":
    case "ISSUED_BEFORE_ADDRESS":
    case "NOT_AN_AGENT":
    case "NO_SUPPORT_GRANT":
    case "ISSUED_BEFORE_GRANT":
      return "The token was not accepted. Sign in again.";
  }
}
