import type { GraphQLParams, Plugin } from "graphql-yoga";
import { InvalidInput } from "../../kernel/fault.ts";
import type { ServerContext } from "../http/exchange.ts";
import { openSession } from "./open-session.ts";
import type { SignIn } from "./sign-in.ts";

/** The header form of `minPolicyVersion`, for callers that do not speak GraphQL. */
export const MIN_POLICY_VERSION_HEADER = "x-min-policy-version";

/**
 * Decides under the policy version that the request asks for or a newer one (AP-24), reading the policy once more if
 * need be; refuses as `CONFLICT` when that version cannot be seen from here yet.
 *
 * A request asks with `extensions: { minPolicyVersion: 7 }` beside its query, or with the header
 * `X-Min-Policy-Version: 7`; of both, the greater counts. Without a sign-in there is no policy to be old.
 */
export function holdsPolicyVersion(signIn: SignIn): Plugin<object, ServerContext> {
  return {
    onParams: async ({ request, params, context: { exchange } }) => {
      const asked = Math.max(askedInExtensions(params), askedInHeader(request));
      const isOld = () => exchange.policyVersion !== null && exchange.policyVersion < asked;
      if (isOld()) await openSession(signIn, request, exchange);
      if (!isOld()) return;
      throw new InvalidInput(
        "extensions.minPolicyVersion",
        `The policy here is at version ${exchange.policyVersion}; the request asks for ${asked} or newer. Try again.`,
        { code: "CONFLICT", requirement: "AP-24" },
      );
    },
  };
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
