import type { Document, YAMLError } from "yaml";
import { loneMark } from "./brackets.ts";
import { MAX_DEPTH, type SyntaxFault } from "./node.ts";

type Code = YAMLError["code"];

/** What is wrong with a word alone: the reading goes on behind it as if it were right. */
const LOCAL: ReadonlySet<Code> = new Set([
  "BAD_ALIAS",
  "BAD_DQ_ESCAPE",
  "BAD_SCALAR_START",
  "MULTIPLE_DOCS",
  "TAB_AS_INDENT",
  "TAG_RESOLVE_FAILED",
]);

/**
 * What is wrong with a text that is no YAML, each in a sentence that says what to write.
 *
 * Up to the first fault that changes how the rest is read: what would be told behind it is about a text that nobody wrote.
 */
export function textFaults(document: Document, text: string): SyntaxFault[] {
  const errors = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  const alone = errors.length === 0 ? null : loneMark(text);
  const faults: SyntaxFault[] = document.warnings.map((warning) => told(warning, text));
  for (const error of errors) {
    if (alone !== null && error.pos[0] >= alone.offset) break;
    faults.push(told(error, text));
    if (!LOCAL.has(error.code)) return faults;
  }
  return alone === null ? faults : [...faults, alone];
}

function told({ pos, code, message }: YAMLError, text: string): SyntaxFault {
  return { offset: pos[0], message: sentence(code, message, text.slice(pos[0])) };
}

/** @param rest the text from where the library points to. */
function sentence(code: Code, message: string, rest: string): string {
  switch (code) {
    case "MULTIPLE_DOCS":
      return "a second document begins here (---): put each organisation into a file of its own";
    case "TAB_AS_INDENT":
      return "a tab as indentation: YAML takes blanks alone";
    case "RESOURCE_EXHAUSTION":
      return `nested deeper than ${MAX_DEPTH} levels, or more than can be read`;
    case "BAD_INDENT":
      return "this begins in another column than its neighbours: give the entries of one map or list the same indentation";
    case "BAD_SCALAR_START":
    case "TAG_RESOLVE_FAILED":
      return `a text that begins with ${rest[0]} goes between quotes`;
    case "NON_STRING_KEY":
      return "a map or list where a key was expected: is a comma missing behind it?";
    case "BLOCK_AS_IMPLICIT_KEY":
    case "BLOCK_IN_FLOW":
    case "MULTILINE_IMPLICIT_KEY":
      return noKey(rest);
    case "MISSING_CHAR":
    case "UNEXPECTED_TOKEN":
      return SENTENCES.find(([pattern]) => pattern.test(message))?.[1] ?? message;
    default:
      return message;
  }
}

/** What was taken for a key and cannot be one. */
function noKey(rest: string): string {
  const [line = ""] = rest.split("\n", 1);
  if (/^\s*- /.test(line))
    return "an item of a list (-) among the keys of a map: write key: value, or all as items";
  return /:\s+\S/.test(line)
    ? "a colon inside a text: put the text between quotes, or a comma or a line break before the key"
    : "no colon with a blank behind it, or the next line is indented too far: write key: value, the keys of one map in one column";
}

/** By what the library says: its codes are wider. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^Comments must/, "a blank belongs before #; a text with # in it goes between quotes"],
  [/^Implicit map keys/, "a key without a colon: write key: value"],
  [/^Missing , /, "a comma is missing before this"],
  [/^Missing space after/, "a blank belongs behind the colon"],
  [/^Sequence item/, "an item of a list without - before it"],
  [/^Unexpected (,|empty item)/, "a comma too many"],
  [
    /^(Not a YAML token|Block scalar header)/,
    "a text over several lines begins in the line below its > or |; one that begins with them goes between quotes",
  ],
  [/^Unexpected /, "this belongs to nothing: is a comma, a colon or a line break missing before it?"],
];
