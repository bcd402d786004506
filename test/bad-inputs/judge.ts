import { isEnumType } from "graphql";
import { schema } from "../../src/graphql/schema.ts";
import type { Input } from "./input.ts";

/** What came back: the bare answer, and the errors in it. */
export type Heard = { readonly status: number; readonly type: string; readonly text: string };

type Told = {
  readonly message?: unknown;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
};

type Body = { readonly data?: unknown; readonly errors?: readonly Told[] };

/** What an answer is worth. */
export type Verdict = {
  /** Whether nothing was done: nothing may have changed. */
  readonly isRefused: boolean;
  readonly codes: readonly string[];
  /** What is wrong with the answer; nothing, if all is well. */
  readonly faults: readonly string[];
  /** The fields that our own refusals of bad input name. */
  readonly named: readonly Named[];
};

/** A field that a refusal names, and what it says. */
export type Named = { readonly field: string; readonly message: string };

/** What no refusal has in it: the inside of the house. No hostile text of ours contains any of it. */
const LEAKS: readonly RegExp[] = [
  /prisma/i,
  /Invalid `/,
  /\bSELECT\b|\bINSERT INTO\b|\bUPDATE "|\bDELETE FROM\b|\bWHERE\b|\bBEGIN\b|\bCOLLATE\b/,
  /constraint|sqlite|postgres|invalid byte sequence|relation "|\bP\d{4}\b/i,
  /\\n\s+at |\bat [\w.<>]+ \(|\.ts\b|\.[cm]?js:\d|node_modules|node:internal|file:\/\//,
  /(^|[\s"'(])\/(work|home|tmp|usr|root|app)\//,
  /(Type|Range|Reference|Assertion)Error/,
  /Maximum call stack|Cannot read propert|is not a function|is not iterable|\[object Object\]|undefined is/,
];

const INSIDE = ["stack", "stacktrace", "exception", "originalError", "cause", "meta", "clientVersion"];

const CODES: ReadonlySet<string> = (() => {
  const type = schema.getType("ErrorCode");
  if (!isEnumType(type)) throw new Error("The schema has no enum ErrorCode.");
  return new Set(type.getValues().map(({ name }) => name));
})();

/** Holds an answer to what every answer must be (AP-04). */
export function judge({ site }: Input, { status, type, text }: Heard): Verdict {
  const faults: string[] = status >= 500 ? [`status ${status}`] : [];
  const body = bodyOf(type, text);
  if (body === null) {
    if (!type.includes("html")) faults.push(...leaksIn(text));
    return { isRefused: status >= 400, codes: [], faults, named: [] };
  }
  const errors = body.errors ?? [];
  const items = itemsIn(body.data);
  const refusals = items.flatMap(({ refusal }) => (refusal == null ? [] : [refusal]));
  const told = [...errors, ...refusals.map((refusal) => asError(refusal, site?.field.name))];
  if (status >= 400 && errors.length === 0) faults.push(`status ${status} without an error`);
  const named: Named[] = [];
  for (const error of told) {
    faults.push(...faultsOf(error));
    if (codeOf(error) !== "BAD_USER_INPUT" || !isOurs(error)) continue;
    const field = error.extensions?.["field"];
    if (typeof field !== "string") faults.push("BAD_USER_INPUT without a field");
    else if (site !== null && error.path?.at(-1) === site.field.name) {
      named.push({ field, message: String(error.message) });
      const [argument] = field.split(".");
      if (!site.field.args.some(({ name }) => name === argument))
        faults.push(`a field of no argument: ${field}`);
    }
  }
  const isRefused = errors.length > 0 || (items.length > 0 && items.every(({ isDone }) => !isDone));
  return { isRefused, codes: told.map(codeOf), faults, named };
}

/**
 * Whether a refusal names the bad place: one inside the other, or both in one object, as two may not go together. What
 * is there twice may be named at either place, and a cursor goes with the order that made it.
 */
export function isAbout({ field, message }: Named, spot: string): boolean {
  if (spot.startsWith("orderBy") && /^(after|before)$/.test(field)) return true;
  if (/twice/.test(message) && withoutIndexes(field) === withoutIndexes(spot)) return true;
  return field.startsWith(spot) || spot.startsWith(field) || objectOf(field) === objectOf(spot);
}

function withoutIndexes(path: string): string {
  return path.replace(/\.\d+/g, "");
}

/** The object whose field the path ends in, or whose list it ends in. */
function objectOf(path: string): string {
  return path.replace(/(\.\d+)*$/, "").replace(/\.?[^.]*$/, "");
}

function codeOf({ extensions }: Told): string {
  return String(extensions?.["code"]);
}

function faultsOf(error: Told): readonly string[] {
  const faults = [...leaksIn(JSON.stringify(error))];
  const code = codeOf(error);
  if (code === "INTERNAL") faults.push("INTERNAL");
  if (!CODES.has(code)) faults.push(`a code that is none: ${code}`);
  if (typeof error.message !== "string" || error.message === "") faults.push("no message");
  for (const name of INSIDE)
    if (Object.hasOwn(error.extensions ?? {}, name)) faults.push(`shows its inside: ${name}`);
  return faults;
}

function leaksIn(text: string): readonly string[] {
  return LEAKS.flatMap((leak) => leak.exec(text)?.[0] ?? []).map((found) => `leaks ${JSON.stringify(found)}`);
}

/** What graphql-js refuses has no path yet, or is about one argument that it could not read. */
function isOurs({ path, message }: Told): boolean {
  return path !== undefined && !String(message).startsWith("Argument ");
}

/** One item of a mass change, as every such payload has them (AP-07). */
type Item = { readonly isDone: boolean; readonly refusal?: Readonly<Record<string, unknown>> | null };

function itemsIn(data: unknown): readonly Item[] {
  if (typeof data !== "object" || data === null) return [];
  if (Array.isArray(data)) return data.flatMap(itemsIn);
  return Object.hasOwn(data, "isDone") ? [data as Item] : Object.values(data).flatMap(itemsIn);
}

function asError({ message, ...extensions }: Readonly<Record<string, unknown>>, path?: string): Told {
  return { message, extensions, ...(path === undefined ? {} : { path: [path] }) };
}

/** The answer as an object; null for one that is not GraphQL's, such as a page or an empty refusal. */
function bodyOf(type: string, text: string): Body | null {
  const json = type.includes("event-stream") ? (/^data: (\{.*)$/m.exec(text)?.[1] ?? "") : text;
  if (!/json|event-stream/.test(type) || json === "") return null;
  return JSON.parse(json) as Body;
}
