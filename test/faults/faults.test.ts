import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FAULTS } from "./faults.ts";

/** `npm run faults` proves that each is noticed; here, that each can still be made. */
test("EN-01 the faults that the tests must notice are many, and each has its own name", () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(15);
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
});

test.each(FAULTS)(
  "EN-01 $name: the place is there, once, and so are the tests",
  ({ file, find, replace, tests }) => {
    const text = readFileSync(new URL(`../../src/${file}`, import.meta.url), "utf8");
    expect(text.split(find).length - 1).toBe(1);
    expect(replace).not.toBe(find);
    for (const path of tests) expect(existsSync(new URL(`../${path}`, import.meta.url))).toBe(true);
  },
);
