import { type JWTPayload, SignJWT } from "jose";
import { DEVELOPMENT_SECRET } from "../../src/kernel/settings-table.ts";
import { NOW } from "../graphql/world.ts";
import type { Dice } from "../random/dice.ts";
import {
  deep,
  hostileJson,
  keyed,
  NUMBERS,
  PROTOTYPE_KEYS,
  rawNumber,
  TEXTS,
  toJson,
  UNSTORABLE,
} from "./hostile.ts";
import type { Sent } from "./input.ts";
import type { World } from "./world.ts";

type Malformed = { readonly title: string; readonly request: Sent };

/** The request with something wrong about it that is no argument: its body, document, headers, method or address. */
export async function malformed(good: Sent, world: World, dice: Dice): Promise<Malformed> {
  const [title, make] = dice.weighted<readonly [string, Make]>([
    [4, ["a body that is no JSON", brokenBody]],
    [4, ["JSON that is no request", wrongBody]],
    [4, ["a wrong part of the request", wrongPart]],
    [4, ["a wrong document", wrongDocument]],
    [2, ["a wrong content type", wrongContentType]],
    [3, ["a wrong Authorization header", wrongAuthorization]],
    [2, ["a wrong header", wrongHeader]],
    [1, ["a wrong method", wrongMethod]],
    [1, ["a wrong GET", wrongGet]],
  ]);
  return { title, request: { ...good, ...(await make(good, dice, world)) } };
}

type Make = (good: Sent, dice: Dice, world: World) => Partial<Sent> | Promise<Partial<Sent>>;

const bytes = (...values: readonly number[]) => Uint8Array.from(values);

function brokenBody({ body }: Sent, dice: Dice): Partial<Sent> {
  const text = typeof body === "string" ? body : "";
  return {
    body: dice.pick<string | Uint8Array<ArrayBuffer>>([
      "",
      " ",
      "{",
      "nonsense",
      "undefined",
      "{'query': '{ viewer { isSupport } }'}",
      text.slice(0, -1),
      text.slice(0, dice.between(1, Math.max(1, text.length - 1))),
      `${text}${text}`,
      `\ufeff${text}`,
      `${text}\u0000`,
      text.replace('"query"', '"query\u0000"'),
      bytes(0xff, 0xfe, 0x00),
      bytes(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d),
      bytes(0x1f, 0x8b, 0x08, 0x00),
      "[".repeat(100_000),
      "--x\r\nContent-Disposition: form-data\r\n\r\n{}\r\n--x--",
      "query={viewer{isSupport}}",
    ]),
  };
}

function wrongBody({ body }: Sent, dice: Dice): Partial<Sent> {
  return {
    body: dice.pick([
      "null",
      "[]",
      "{}",
      "0",
      "true",
      '"{ viewer { isSupport } }"',
      "[[]]",
      `[${body}]`,
      `[${body},${body}]`,
      toJson(deep("list", 100_000)),
      toJson(deep("object", 50_000)),
      toJson(hostileJson(dice)),
      toJson(keyed(dice.pick(PROTOTYPE_KEYS), { query: "{ viewer { isSupport } }" })),
      `{"query": "${"x".repeat(1_100_000)}"}`,
    ]),
  };
}

/** One member of the request that is of a wrong type or shape. */
function wrongPart({ body }: Sent, dice: Dice): Partial<Sent> {
  const good = JSON.parse(String(body)) as object;
  const wrong = () =>
    dice.pick<unknown>([null, "", "x", "{", 0, 5, true, [], [1], {}, rawNumber("1e999"), hostileJson(dice)]);
  const member = dice.pick(["query", "variables", "operationName", "extensions", "nope", "__proto__", "id"]);
  const extensions = dice.pick<object>([
    ...[-1, 1.5, "1", "", true, [], {}, 2 ** 53 + 2, rawNumber("1e999"), rawNumber("-0"), 10 ** 9].map(
      (minPolicyVersion) => ({ minPolicyVersion }),
    ),
    { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } },
    { persistedQuery: wrong() },
    keyed("__proto__", { minPolicyVersion: 1 }),
  ]);
  const part = dice.chance(0.3) ? ({ extensions } as object) : keyed(member, wrong());
  const missing = dice.chance(0.1) ? { query: undefined } : {};
  return {
    body: toJson(Object.fromEntries(Object.entries({ ...good, ...missing }).concat(Object.entries(part)))),
  };
}

function wrongDocument({ body }: Sent, dice: Dice): Partial<Sent> {
  const good = JSON.parse(String(body)) as { readonly query: string; readonly variables: object };
  const { query } = good;
  const cut = query.slice(0, dice.between(1, query.length - 1));
  const wrong = dice.pick<string>([
    "",
    "#",
    "{",
    "{}",
    "{ }",
    cut,
    `${query} ${query}`,
    `${query} { viewer { isSupport } }`,
    query.replace("__typename", "nope"),
    query.replace("__typename", "__typename @nope"),
    query.replace("__typename", "__typename @include(if: 5)"),
    query.replace("__typename", "__typename @skip"),
    query.replace("__typename", "__typename @include(if: true) @include(if: false)"),
    query.replace("__typename", "a: __typename a: __schema { description }"),
    query.replace("__typename", "...Missing"),
    query.replace("__typename", "... on Nope { id }"),
    query.replace("__typename", "... on String { id }"),
    query.replace("__typename", "x".repeat(5_000)),
    query.replace("One", "One(").replace("((", "("),
    query.replace(/^(query|mutation)/, "subscription"),
    query.replace(/^mutation/, "query").replace(/^query One/, "mutation One"),
    query.replace("__typename", "__typename @defer"),
    query.replace("__typename", "... @defer { __typename }"),
    query.replace("__typename", "__typename @stream(initialCount: -1)"),
    `${query} fragment F on Query { ...G } fragment G on Query { ...F }`,
    `${query} fragment Unused on Query { __typename }`,
    `${query} type Query { a: Int }`,
    `${query} extend schema @nope`,
    "query ($a: Int, $a: Int) { viewer { isSupport } }",
    "query ($a: Nope) { viewer { isSupport } }",
    "query ($a: User) { viewer { isSupport } }",
    'query ($a: Int = "x") { users(first: $a) { totalCount } }',
    "query ($a: [Int!]! = [null]) { users(first: $a) { totalCount } }",
    "{ users(first: $undeclared) { totalCount } }",
    '{ module(key: """\u0000""") { id } }',
    '{ module(key: "\\ud800") { id } }',
    '{ module(key: "\\u{110000}") { id } }',
    '{ module(key: "unterminated',
    "{ users(first: 99999999999999999999) { totalCount } }",
    "{ users(first: 1e400) { totalCount } }",
    "{ users(first: 0x10) { totalCount } }",
    "{ users(first: -) { totalCount } }",
    "{ users(first: [[[1]]]) { totalCount } }",
    "{ users(filter: null) { totalCount } }",
    `{ viewer { user { ${"reportsTo { ".repeat(40)} id ${"} ".repeat(40)} } } }`,
    `{ ${"a: viewer { isSupport } ".repeat(60)} }`,
    `{ ${Array.from({ length: 60 }, (_, at) => `a${at}: viewer { isSupport }`).join(" ")} }`,
    `{ ${"viewer { isSupport } ".repeat(700)} }`,
    `{ records(module: "leads", filter: ${"{ all: [".repeat(400)}${"] }".repeat(400)}) { totalCount } }`,
    "{ roles(first: 100) { edges { node { users(first: 100) { edges { node { role { users(first: 100) { edges { node { id } } } } } } } } } } }",
    "{ __type(name: 5) { name } }",
    '{ __type(name: "__proto__") { name } nope }',
    dice.pick([...TEXTS, ...UNSTORABLE]),
    `{ ${dice.pick([...PROTOTYPE_KEYS])} }`,
  ]);
  return { body: toJson({ ...good, query: wrong }) };
}

function wrongContentType({ headers }: Sent, dice: Dice): Partial<Sent> {
  const type = dice.pick([
    "",
    "text/plain",
    "text/html",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/graphql",
    "application/xml",
    "application/json; charset=utf-16",
    "application/json; charset=nope",
    "application/jsonx",
    "application",
    ";;;",
    "application/json, text/plain",
    "APPLICATION/JSON",
    "x".repeat(5_000),
  ]);
  const { "content-type": _, ...rest } = headers;
  return { headers: dice.chance(0.2) ? rest : { ...rest, "content-type": type } };
}

async function wrongAuthorization({ headers }: Sent, dice: Dice, { tokens }: World): Promise<Partial<Sent>> {
  const token = tokens.get("ray@acme.test") ?? "";
  const [head = "", claims = "", signature = ""] = token.split(".");
  const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const authorization = dice.chance(0.4)
    ? `Bearer ${await signed(dice)}`
    : dice.pick([
        "",
        " ",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer ..",
        "Bearer a.b.c",
        `Basic ${token}`,
        token,
        `Bearer ${token} ${token}`,
        `Bearer, ${token}`,
        `Bearer ${head}.${claims}.`,
        `Bearer ${head}.${claims}.${signature.slice(1)}`,
        `Bearer ${head}.${claims}.${signature.toUpperCase()}`,
        `Bearer ${json({ alg: "none" })}.${claims}.`,
        `Bearer ${json({ alg: "HS256", crit: ["x"], x: 1 })}.${claims}.${signature}`,
        `Bearer ${json({ alg: "RS256" })}.${claims}.${signature}`,
        `Bearer ${json({ alg: 5 })}.${claims}.${signature}`,
        `Bearer ${json([])}.${claims}.${signature}`,
        `Bearer ${head}.${json("x")}.${signature}`,
        `Bearer ${"x".repeat(20_000)}`,
        `Bearer ${"a.".repeat(500)}`,
        "Bearer \u00ff\u00fe",
        "Bearer null",
      ]);
  return { headers: { ...headers, authorization } };
}

/** A token with the right signature and claims that are not. */
function signed(dice: Dice): Promise<string> {
  const seconds = NOW / 1000;
  const text = dice.pick([...TEXTS, ...UNSTORABLE]);
  const claims = dice.pick<Readonly<Record<string, unknown>>>([
    { org: text },
    { org: dice.pick(PROTOTYPE_KEYS) },
    { org: 5 },
    { org: { key: "acme" } },
    { org: ["acme"] },
    { org: null },
    { email: text },
    { email: 5 },
    { email: ["ray@acme.test"] },
    { email: undefined, sub: text },
    { email: undefined, sub: dice.pick(PROTOTYPE_KEYS) },
    { sub: 5 },
    { email: undefined },
    { iat: "now" },
    { iat: 1e300 },
    { iat: -1 },
    { exp: 1 },
    { exp: "later" },
    { exp: 1e300, iat: seconds + 1000 },
    { nbf: "soon" },
    { email_verified: false },
  ]);
  const payload = {
    org: "acme",
    email: "ray@acme.test",
    iat: seconds,
    exp: Math.ceil(seconds) + 60,
    ...claims,
  };
  return new SignJWT(payload as unknown as JWTPayload)
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(new TextEncoder().encode(DEVELOPMENT_SECRET));
}

function wrongHeader({ headers }: Sent, dice: Dice): Partial<Sent> {
  const [name, values] = dice.pick<readonly [string, readonly string[]]>([
    [
      "x-min-policy-version",
      ["", "x", "-1", "1.5", "1e3", "99999999999999999999", "1, 2", "\u00b2", "999999"],
    ],
    [
      "idempotency-key",
      [
        "",
        " ",
        "x".repeat(300),
        "x".repeat(10_000),
        "\u00e9\u00ff",
        "a b",
        "a, b",
        "'; --",
        "\\u0000",
        "__proto__",
      ],
    ],
    [
      "accept",
      ["", "x", "image/png", "text/html", "*/*;q=0", "application/json;q=nope", "text/event-stream"],
    ],
    [
      "accept",
      ["multipart/mixed", "multipart/mixed; deferSpec=20220824, application/json", ",,,", "x".repeat(5_000)],
    ],
    ["accept-language", ["\u00ff", "x".repeat(1_000)]],
    ["x-forwarded-for", ["'", "x".repeat(5_000), ",,,", "__proto__"]],
    ["origin", ["null", "x", "http://evil.test"]],
    ["content-encoding", ["gzip", "nope"]],
    ["content-length", ["-1", "5", "99999999999999999999", "x"]],
    ["traceparent", ["x", "00-0-0-00", "00-".repeat(1_000)]],
    ["x-request-id", ["x\u00ff", "x".repeat(5_000)]],
    ["cookie", ["a=b; __proto__=c"]],
  ]);
  return { headers: { ...headers, [name]: dice.pick(values) } };
}

function wrongMethod(_: Sent, dice: Dice): Partial<Sent> {
  const method = dice.pick(["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "GET", "PROPFIND"]);
  return { method, ...(method === "GET" || method === "HEAD" ? { body: null } : {}) };
}

function wrongGet({ body, headers }: Sent, dice: Dice): Partial<Sent> {
  const { query, variables } = JSON.parse(String(body)) as {
    readonly query: string;
    readonly variables: object;
  };
  const asked = encodeURIComponent(query);
  const given = encodeURIComponent(JSON.stringify(variables));
  const search = dice.pick([
    "",
    "query",
    "query=",
    "query=%E0%A4%A",
    "query=%00",
    "query=%ED%A0%80",
    `query=${asked}`,
    `query=${asked}&query=${asked}`,
    `query=${asked}&variables=`,
    `query=${asked}&variables={`,
    `query=${asked}&variables=5`,
    `query=${asked}&variables=[]`,
    `query=${asked}&variables=null`,
    `query=${asked}&variables=${given}&extensions=x`,
    `query=${asked}&variables=${given}&extensions=[]`,
    `query=${asked}&variables=${given}&operationName=Nope`,
    `query[]=${asked}`,
    `__proto__=${asked}`,
    `query=mutation{nope}`,
    `query=${"x".repeat(50_000)}`,
    NUMBERS.map((each) => `x=${String(each)}`).join("&"),
  ]);
  const { "content-type": _, ...rest } = headers;
  return {
    method: "GET",
    body: null,
    path: `${dice.pick(["/graphql", "/graphql", "/graphql", "/graphql/", "//graphql", "/", "/%00"])}?${search}`,
    headers: rest,
  };
}
