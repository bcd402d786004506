import type { Dice } from "../random/dice.ts";
import { deep, hostileJson, keyed, PROTOTYPE_KEYS, rawNumber, TEXTS, toJson, UNSTORABLE } from "./hostile.ts";
import type { Sent } from "./input.ts";
import {
  wrongAuthorization,
  wrongContentType,
  wrongGet,
  wrongHeader,
  wrongMethod,
} from "./malformed-around.ts";
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
      ...["then", "status", "headers", "catch", "toJSON"].map((name) =>
        toJson(keyed(name, { query: "{ viewer { isSupport } }" })),
      ),
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
