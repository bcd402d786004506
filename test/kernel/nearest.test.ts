import { describe, expect, test } from "vitest";
import { didYouMean, nearest } from "../../src/kernel/nearest.ts";

const FIELDS = ["stage", "revenue", "account", "contact", "closedAt", "n"];

describe("BU-01 the nearest known name", () => {
  test.each([
    ["stge", "stage"],
    ["Stage", "stage"],
    ["REVENUE", "revenue"],
    ["revneue", "revenue"],
    ["acount", "account"],
    ["closed_at", "closedAt"],
    ["closeAt", "closedAt"],
  ])("BU-01 %s may be %s", (name, expected) => expect(nearest(name, FIELDS)).toBe(expected));

  test.each(["", "x", "ab", "owner", "something else entirely", "s".repeat(101), "\u0000"])(
    "BU-01 %j is near to none",
    (name) => {
      expect(nearest(name, FIELDS)).toBeNull();
      expect(didYouMean(name, FIELDS)).toBe("");
    },
  );

  test("BU-01 an address is not near for the host that it shares", () => {
    const people = ["root@acme.test", "ray@acme.test"];
    expect(nearest("boss@acme.test", people)).toBeNull();
    expect(nearest("rot@acme.test", people)).toBe("root@acme.test");
    expect(nearest("ray@acme.tst", people)).toBe("ray@acme.test");
  });

  test("BU-01 of two as near the first, and of no more names than are looked at", () => {
    expect(nearest("abd", ["abc", "abe"])).toBe("abc");
    const many = Array.from({ length: 5_000 }, (_, at) => `field-${at}-of-many`);
    expect(nearest("field-4999-of-mny", many)).not.toBe("field-4999-of-many");
    expect(nearest("field-1-of-mny", many)).toBe("field-1-of-many");
  });
});
