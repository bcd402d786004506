import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { describe, expect, test } from "vitest";
import { Forbidden, InvalidInput } from "../../src/kernel/fault.ts";
import { Unauthenticated } from "../../src/kernel/unauthenticated.ts";
import { startTracing } from "../../src/server/watch/tracing.ts";
import { settingsOf, startServer, WHO } from "./acme.ts";

type Gate = {
  readonly opened: Promise<void>;
  readonly open: () => void;
  readonly entered: Promise<void>;
  readonly enter: () => void;
};

function gate(): Gate {
  const inside = Promise.withResolvers<void>();
  const outside = Promise.withResolvers<void>();
  return { opened: inside.promise, open: inside.resolve, entered: outside.promise, enter: outside.resolve };
}

/** A field that answers when the gate opens, and a subscription that counts and then waits for ever. */
function schemaWith({ opened, enter }: Gate, onStreamEnd: () => void = () => undefined): GraphQLSchema {
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: {
        who: WHO,
        slow: {
          type: GraphQLString,
          resolve: async () => {
            enter();
            await opened;
            return "done";
          },
        },
        bug: { type: GraphQLString, resolve: () => Promise.reject(new Error("bug")) },
      },
    }),
    subscription: new GraphQLObjectType({
      name: "Subscription",
      fields: {
        count: {
          type: GraphQLInt,
          subscribe: () => ticks(onStreamEnd),
          resolve: (value: number) => value,
        },
      },
    }),
  });
}

function ticks(onEnd: () => void): AsyncIterableIterator<number> {
  let count = 0;
  const ended = Promise.withResolvers<IteratorResult<number>>();
  const iterator: AsyncIterableIterator<number> = {
    next: async () => (count < 2 ? { done: false, value: ++count } : ended.promise),
    return: async () => {
      onEnd();
      const done = { done: true, value: undefined } as const;
      ended.resolve(done);
      return done;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

const subscribe = (url: string, query: string) =>
  fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query }),
  });

describe("AP-31 health", () => {
  const holds = { name: "database", check: async () => undefined };
  test.each([
    ["everything holds", [holds], 200, { status: "ready" }],
    [
      "the database does not answer",
      [
        holds,
        { name: "migrations", check: () => Promise.reject(new Error("connect postgres://user:hunter2@db")) },
      ],
      503,
      { status: "unavailable", failing: ["migrations"] },
    ],
    [
      "a check never ends",
      [{ name: "database", check: () => new Promise<void>(() => undefined) }],
      503,
      { status: "unavailable", failing: ["database"] },
    ],
  ])("AP-31 ready: %s", async (_title, checks, status, body) => {
    const server = await startServer({ checks });
    const response = await fetch(`${server.url}/health/ready`);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(body);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${server.url}/health/ready`, { method: "POST" })).status).toBe(405);
    await server.stop();
  });

  test("AP-04 a route that throws is masked, with a request id that is in the log", async () => {
    const broken = { path: "/broken", methods: ["GET"], answer: () => Promise.reject(new Error("hunter2")) };
    const server = await startServer({ routes: [broken] });
    const response = await fetch(`${server.url}/broken`);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain("hunter2");
    const { errors } = JSON.parse(text) as { errors: { extensions: { code: string; requestId: string } }[] };
    expect(errors[0]?.extensions.code).toBe("INTERNAL");
    expect(
      server.lines.some(
        (line) => line["requestId"] === errors[0]?.extensions.requestId && line["level"] === "error",
      ),
    ).toBe(true);
    await server.stop();
  });
});

test.each([
  ["Unauthenticated", new Unauthenticated("NO_TOKEN"), 401, "UNAUTHENTICATED"],
  ["Forbidden", new Forbidden("No."), 403, "FORBIDDEN"],
  ["InvalidInput", new InvalidInput("subject", "Name it."), 400, "BAD_USER_INPUT"],
])("AP-04 a route that throws %s tells it", async (_title, fault, status, code) => {
  const refusing = { path: "/refusing", methods: ["POST"], answer: () => Promise.reject(fault) };
  const server = await startServer({ routes: [refusing] });
  const response = await fetch(`${server.url}/refusing`, { method: "POST" });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ errors: [{ message: fault.message, extensions: { code } }] });
  await server.stop();
});

describe("AP-31 a graceful stop", () => {
  test("AP-31 running requests are answered, new ones are not taken", async () => {
    const doors = gate();
    const server = await startServer({ schema: schemaWith(doors) });
    const running = server.send("{ slow }");
    await doors.entered;
    const stopped = server.stop();
    await expect(fetch(`${server.url}/health/live`)).rejects.toThrow();
    doors.open();
    expect((await running).data).toEqual({ slow: "done" });
    await stopped;
    expect(await server.stop()).toBeUndefined();
  });

  test("AP-31 a request that outlasts the grace is cut off", async () => {
    const doors = gate();
    const server = await startServer({
      schema: schemaWith(doors),
      settings: settingsOf({ SIGHTLINE_STOP_GRACE_MS: "100" }),
    });
    const running = server.send("{ slow }");
    const refused = expect(running).rejects.toThrow();
    await doors.entered;
    await server.stop();
    await refused;
    doors.open();
  });

  test("AP-31 subscriptions are completed, and their sources closed", async () => {
    const closed = gate();
    const server = await startServer({ schema: schemaWith(gate(), closed.open) });
    const response = await subscribe(server.url, "subscription { count }");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes('"count":2')) text += (await reader?.read())?.value ?? "";
    const stopped = server.stop();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) text += part.value;
    expect(text).toMatch(/"count":1[\s\S]*"count":2[\s\S]*event: complete/);
    await stopped;
    await closed.opened;
  });
});

describe("AP-31 metrics", () => {
  test("AP-31 /metrics counts requests, operations, errors and streams", async () => {
    const doors = gate();
    const server = await startServer({ schema: schemaWith(doors) });
    await server.send("{ who }");
    await server.send("{ bug }");
    await server.send("query Secret { who }", { authorization: "Bearer garbage" });
    await fetch(`${server.url}/somewhere`);
    const stream = await subscribe(server.url, "subscription { count }");
    const response = await fetch(`${server.url}/metrics`);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    const text = await response.text();
    expect(text).toContain('sightline_requests_total{route="/graphql",status="2xx"} 3');
    expect(text).toContain('sightline_requests_total{route="/graphql",status="4xx"} 1');
    expect(text).toContain('sightline_requests_total{route="other",status="4xx"} 1');
    expect(text).toContain('sightline_errors_total{code="INTERNAL"} 1');
    expect(text).toContain('sightline_errors_total{code="UNAUTHENTICATED"} 1');
    expect(text).toContain('sightline_operation_seconds_count{operation="query",outcome="ok"} 1');
    expect(text).toContain('sightline_operation_seconds_count{operation="query",outcome="errors"} 1');
    expect(text).toContain("sightline_open_streams 1");
    expect(text).toContain("process_cpu_seconds_total");
    expect(text).not.toContain("Secret");
    await stream.body?.cancel();
    await server.stop();
  });

  test("AP-31 of streams nothing is told where the schema has none", async () => {
    const { Query } = schemaWith(gate()).getTypeMap();
    const server = await startServer({ schema: new GraphQLSchema({ query: Query as GraphQLObjectType }) });
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).toContain("# HELP sightline_operation_seconds ");
    expect(text).not.toMatch(/stream|subscription/i);
    await server.stop();
  });

  test("AP-31 SIGHTLINE_METRICS=0 takes them away", async () => {
    const server = await startServer({ settings: settingsOf({ SIGHTLINE_METRICS: "0" }) });
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
    await server.stop();
  });
});

describe("AP-31 OpenTelemetry", () => {
  type Sent = {
    readonly resourceSpans: readonly {
      readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
    }[];
  };
  type SentSpan = {
    readonly name: string;
    readonly traceId: string;
    readonly spanId: string;
    readonly parentSpanId?: string;
  };

  test("AP-31 is off unless its variable is set", async () => {
    expect(await startTracing(settingsOf())).toBeNull();
  });

  test("AP-31 a request continues the caller's trace and its phases are below it", async () => {
    const sent: Sent[] = [];
    const bodies: string[] = [];
    const collector = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      bodies.push(`${request.url} ${body}`);
      sent.push(JSON.parse(body) as Sent);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    const settings = settingsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    const tracing = await startTracing(settings);
    const server = await startServer({ settings, tracing });
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    await server.send("query Secret { who }", { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    await server.stop();
    await tracing?.stop();
    collector.close();

    const spans = sent.flatMap((one) =>
      one.resourceSpans.flatMap((two) => two.scopeSpans.flatMap((three) => three.spans)),
    );
    const root = spans.find((span) => span.name === "POST /graphql");
    expect(root).toMatchObject({ traceId, parentSpanId: "b7ad6b7169203331" });
    for (const name of ["graphql.parse", "graphql.validate", "graphql.execute"]) {
      expect(spans.find((span) => span.name === name)).toMatchObject({ traceId, parentSpanId: root?.spanId });
    }
    expect(bodies[0]).toMatch(/^\/v1\/traces /);
    expect(bodies.join()).toContain('"stringValue":"sightline"');
    expect(bodies.join()).toContain('"http.response.status_code"');
    expect(bodies.join()).not.toContain("Secret");
  });
});
