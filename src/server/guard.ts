import type { Exchange } from "./exchange.ts";
import { internalTold } from "./present-error.ts";

/**
 * The answer, or a masked one for whatever is thrown on the way to it (AP-04): the HTTP adapter below would send the
 * stack to the caller.
 */
export async function guarded(exchange: Exchange, answer: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    exchange.log.error({ err: error }, "internal error");
    exchange.errorCodes.push("INTERNAL");
    const { message, code, more } = internalTold(exchange);
    return Response.json({ errors: [{ message, extensions: { ...more, code } }] }, { status: 500 });
  }
}
