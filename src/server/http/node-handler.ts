import type { IncomingMessage, ServerResponse } from "node:http";
import { sendNodeResponse } from "@whatwg-node/server";
import { InvalidInput } from "../../kernel/fault.ts";
import type { Exchange, ServerContext } from "./exchange.ts";
import { guarded } from "./guard.ts";

/** What a request of Node brings beside itself. */
export type NodeContext = ServerContext & { readonly req: IncomingMessage; readonly res: ServerResponse };

/** Answers a request of Node as the web's requests are answered. */
type Handle = (
  request: IncomingMessage,
  response: ServerResponse,
  context: NodeContext,
) => Promise<Response> | Response;

/**
 * Answers what Node's server takes in. Whatever goes wrong before the plugins see the request, or beside them, is
 * answered and logged like everything else: left to itself the adapter below sends the stack (AP-18).
 */
export function nodeHandler(handle: Handle, open: () => Exchange) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const exchange = open();
    try {
      const response = await answered(handle, { exchange, req, res });
      await sendNodeResponse(response, res, req, false);
    } catch (error) {
      // The connection broke, or what was to be written could not be: nobody is there to be told.
      exchange.log.warn({ err: error }, "an answer was not sent whole");
      res.destroy();
    }
  };
}

async function answered(handle: Handle, context: NodeContext): Promise<Response> {
  const { exchange, req, res } = context;
  try {
    requireAddress(req);
    return await handle(req, res, context);
  } catch (error) {
    const response = await guarded(exchange, () => {
      throw error;
    });
    response.headers.set("x-request-id", exchange.requestId);
    response.headers.set("x-content-type-options", "nosniff");
    const { errorCodes: errors } = exchange;
    exchange.log.info({ method: req.method, route: "other", status: response.status, errors }, "answered");
    return response;
  }
}

/** Everything below asks for the address as a URL, which is made of the header and the first line of the request. */
function requireAddress({ headers: { host }, httpVersion, url }: IncomingMessage): void {
  const isOptional = httpVersion === "1.0";
  if (!URL.canParse(`http://${host ?? (isOptional ? "localhost" : "")}`))
    throw new InvalidInput("host", "The header Host is no host.");
  if (!url?.startsWith("/") || !URL.canParse(url, "http://localhost"))
    throw new InvalidInput("path", "The path of the request is no path.");
}
