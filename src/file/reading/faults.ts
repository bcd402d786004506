import type { InputCode, PolicyFault } from "../../kernel/fault.ts";
import { nearest } from "../../kernel/nearest.ts";
import type { DocumentPath, Part } from "./node.ts";
import type { Source } from "./source.ts";

/** What is wrong at a place of the file. */
export type Found = {
  readonly message: string;
  readonly expected?: string;
  /** Whether the key at the path is wrong, or its value (the default). */
  readonly part?: Part;
  readonly code?: InputCode;
  /** The requirement that refuses it, such as `SH-20`. */
  readonly requirement?: string;
};

/** Gathers everything that is wrong with a file, in any order; places are looked up at the end. */
export class Faults {
  readonly #found: { readonly path: DocumentPath; readonly found: Found }[] = [];

  add(path: DocumentPath, found: Found): void {
    this.#found.push({ path, found });
  }

  /** Every fault with its place, in the order of the file; the text's own faults included. */
  placed(file: string, source: Source): PolicyFault[] {
    const ofText = source.syntax.map(
      ({ offset, message }): PolicyFault => ({
        file,
        ...source.placeOf(offset),
        path: "",
        message,
        expected: null,
        code: "BAD_USER_INPUT",
        requirement: null,
      }),
    );
    const ofContent = this.#found.map(
      ({ path, found }): PolicyFault => ({
        file,
        ...source.place(path, found.part ?? "VALUE"),
        path: pathText(path),
        message: found.message,
        expected: found.expected ?? null,
        code: found.code ?? "BAD_USER_INPUT",
        requirement: found.requirement ?? null,
      }),
    );
    return [...ofText, ...ofContent].sort((a, b) => a.line - b.line || a.column - b.column);
  }
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

/** The message about a key that is none of the known ones, with the nearest of them. */
export function unknownKey(key: string, known: Iterable<string>): string {
  const near = nearest(key, known);
  return `unknown key ${JSON.stringify(key)}${near === null ? "" : ` (did you mean ${JSON.stringify(near)}?)`}`;
}

/** The keys as a fault lists them: some of them when there are many. */
export function listed(keys: Iterable<string>): string {
  const all = [...keys];
  const first = all.slice(0, 12).join(", ");
  return all.length > 12 ? `${first} … (${all.length} in all)` : first;
}
