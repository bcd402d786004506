import { describe, expect, test } from "vitest";
import { decodeFile } from "../../../src/file/reading/decode.ts";
import { refuseLongScalars } from "../../../src/file/reading/long-scalars.ts";
import { InvalidPolicy } from "../../../src/kernel/fault.ts";

const TEXT = "sightline: 1\nusers:\n  root@x.test: { name: Jürgen 🚀 \ufffd }\n";

function faultOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidPolicy) return error.faults[0];
    throw error;
  }
  return undefined;
}

describe("BU-01 the bytes of a file", () => {
  test.each(["", "a", TEXT, `\ufeff${TEXT}`, "\ufffd\ufffd", "\u{10ffff}\n"])(
    "BU-01 %j is read as it is",
    (text) => {
      expect(decodeFile(Buffer.from(text), "x.yaml")).toBe(text);
    },
  );

  test.each<[string, Buffer, line: number, column: number, message: string]>([
    ["Latin-1", Buffer.from(TEXT.replace("🚀 \ufffd", ""), "latin1"), 3, 25, "the byte FC is no UTF-8 here"],
    [
      "one byte of Windows",
      Buffer.concat([Buffer.from(TEXT), Buffer.of(0x93)]),
      4,
      1,
      "the byte 93 is no UTF-8 here",
    ],
    ["half a character at the end", Buffer.from("a\né").subarray(0, 3), 2, 1, "the byte C3 is no UTF-8 here"],
    ["a surrogate", Buffer.from([0x61, 0xed, 0xa0, 0x80]), 1, 2, "the byte ED is no UTF-8 here"],
    ["an overlong slash", Buffer.from([0x0a, 0xc0, 0xaf]), 2, 1, "the byte C0 is no UTF-8 here"],
    ["UTF-16 with its mark", Buffer.from(`\ufeff${TEXT}`, "utf16le"), 1, 1, "the file is in UTF-16"],
    [
      "UTF-16 the other way round",
      Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16(),
      1,
      1,
      "the file is in UTF-16",
    ],
    [
      "UTF-16 without a mark",
      Buffer.from("sightline: 1\n", "utf16le"),
      1,
      2,
      "a zero byte; the file may be in UTF-16, or be no text",
    ],
    [
      "what is no text",
      Buffer.from([0x7b, 0x0a, 0x00, 0x01]),
      2,
      1,
      "a zero byte; the file may be in UTF-16, or be no text",
    ],
  ])("BU-01 %s is refused at its place", (_, bytes, line, column, message) => {
    expect(faultOf(() => decodeFile(bytes, "x.yaml"))).toMatchObject({
      file: "x.yaml",
      line,
      column,
      message,
      expected: "a file in UTF-8 throughout: save it in that encoding",
    });
  });
});

describe("AP-17 a piece longer than any could be", () => {
  const long = "y".repeat(1_000_001);
  test.each<[string, string, line: number, column: number]>([
    ["between quotes", `a: 1\nb: { c: "${long}" }\n`, 2, 9],
    ["as a block", `a:\n  - |\n${`    ${"y".repeat(99)}\n`.repeat(10_000)}b: 1\n`, 3, 1],
    ["plain", `a: [ x, ${long} ]\n`, 1, 9],
    ["as a key", `${long}: 1\n`, 1, 1],
    ["as a comment", `a: 1 # ${long}\n`, 1, 6],
  ])("AP-17 %s is refused where it begins, before a tree is made", (_, text, line, column) => {
    expect(faultOf(() => refuseLongScalars(text, "x.yaml"))).toMatchObject({ line, column });
  });

  test("AP-17 a long file of short pieces is not", () => {
    const text = `records:\n${'  r: { name: "A record", n: 1 }\n'.repeat(40_000)}`;
    expect(text.length).toBeGreaterThan(1_000_000);
    refuseLongScalars(text, "x.yaml");
  });
});
