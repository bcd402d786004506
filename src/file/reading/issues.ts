import type { z } from "zod";
import { nearest } from "../../kernel/nearest.ts";
import { KEY_EXPECTED } from "../../policy/model/naming.ts";
import { type Faults, type Found, instead, shown, unknownKey } from "./faults.ts";
import type { DocumentPath } from "./node.ts";

type Issue = z.core.$ZodIssue;

/**
 * Turns what a schema found into faults under a path.
 *
 * A missing key is a fault of the map that misses it; an unknown or refused key is a fault of the key, anything else of
 * the value. `error` texts of the schemas are what was expected.
 */
export function addIssues(faults: Faults, path: DocumentPath, issues: readonly Issue[]): void {
  for (const issue of issues) addIssue(faults, [...path, ...steps(issue)], issue);
}

function addIssue(faults: Faults, path: DocumentPath, issue: Issue): void {
  const found = shown(issue.input);
  const add = (entry: Found) => faults.add(path, entry);
  switch (issue.code) {
    case "unrecognized_keys":
      for (const key of issue.keys) {
        faults.add([...path, key], unknownKey(key, issue.message.replace(/^one of /, "").split(", ")));
      }
      return;
    case "invalid_key":
      return add({
        message: `${found} is no key`,
        expected: issue.issues[0]?.message ?? KEY_EXPECTED,
        part: "KEY",
      });
    case "invalid_type":
      if (issue.expected === "never") return add({ message: issue.message, part: "KEY" });
      return issue.input === undefined
        ? addMissing(faults, path, TYPES[issue.expected] ?? issue.expected)
        : add({ message: `found ${found}`, expected: typeExpected(issue) });
    case "invalid_value":
      return addMismatch(
        faults,
        path,
        issue,
        issue.message.startsWith("Invalid") ? options(issue.values) : issue.message,
        issue.values,
      );
    case "invalid_union":
      return addUnion(faults, path, issue);
    case "too_small":
    case "too_big":
      return add({
        message: `found ${found}`,
        expected: issue.message.startsWith("Too") ? bound(issue) : issue.message,
      });
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_element":
    case "custom":
      return add({ message: `found ${found}`, expected: issue.message });
  }
}

/** A union is explained by the one branch whose kind the value has, else by what the union as a whole expects. */
function addUnion(faults: Faults, path: DocumentPath, issue: z.core.$ZodIssueInvalidUnion): void {
  if (issue.discriminator !== undefined) {
    const known = "options" in issue ? (issue.options ?? []) : [];
    const input = Object(issue.input)[issue.discriminator];
    const misspelt =
      input === undefined ? nearest(issue.discriminator, Object.keys(Object(issue.input))) : null;
    if (misspelt !== null)
      return faults.add([...path.slice(0, -1), misspelt], unknownKey(misspelt, [issue.discriminator]));
    return addMismatch(faults, path, { input }, options(known), known);
  }
  const near = issue.errors.filter((branch) =>
    branch.every(
      (inner) => inner.path.length > 0 || inner.code === "unrecognized_keys" || inner.code === "custom",
    ),
  );
  const [only] = near;
  if (near.length === 1 && only !== undefined) return addIssues(faults, path, only);
  addMismatch(
    faults,
    path,
    issue,
    issue.message === "Invalid input"
      ? "text, a number, true, false, nothing or a list of texts"
      : issue.message,
    issue.errors.flat().flatMap((inner) => (inner.code === "invalid_value" ? inner.values : [])),
  );
}

/** @param words those that would have been right: a text that is none of them may stand for the nearest. */
function addMismatch(
  faults: Faults,
  path: DocumentPath,
  { input }: { readonly input?: unknown },
  expected: string,
  words: readonly unknown[],
): void {
  if (input === undefined) return addMissing(faults, path, expected);
  const texts = words.filter((word) => typeof word === "string");
  const near = typeof input === "string" ? { near: [input, texts] as const } : {};
  faults.add(path, { message: `found ${shown(input)}`, expected, ...near });
}

function addMissing(faults: Faults, path: DocumentPath, expected: string): void {
  const key = path.at(-1);
  faults.add(path.slice(0, -1), { message: `${JSON.stringify(key)} is missing`, expected, part: "KEY" });
}

function typeExpected({ expected, input }: z.core.$ZodIssueInvalidType): string {
  const type = TYPES[expected] ?? expected;
  return expected === "array" || expected === "object" || expected === "record" ? instead(input, type) : type;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a finite number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
};

function bound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  return issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
}

function options(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(", ")}`;
}

function steps(issue: Issue): DocumentPath {
  return issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
}
