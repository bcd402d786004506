import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";

const STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Content Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** Answers and logs what Node's server cannot read as a request, or does not hand on as one. */
export function answersMalformed(server: Server, log: Logger): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const status = STATUS[error.code ?? ""] ?? "400 Bad Request";
    // A connection that was cut asks for no answer, and is no news.
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else refuse(socket, status, log, error.code);
  });
  server.on("connect", (_request, socket: Duplex) =>
    refuse(socket, "405 Method Not Allowed", log, "CONNECT"),
  );
  server.on("checkExpectation", (_request, response) => {
    log.info({ status: 417, reason: "EXPECT" }, "refused unread");
    response.writeHead(417, { connection: "close" }).end();
  });
}

/** `reason` is a word of Node's, or ours; never anything that was sent. */
function refuse(socket: Duplex, status: string, log: Logger, reason: string | undefined): void {
  log.info({ status: Number(status.slice(0, 3)), reason }, "refused unread");
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
