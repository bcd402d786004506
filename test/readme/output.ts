import stringify from "json-stringify-pretty-compact";

/** Columns of a block. */
const WIDTH = 130;

/** What was printed, as a document shows it: each JSON answer on a line, or indented where it is long; text as it is. */
export function shownOutput(language: "json" | "text", printed: string): string {
  if (language === "text") return `${printed.trimEnd()}\n`;
  return printed
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => `${filled(stringify(JSON.parse(line), { maxLength: WIDTH }))}\n`)
    .join("");
}

/** The same JSON with lists of words side by side instead of one below the other. */
function filled(json: string): string {
  const lines: string[] = [];
  for (const line of json.split("\n")) {
    const last = lines.at(-1) ?? "";
    const together = `${last} ${line.trim()}`;
    const isWord = /^ *"[^"]*",?$/.test(line);
    if (isWord && /^ *"[^"]*"(, "[^"]*")*,$/.test(last) && together.length <= WIDTH)
      lines.splice(-1, 1, together);
    else lines.push(line);
  }
  return lines.join("\n");
}

/** What may differ from run to run. Everything else in an output has to be as the document says. */
const VOLATILE: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g, "<instant>"],
  [/\d{4}-\d{2}-\d{2}/g, "<day>"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "<token>"],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>"],
  [/("(?:\w+I|i)d": ?)"[\w-]+={0,2}"/g, '$1"<id>"'],
  // Global ids in a list: "Record:" and what follows.
  [/"UmVjb3JkOj[\w-]+"/g, '"<id>"'],
  [/("(?:start|end)?[cC]ursor": ?)"[^"]*"/g, '$1"<cursor>"'],
  [/("policyVersion": ?)\d+/g, "$1<version>"],
  [/(Policy version )\d+/g, "$1<version>"],
  [/\b\d+(\.\d+)? ?(ms|s)\b/g, "<time>"],
];

/** The output with everything that changes from run to run replaced by what it is. */
export function stableOutput(output: string): string {
  return VOLATILE.reduce((text, [pattern, word]) => text.replaceAll(pattern, word), output);
}
