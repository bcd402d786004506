import { type JWTPayload, SignJWT } from "jose";
import { DEVELOPMENT_SECRET } from "../../src/settings/settings.ts";
import { NOW } from "../graphql/world.ts";
import type { Dice } from "../random/dice.ts";
import { NUMBERS, PROTOTYPE_KEYS, TEXTS, UNSTORABLE } from "./hostile.ts";
import type { Sent } from "./input.ts";
import type { World } from "./world.ts";

export function wrongContentType({ headers }: Sent, dice: Dice): Partial<Sent> {
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

export async function wrongAuthorization(
  { headers }: Sent,
  dice: Dice,
  { tokens }: World,
): Promise<Partial<Sent>> {
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
  const text = dice.pick(dice.chance(0.5) ? UNSTORABLE : TEXTS);
  const claims = dice.pick<Readonly<Record<string, unknown>>>([
    { org: text },
    { org: `acme${text}` },
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

export function wrongHeader({ headers }: Sent, dice: Dice): Partial<Sent> {
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

export function wrongMethod(_: Sent, dice: Dice): Partial<Sent> {
  const method = dice.pick(["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "GET", "PROPFIND"]);
  return { method, ...(method === "GET" || method === "HEAD" ? { body: null } : {}) };
}

export function wrongGet({ body, headers }: Sent, dice: Dice): Partial<Sent> {
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
