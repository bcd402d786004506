import type { GraphQLParams, Plugin } from "graphql-yoga";
import { InvalidInput } from "../../kernel/fault.ts";
import { Unauthenticated } from "../../kernel/unauthenticated.ts";
import type { Exchange, ServerContext } from "../exchange.ts";
import type { SignIn } from "./auth.ts";

/** The header form of `minPolicyVersion`, for callers that do not speak GraphQL. */
export const MIN_POLICY_VERSION_HEADER = "x-min-policy-version";

/**
 * Signs the caller in before the request is even read, since `UNAUTHENTICATED` goes before every other refusal (AP-04),
 * and holds the answer to the policy version that the request asks for (AP-24).
 *
 * A request asks with `extensions: { minPolicyVersion: 7 }` beside its query, or with the header
 * `X-Min-Policy-Version: 7`; of both, the greater counts. Without a sign-in there is no policy to be old.
 */
export function signsIn(signIn: SignIn): Plugin<object, ServerContext> {
  return {
    onRequestParse: ({ request, serverContext: { exchange } }) => openSession(signIn, request, exchange),
    onParams: ({ request, params, context: { exchange } }) =>
      requirePolicyVersion(signIn, request, exchange, askedInExtensions(params)),
  };
}

/** Signs in for this exchange; why a token is refused goes to the log, not to the caller. @throws {Unauthenticated} */
export async function openSession(signIn: SignIn, request: Request, exchange: Exchange): Promise<void> {
  try {
    exchange.session = await signIn(request.headers.get("authorization"), exchange.now);
  } catch (error) {
    if (error instanceof Unauthenticated) exchange.log.info({ refusal: error.refusal }, "sign-in refused");
    throw error;
  }
  exchange.policyVersion = exchange.session.kind === "SIGNED_IN" ? exchange.session.policy.org.version : null;
}

/**
 * Makes sure that the exchange decides under the asked version or a newer one, reading the policy once more if need be.
 *
 * @throws {InvalidInput} `CONFLICT` when that version cannot be seen from here yet.
 */
export async function requirePolicyVersion(
  signIn: SignIn,
  request: Request,
  exchange: Exchange,
  inExtensions: number,
): Promise<void> {
  const asked = Math.max(inExtensions, askedInHeader(request));
  if (exchange.policyVersion === null || asked <= exchange.policyVersion) return;
  await openSession(signIn, request, exchange);
  if (exchange.policyVersion === null || asked <= exchange.policyVersion) return;
  throw new InvalidInput(
    "extensions.minPolicyVersion",
    `The policy here is at version ${exchange.policyVersion}; the request asks for ${asked} or newer. Try again.`,
    { code: "CONFLICT", requirement: "AP-24" },
  );
}

function askedInExtensions(params: GraphQLParams): number {
  const asked: unknown = params.extensions?.["minPolicyVersion"];
  if (asked === undefined || asked === null) return 0;
  return version("extensions.minPolicyVersion", typeof asked === "number" ? asked : Number.NaN);
}

function askedInHeader(request: Request): number {
  const asked = request.headers.get(MIN_POLICY_VERSION_HEADER);
  if (asked === null) return 0;
  return version(MIN_POLICY_VERSION_HEADER, /^\d+$/.test(asked) ? Number(asked) : Number.NaN);
}

function version(field: string, asked: number): number {
  if (Number.isSafeInteger(asked) && asked >= 0) return asked;
  throw new InvalidInput(field, "Expected a policy version: a whole number from 0.", {
    requirement: "AP-24",
  });
}
