import stringify from "json-stringify-pretty-compact";
import { format } from "sql-formatter";
import type { DatabaseKind } from "../../../src/database/database.ts";
import { FOREVER } from "../../../src/kernel/instant.ts";
import { seqsOf } from "../../../src/policy/model/owners.ts";
import { NAMES, NOW } from "./deals.ts";

/** A statement as the driver was given it. */
export type Sent = { readonly sql: string; readonly values: readonly unknown[] };

/**
 * What a reviewer reads: the question, what is bound to each placeholder, and the statement, laid out. Several statements
 * stand in the order in which they were sent.
 */
export function goldenFile(kind: DatabaseKind, question: string, statements: readonly Sent[]): string {
  const parts = statements.map(({ sql, values }, at) => {
    const number = statements.length > 1 ? `-- Statement ${at + 1} of ${statements.length}\n` : "";
    return `\n${number}${boundValues(kind, values)}${laidOut(kind, sql)};\n`;
  });
  return `-- ${question}\n${parts.join("")}`;
}

/** What is bound, each value once with every placeholder that it is bound to. */
function boundValues(kind: DatabaseKind, values: readonly unknown[]): string {
  const places = new Map<string, string[]>();
  for (const [at, value] of values.entries()) {
    const text = spelled(kind, value);
    places.set(text, [...(places.get(text) ?? []), placeholder(kind, at + 1)]);
  }
  return [...places].map(([text, at]) => `-- ${at.join(", ")} = ${text}\n`).join("");
}

/** The statement with the spaces of a reader; nothing else of it differs but that SQLite's placeholders have their numbers. */
export function laidOut(kind: DatabaseKind, sql: string): string {
  const text = format(numbered(kind, sql), {
    language: kind === "sqlite" ? "sqlite" : "postgresql",
    expressionWidth: WIDTH,
  });
  // The formatter takes a sign for a sum.
  return folded(text.split("\n"))
    .join("\n")
    .replaceAll(/(^\s*|[=(] ?|\b(?:AND|OR|WHERE) )\+ /gm, "$1+");
}

const WIDTH = 100;

/**
 * The formatter gives each clause lines of its own, however short. What fits on one line is put there, but for what AND
 * joins, and a clause that is one pair of parentheses begins with it.
 */
function folded(lines: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const [head = "", ...rest] = lines.slice(at);
    let end = rest.findIndex((line) => indentOf(line) <= indentOf(head));
    if (end === -1) end = rest.length;
    const inner = folded(rest.slice(0, end));
    // What is opened on the line is closed on the one behind its content, where something else may be opened.
    const isOpen = /(\(|\bCASE)$/.test(head);
    const last = isOpen ? [rest[end] ?? ""] : [];
    const isWhole = !last.some((line) => line.endsWith("("));
    out.push(...(isWhole ? joined(head, inner, last) : [head, ...inner]));
    at += 1 + end + (isWhole ? last.length : 0);
  }
  return out;
}

function joined(head: string, inner: readonly string[], last: readonly string[]): readonly string[] {
  const whole = [head, ...inner, ...last];
  const line = `${head} ${[...inner, ...last].map((part) => part.trim()).join(" ")}`.trimEnd();
  const tight = line.replaceAll("( ", "(").replaceAll(" )", ")");
  if (tight.length <= WIDTH && !inner.some((part) => /^\s*(AND|OR|UNION)\b/.test(part))) return [tight];
  const ends = inner.filter((part) => indentOf(part) === indentOf(inner[0] ?? ""));
  const isPair = inner[0]?.trim() === "(" && ends.length === 2 && last.length === 0;
  return isPair ? [`${head} (`, ...inner.slice(1).map((part) => part.slice(2))] : whole;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** SQLite numbers what is a bare `?` from left to right; no statement has one in a text. */
export function numbered(kind: DatabaseKind, sql: string): string {
  let at = 0;
  return kind === "sqlite" ? sql.replaceAll("?", () => placeholder(kind, ++at)) : sql;
}

function placeholder(kind: DatabaseKind, number: number): string {
  return `${kind === "sqlite" ? "?" : "$"}${number}`;
}

/** A bound value, with names for ids. Lists that are bound as one text are shown as the lists that they are. */
function spelled(kind: DatabaseKind, value: unknown): string {
  if (value instanceof Uint8Array) return spelledMask(kind, value);
  if (value === NOW) return "now";
  if (value === FOREVER) return "for ever";
  if (typeof value === "string" && /^[[{]/.test(value)) return `JSON ${json(JSON.parse(value))}`;
  return json(value);
}

function spelledMask(kind: DatabaseKind, bytes: Uint8Array): string {
  const owners = kind === "sqlite" ? [...bytes.keys()].filter((at) => bytes[at] === 1) : [...seqsOf(bytes)];
  return `${bytes.length} bytes, a ${kind === "sqlite" ? "byte" : "bit"} for each owner, set for ${owners.join(", ") || "none"}`;
}

function json(value: unknown): string {
  const withNames = JSON.stringify(value).replaceAll(UUID, (id) => `<${NAMES.get(id) ?? id}>`);
  return stringify(JSON.parse(withNames), { maxLength: WIDTH }).replaceAll("\n", "\n--   ");
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
