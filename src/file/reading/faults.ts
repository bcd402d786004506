import type { InputCode, PolicyFault } from "../../kernel/fault.ts";
import { nearest } from "../../kernel/nearest.ts";
import type { DocumentPath, Part } from "./node.ts";
import type { Place } from "./place.ts";
import type { Source } from "./source.ts";

/** What is wrong at a place of the file. */
export type Found = {
  readonly message: string;
  readonly expected?: string;
  /** The name that is unknown, and those that may have been meant: the message is told with the nearest. */
  readonly near?: readonly [name: string, known: Iterable<string>];
  /** Whether the key at the path is wrong, or its value (the default). */
  readonly part?: Part;
  readonly code?: InputCode;
  /** The requirement that refuses it, such as `SH-20`. */
  readonly requirement?: string;
};

/** The first faults get a hint: to look for a name takes longer than to say that it is unknown. */
const MOST_HINTS = 100;

/** So many names are compared for a hint: as many roles as a file may well have. */
const MOST_NAMES = 10_000;

/** Gathers everything that is wrong with a file, in any order; places are looked up at the end. */
export class Faults {
  readonly #found: { readonly path: DocumentPath; readonly found: Found }[] = [];

  add(path: DocumentPath, found: Found): void {
    this.#found.push({ path, found });
  }

  /** Every fault with its place, in the order of the file; the text's own faults included. */
  placed(file: string, source: Source): PolicyFault[] {
    const ofText = source.syntax.map(({ offset, message }) => ({
      path: "",
      found: { message } as Found,
      ...source.placeOf(offset),
    }));
    // What was read of a text that could not be is nothing: that is no second fault.
    const broken = new Set(ofText.map(placeOf));
    const ofContent = this.#found
      .map(({ path, found }) => ({
        path: pathText(path),
        found,
        ...source.place(path, found.part ?? "VALUE"),
      }))
      .filter((each) => !broken.has(placeOf(each)));
    let hints = 0;
    return [...ofText, ...ofContent]
      .sort((a, b) => a.line - b.line || a.column - b.column)
      .map(({ path, found, line, column }): PolicyFault => {
        const isHinted = found.near !== undefined && hints < MOST_HINTS;
        if (isHinted) hints += 1;
        return {
          file,
          line,
          column,
          path,
          message: isHinted ? `${found.message}${hint(found.near)}` : found.message,
          expected: found.expected ?? null,
          code: found.code ?? "BAD_USER_INPUT",
          requirement: found.requirement ?? null,
        };
      });
  }
}

function placeOf({ line, column }: Place): string {
  return `${line}:${column}`;
}

function hint([name, known]: NonNullable<Found["near"]>): string {
  const near = nearest(name, known, MOST_NAMES);
  return near === null ? "" : ` (did you mean ${JSON.stringify(near)}?)`;
}

/** `users["root@acme.test"].role`, `shares[0].to`. */
export function pathText(path: DocumentPath): string {
  return path
    .map((step) => {
      if (typeof step === "number") return `[${step}]`;
      return /^[A-Za-z0-9_-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join("")
    .replace(/^\./, "");
}

/** A value as a fault shows it: JSON, shortened to one line. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** A map or list in place of what was found: of nothing where its lines may stand too far to the left. */
export function instead(value: unknown, expected: string): string {
  return value === null ? `${expected}, in lines that are indented further than this one` : expected;
}

/** A key that is none of the known ones. */
export function unknownKey(key: string, known: readonly string[]): Found {
  return {
    message: `unknown key ${JSON.stringify(key)}`,
    expected: `one of ${known.join(", ")}`,
    near: [key, known],
    part: "KEY",
  };
}

/** A reference to what the file has not. */
export function unknownName(noun: string, name: string, known: ReadonlySet<string>): Found {
  return {
    message: `there is no ${noun} ${shown(name)}`,
    expected: known.size === 0 ? `a ${noun} of the file, which has none` : `one of ${listed(known)}`,
    near: [name, known],
  };
}

const MOST_LISTED = 12;

/** The keys as a fault lists them: some of them when there are many. */
export function listed(keys: ReadonlySet<string>): string {
  const first = Iterator.from(keys).take(MOST_LISTED).toArray().join(", ");
  return keys.size > MOST_LISTED ? `${first} … (${keys.size} in all)` : first;
}
