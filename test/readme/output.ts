import stringify from "json-stringify-pretty-compact";

/** Columns of a block that fit a page without scrolling. */
const WIDTH = 120;

/** What was printed, as the README shows it: one JSON answer indented where it is long, several one per line; text as it is. */
export function shownOutput(language: "json" | "text", printed: string): string {
  if (language === "text") return `${printed.trimEnd()}\n`;
  const answers = printed
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line): unknown => JSON.parse(line));
  const [only, ...others] = answers;
  if (others.length === 0) return `${stringify(only, { maxLength: WIDTH })}\n`;
  return answers.map((answer) => `${JSON.stringify(answer)}\n`).join("");
}

/** What may differ from run to run. Everything else in an output has to be as the README says. */
const VOLATILE: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g, "<instant>"],
  [/\d{4}-\d{2}-\d{2}/g, "<day>"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "<token>"],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>"],
  [/("(?:\w+I|i)d": ?)"[\w-]+={0,2}"/g, '$1"<id>"'],
  [/("(?:start|end)?[cC]ursor": ?)"[^"]*"/g, '$1"<cursor>"'],
  [/("policyVersion": ?)\d+/g, "$1<version>"],
  [/(Policy version )\d+/g, "$1<version>"],
  [/\b\d+(\.\d+)? ?(ms|s)\b/g, "<time>"],
];

/** The output with everything that changes from run to run replaced by what it is. */
export function stableOutput(output: string): string {
  return VOLATILE.reduce((text, [pattern, word]) => text.replaceAll(pattern, word), output);
}
