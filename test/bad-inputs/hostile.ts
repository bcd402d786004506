import type { Dice } from "../random/dice.ts";

/** Marks in strings, for JSON that no value of JavaScript is written as. */
const RAW = /"@raw ([^@"]+)@"/g;
const DEEP = /"@deep (list|object|all) (\d+)@"/g;

/** A number as JSON spells it, such as `1e999`, which is read as infinity. */
export function rawNumber(text: string): string {
  return `@raw ${text}@`;
}

/** JSON too deep to be built as a value. */
export function deep(kind: "list" | "object" | "all", levels: number): string {
  return `@deep ${kind} ${levels}@`;
}

/** The value as JSON, marks replaced by what they stand for. */
export function toJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(RAW, (_, text: string) => text)
    .replace(DEEP, (_, kind: string, levels: string) => nested(kind, Number(levels)));
}

function nested(kind: string, levels: number): string {
  if (kind === "list") return "[".repeat(levels) + "]".repeat(levels);
  if (kind === "object") return `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
  const leaf = '{"compare":{"field":"name","op":"IS_NULL"}}';
  return `${'{"all":['.repeat(levels)}${leaf}${"]}".repeat(levels)}`;
}

/** Numbers at which something begins or ends; `Infinity` is written `1e999`, which JSON reads as it. */
export const NUMBERS: readonly unknown[] = [
  0,
  -1,
  1.5,
  101,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53 + 2,
  -(2 ** 63),
  1e308,
  5e-324,
  ...["1e999", "-1e999", "-0", "9007199254740993", `1${"0".repeat(400)}`].map(rawNumber),
];

/** Text that no column of both databases keeps. */
export const UNSTORABLE: readonly string[] = [
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff\ud800",
  "leads\u0000",
  "\udc00x",
];

/** Text that something on the way may take for more than text. Its words are none that a leak would have. */
export const TEXTS: readonly string[] = [
  "",
  " ",
  "\t\r\n",
  "\u0007\u001b[31m\u007f",
  "\u0085\u2028\u2029",
  "\u202eabc\u202c",
  "\u200f\u200e\u2066",
  "\ufeff",
  "e\u0301".repeat(300),
  "\u{1f469}\u200d\u{1f469}\u200d\u{1f467}",
  "\u{10ffff}\ufffe",
  "İıß",
  "%",
  "_%_",
  "\\",
  "\\%",
  "'",
  "''",
  '"',
  "`",
  "' OR 1=1 --",
  `'; DROP TABLE "Record"; --`,
  `" UNION ALL VALUES (1) --`,
  "$1",
  "?",
  ":id",
  "{{7*7}}",
  "../../secret",
  "<script>alert(1)</script>",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "null",
  "undefined",
  "NaN",
  "-1",
  "1e999",
  " leads ",
  "LEADS",
  "a\r\nSet-Cookie: b=c",
  "x".repeat(300),
  "x".repeat(20_000),
];

export const INSTANTS: readonly unknown[] = [
  "",
  "yesterday",
  "2027-02-30T00:00:00Z",
  "2027-13-01T00:00:00Z",
  "2027-01-01T25:00:00Z",
  "2027-01-01T24:00:00Z",
  "2027-01-01T00:00:00",
  "2027-01-01",
  "2027-01-01 00:00:00Z",
  "2016-12-31T23:59:60Z",
  "2027-01-01T00:00:00.0000001Z",
  "2027-01-01T00:00:00+99:99",
  "0000-01-01T00:00:00Z",
  "0000-00-00T00:00:00Z",
  "-000001-01-01T00:00:00Z",
  "+275760-09-14T00:00:00Z",
  "+010000-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999-23:59",
  "0000-01-01T00:00:00+23:59",
  "infinity",
  "2027-01-01T00:00:00Z\u0000",
  "１２３４-01-01T00:00:00Z",
  8.64e15 + 1,
  -1,
  1.5,
];

/** JSON of shapes that code tends to trip over. */
export function hostileJson(dice: Dice): unknown {
  return dice.weighted<() => unknown>([
    [2, () => null],
    [2, () => dice.pick(NUMBERS)],
    [2, () => dice.pick(TEXTS)],
    [2, () => dice.pick(UNSTORABLE)],
    [2, () => dice.chance(0.5)],
    [2, () => []],
    [2, () => ({})],
    [1, () => [[]]],
    [1, () => [null]],
    [1, () => [{}, []]],
    [2, () => keyed(dice.pick(PROTOTYPE_KEYS), dice.pick<unknown>([1, null, { polluted: true }, []]))],
    [1, () => keyed(dice.pick([...UNSTORABLE, ...TEXTS]), 1)],
    [1, () => Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`k${at}`, at]))],
    [1, () => Array.from({ length: 1_001 }, (_, at) => at)],
    [1, () => Array.from({ length: 3 }, () => "same")],
    [1, () => deep(dice.pick(["list", "object"] as const), dice.pick([40, 400, 4_000, 40_000]))],
  ])();
}

export const PROTOTYPE_KEYS = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "then"];

/** An object with this one key of its own, even when it is `__proto__`. */
export function keyed(key: string, value: unknown): object {
  return Object.fromEntries([[key, value]]);
}
