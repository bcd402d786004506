import type { FetchAPI, Plugin } from "graphql-yoga";
import type { ServerContext } from "../http/exchange.ts";
import { ANONYMOUS } from "./anonymous.ts";
import { limitExceeded } from "./exceeded.ts";

/**
 * Refuses larger bodies of those who did not sign in (AP-18); what members may send is yoga's to limit. Told by the
 * header where there is one, else counted while reading, which stops at the limit.
 */
export const limitsAnonymousBodies: Plugin<object, ServerContext> = {
  onRequestParse: ({ request, requestParser, setRequestParser, fetchAPI, serverContext: { exchange } }) => {
    if (exchange.session.kind !== "ANONYMOUS" || request.body === null || requestParser === undefined) return;
    const length = Number(request.headers.get("content-length") ?? Number.NaN);
    if (length > ANONYMOUS.bytes) throw tooLarge(length);
    if (length >= 0) return;
    setRequestParser(async (chunked) => requestParser(await readWithin(chunked, fetchAPI)));
  },
};

async function readWithin(request: Request, fetchAPI: FetchAPI): Promise<Request> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > ANONYMOUS.bytes) throw tooLarge(bytes);
    chunks.push(chunk);
  }
  const { url, method, headers, signal } = request;
  return new fetchAPI.Request(url, { method, headers, signal, body: Buffer.concat(chunks) });
}

function tooLarge(actual: number) {
  return limitExceeded(
    { name: "bytes", max: ANONYMOUS.bytes, actual },
    `Without a sign-in a request may have ${ANONYMOUS.bytes} bytes.`,
    { status: 413 },
  );
}
