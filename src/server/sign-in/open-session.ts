import type { Plugin } from "graphql-yoga";
import { Unauthenticated } from "../../kernel/unauthenticated.ts";
import type { Exchange, ServerContext } from "../http/exchange.ts";
import type { SignIn } from "./sign-in.ts";

/** Signs the caller in before the request is even read: `UNAUTHENTICATED` goes before every other refusal (AP-04). */
export function signsIn(signIn: SignIn): Plugin<object, ServerContext> {
  return {
    onRequestParse: ({ request, serverContext: { exchange } }) => openSession(signIn, request, exchange),
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
