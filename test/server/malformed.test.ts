import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settingsOf, startServer } from "./acme.ts";

const post = (headers: string, body = '{"query":"{ who }"}', line = "POST /graphql HTTP/1.1") =>
  `${line}\r\n${headers}Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
const get = (line: string, headers = "Host: a\r\n") => `${line}\r\n${headers}Connection: close\r\n\r\n`;

/** What a socket may send that is no request, or none that can be answered as asked. */
const MALFORMED: readonly (readonly [title: string, sent: string])[] = [
  ["a Host that is no authority", post("Host: [\r\n")],
  ["a Host with a port beyond all", post("Host: a:99999\r\n")],
  ["a Host with a port that is no number", post("Host: a:b\r\n")],
  ["a Host with a blank", post("Host: a b\r\n")],
  ["a Host with angle brackets", post("Host: <script>\r\n")],
  ["a Host with a percent sign that escapes nothing", post("Host: a%zz\r\n")],
  ["a Host of IPv6 that is none", post("Host: [::zz]\r\n")],
  ["a Host with a caret", post("Host: a^b\r\n")],
  ["a Host with a slash", post("Host: /\r\n")],
  ["a Host of two colons", post("Host: ::\r\n")],
  ["a Host on the health path", get("GET /health/live HTTP/1.1", "Host: a:99999\r\n")],
  ["a Host on the readiness path", get("GET /health/ready HTTP/1.1", "Host: [\r\n")],
  ["a Host on the metrics path", get("GET /metrics HTTP/1.1", "Host: [\r\n")],
  ["a Host on no path", get("GET /nothing HTTP/1.1", "Host: [\r\n")],
  ["two Hosts", post("Host: a\r\nHost: b\r\n")],
  ["no Host", post("")],
  ["a path that is an address", get("GET http://[/graphql HTTP/1.1")],
  ["a path without a slash", get("GET graphql HTTP/1.1")],
  ["a star for a path", get("OPTIONS * HTTP/1.1")],
  ["a path of two slashes", get("GET // HTTP/1.1")],
  ["a path with an authority that is none", get("GET //[ HTTP/1.1")],
  ["a tunnel", get("CONNECT a:443 HTTP/1.1")],
  ["TRACE", get("TRACE /graphql HTTP/1.1")],
  ["a method nobody knows", get("BREW /graphql HTTP/1.1")],
  ["a version nobody knows", get("GET /graphql HTTP/9.9")],
  ["no version", get("GET /graphql")],
  ["no request at all", "\x16\x03\x01\x02\x00\x01\x00\x01"],
  ["blank lines and then nothing that is one", "\r\n\r\nhello\r\n\r\n"],
  ["a header without a colon", post("Host: a\r\nbroken\r\n")],
  ["a header with a control character", post("Host: a\r\nX: a\x01b\r\n")],
  ["headers larger than are read", post(`Host: a\r\nX: ${"x".repeat(70_000)}\r\n`)],
  ["two lengths", post("Host: a\r\nContent-Length: 3\r\n")],
  ["a length that is negative", get("POST /graphql HTTP/1.1", "Host: a\r\nContent-Length: -1\r\n")],
  ["a length that is no number", get("POST /graphql HTTP/1.1", "Host: a\r\nContent-Length: many\r\n")],
  ["a length and chunks", post("Host: a\r\nTransfer-Encoding: chunked\r\n")],
  [
    "a chunk without a size",
    `${get("POST /graphql HTTP/1.1", "Host: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n")}zz\r\n`,
  ],
  [
    "an encoding of transfer nobody knows",
    get("POST /graphql HTTP/1.1", "Host: a\r\nTransfer-Encoding: cow\r\n"),
  ],
  ["an expectation nobody meets", post("Host: a\r\nExpect: the-impossible\r\n")],
  ["an upgrade", get("GET /graphql HTTP/1.1", "Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")],
  ["JSON that ends too early", post("Host: a\r\n", '{"query":"{ who')],
  ["bytes that are no UTF-8", post("Host: a\r\n", "\xff\xfe\xfd")],
  ["a body that is a number", post("Host: a\r\n", "7")],
  ...[
    '{"then":1}',
    '{"then":"x","query":"{ who }"}',
    '{"then":{"then":{}}}',
    '{"catch":1,"then":1,"finally":1}',
    '{"status":200,"headers":{"a":"b"}}',
    '{"query":"{ who }","status":500,"headers":[]}',
    '{"status":"x","headers":"y","body":"z"}',
    '{"constructor":1,"toJSON":1}',
    '{"__proto__":{"then":1}}',
    '[{"then":1}]',
  ].map((body) => [`a body that looks like something else, ${body}`, post("Host: a\r\n", body)] as const),
  ["a token of control characters", post("Host: a\r\nAuthorization: Bearer \t\t\r\n")],
  ["an Accept that is none", post("Host: a\r\nAccept: ,,;;=\r\n")],
];

describe("what is no request", () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    server = await startServer({
      settings: settingsOf({ SIGHTLINE_DEV: "1", SIGHTLINE_INTROSPECTION: "1" }),
    });
  });
  afterAll(() => server.stop());

  test.each(MALFORMED)(
    "AP-18 AP-04 %s: an answer without a stack or a path, and a line in the log",
    async (_title, sent) => {
      const before = server.lines.length;
      const answer = await said(server.url, sent);
      expect(answer).toMatch(/^HTTP\/1\.1 (200|204|4\d\d) /);
      expect(answer).not.toMatch(/\bat .*:\d+:\d+|node_modules|\.[jt]s\b|whatwg|TypeError|ERR_|HPE_/);
      const lines = server.lines.slice(before);
      // A body that breaks off is known to be broken when its request has been handed on: a line for each.
      expect(lines.map(({ msg }) => msg)).toContainEqual(
        expect.stringMatching(/^(answered|refused unread)$/),
      );
      expect(lines.filter(({ level }) => level === "error" || level === "fatal")).toEqual([]);
    },
  );

  test("AP-18 the server answers others after all of it", async () => {
    expect(await server.send("{ who }")).toMatchObject({ status: 200, data: { who: null } });
  });
});

/** Sends bytes, and reads until the server closes. */
function said(url: string, sent: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on("connect", () => socket.end(Buffer.from(sent, "latin1")));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" ? undefined : reject(error),
    );
  });
}
