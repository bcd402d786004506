import type { Plugin } from "graphql-yoga";
import type { Instant } from "../../kernel/instant.ts";
import { Unauthenticated } from "../../kernel/unauthenticated.ts";
import type { User } from "../../policy/model/org.ts";
import type { Policy } from "../../policy/model/policy.ts";
import type { Exchange, ServerContext } from "../http/exchange.ts";
import type { SignIn } from "./sign-in.ts";

/** Counts a refused sign-in. @throws when there were too many from one address. */
type CountRefused = (request: Request, context: ServerContext) => Promise<void>;

/** Puts on record that somebody signed in with a token, where it was not seen before (SA-24). */
export type TellSignIn = (signedIn: {
  readonly policy: Policy;
  readonly user: User;
  readonly token: string;
  readonly now: Instant;
  readonly requestId: string;
}) => Promise<void>;

/** Signs the caller in before the request is even read: `UNAUTHENTICATED` goes before every other refusal (AP-04). */
export function signsIn(
  signIn: SignIn,
  countRefused: CountRefused,
  tell: TellSignIn | null,
): Plugin<object, ServerContext> {
  return {
    onRequestParse: async ({ request, serverContext }) => {
      try {
        await openSession(signIn, request, serverContext.exchange);
        if (tell !== null) await told(tell, request, serverContext.exchange);
      } catch (error) {
        // Guessing at tokens is as dear as asking without one, and as limited.
        if (error instanceof Unauthenticated) await countRefused(request, serverContext);
        throw error;
      }
    },
  };
}

/** Signs in for this exchange; why a token is refused goes to the log, not to the caller. @throws {Unauthenticated} */
export async function openSession(signIn: SignIn, request: Request, exchange: Exchange): Promise<void> {
  try {
    exchange.session = await signIn(request.headers.get("authorization"), exchange.now);
  } catch (error) {
    if (error instanceof Unauthenticated)
      exchange.log.info({ refusal: error.refusal, claim: error.claim ?? undefined }, "sign-in refused");
    throw error;
  }
  exchange.policyVersion = exchange.session.kind === "SIGNED_IN" ? exchange.session.policy.org.version : null;
}

async function told(
  tell: TellSignIn,
  request: Request,
  { session, now, requestId }: Exchange,
): Promise<void> {
  const token = request.headers.get("authorization");
  if (session.kind === "ANONYMOUS" || token === null) return;
  const { policy, user } = session;
  await tell({ policy, user, token, now, requestId });
}
