import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CACHES } from "../../src/kernel/caches.ts";
import { cachesIn } from "../architecture/caches.ts";

/** Kept to last, but it could not be had again: when jobs ended. */
const NO_CACHES = ["store/core/jobs/jobs.ts: new Map"];

const SRC = join(import.meta.dirname, "../../src");

test("every cache of src is in the table of caches, and every row of the table is a cache of src", () => {
  const made = readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !/(^|\/)generated\//.test(path))
    .flatMap((path) => cachesIn(path, readFileSync(join(SRC, path), "utf8")));
  const told = new Set(Object.values(CACHES).map(({ at }) => at));
  expect(made.filter((each) => !NO_CACHES.includes(each)).toSorted()).toEqual([...told].toSorted());
});

// The finder itself, on made-up sources.
test.each([
  ["const known = new WeakMap<A, B>()", ["x.ts: new WeakMap"]],
  ["function f() { return new LRUCache({ max: 1 }) }", ["x.ts: new LRUCache"]],
  ["const all = [new DataLoader(a), new DataLoader(b)]", ["x.ts: new DataLoader"]],
  ["const limiter = { limiter: new RateLimiterMemory({}) }", ["x.ts: new RateLimiterMemory"]],
  ["const keys = () => createRemoteJWKSet(url)", ["x.ts: createRemoteJWKSet"]],
  ["const known = new Map<A, B>()", ["x.ts: new Map"]],
  ["export const known = new Map()", ["x.ts: new Map"]],
  ["export function openThings() { const known = new Map(); return known }", ["x.ts: new Map"]],
  ["export const policy = () => ({ memo: new Map() })", ["x.ts: memo"]],
  ["function ask() { const memo: Memo = new Map() }", ["x.ts: memo"]],
  ["const TABLE = new Map([[1, 2]])", []],
  ["function sum() { const byKey = new Map(); return byKey }", []],
  ["// new LRUCache()\nconst text = 'new WeakMap()'", []],
])("the caches of %s are %j", (source, expected) => {
  expect(cachesIn("x.ts", source)).toEqual(expected);
});
