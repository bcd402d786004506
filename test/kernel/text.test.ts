import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareText, foldEmail, isEmail, isStorable } from "../../src/kernel/text.ts";

describe("EN-09 text is ordered by code point", () => {
  test.each([
    ["a", "b", -1],
    ["b", "a", 1],
    ["a", "a", 0],
    ["", "a", -1],
    ["a", "aa", -1],
    ["Z", "a", -1],
    ["10", "9", -1],
    ["\u{1F680}", "\uFF5E", 1],
    ["\uE000", "\u{10000}", -1],
    ["\uFFFD", "\u{1F680}", -1],
    ["x\u{1F680}", "x\u{1F681}", -1],
    ["\u00e9", "e\u0301", 1],
  ])("EN-09 %j against %j is %d", (a, b, expected) => {
    expect(Math.sign(compareText(a, b))).toBe(expected);
    expect(Math.sign(compareText(b, a))).toBe(-expected + 0);
  });

  test("EN-09 agrees with the order of UTF-8 bytes, which SQLite and Postgres use", () => {
    const text = fc.string({
      unit: fc.constantFrom(
        "",
        "a",
        "Z",
        "\u00e9",
        "\uD7FF",
        "\uE000",
        "\uFF5E",
        "\u{10000}",
        "\u{1F680}",
        "\u{10FFFF}",
      ),
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("EN-06 text that both databases keep", () => {
  test.each([
    ["", true],
    ["\u{1F680}\n\t", true],
    ["a\u0000", false],
    ["\ud83d", false],
    ["\ude80\ud83d", false],
  ])("EN-06 %j is storable: %s", (text, expected) => {
    expect(isStorable(text)).toBe(expected);
  });

  test.each([
    ["root@acme.test", true],
    ["müller@bücher.test", true],
    ["root", false],
    ["@acme.test", false],
    ["root@", false],
    ["a@b@c", false],
    ["a b@c", false],
    ["a\u0007@c", false],
    [`${"a".repeat(250)}@acme.test`, false],
  ])("UA-22 %j is an address: %s", (text, expected) => {
    expect(isEmail(text)).toBe(expected);
  });

  test("UA-22 addresses are compared whatever their case", () => {
    expect(foldEmail("Root@ACME.test")).toBe("root@acme.test");
    // Nothing that only Unicode calls a case, a width or a spelling of it.
    for (const other of ["\u212A@x.test", "İ@x.test", "Ä@x.test", "ſ@x.test", "Ａ@x.test"])
      expect(foldEmail(other)).toBe(other);
  });
});
