import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { answersMalformed } from "./malformed.ts";

/** A server that listens. */
export type Listening = {
  readonly url: string;
  /**
   * Stops gracefully (AP-31): takes no new connection, ends subscriptions, waits for running requests as long as the
   * grace lasts, then cuts what is left. A second call waits for the same stop.
   */
  readonly stop: () => Promise<void>;
};

type Parts = {
  readonly host: string;
  readonly port: number;
  readonly graceMs: number;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly onStopping: () => void;
  readonly log: Logger;
};

/** Opens the socket. @throws what the socket says, such as a port in use. */
export async function listen(parts: Parts): Promise<Listening> {
  // A missing Host is refused with everything else that is no address.
  const server = createServer(
    { requireHostHeader: false },
    (request, response) => void parts.answer(request, response),
  );
  answersMalformed(server, parts.log);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(parts.port, parts.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = parts.host === "0.0.0.0" || parts.host === "::" ? "localhost" : parts.host;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;

  let stopped: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    parts.onStopping();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // A connection that is kept alive becomes idle only when its running request is answered.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => {
      parts.log.warn("requests were cut off: the grace is over");
      server.closeAllConnections();
    }, parts.graceMs);
    await closed;
    clearInterval(sweep);
    clearTimeout(cut);
  };
  return {
    url,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}
