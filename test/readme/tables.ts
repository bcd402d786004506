import { PERSONAS } from "../../src/demo/personas.ts";
import { describeSettings } from "../../src/settings/settings.ts";
import { readDocument } from "./documents.ts";
import { shortFigures } from "./figures.ts";
import { GRAMMAR_TABLES } from "./grammar.ts";

/** The tables that are made from the code, by the name in their marks. */
const TABLES: Readonly<Record<string, () => readonly string[]>> = {
  personas: () => [
    "| sign in as | who | what it shows |",
    "|---|---|---|",
    ...PERSONAS.map(({ email, name, shows }) => `| \`${email}\` | ${name} | ${shows} |`),
  ],
  // As `sightline serve --help` has them.
  settings: () => [
    "| variable | unless set | meaning |",
    "|---|---|---|",
    ...[...describeSettings().matchAll(/^ {2}(\S+)(?: \[(.*)\])?\n {6}(.*?)(?: Expects .*)?$/gm)].map(
      ([, variable = "", preset, meaning = ""]) => `| \`${variable}\` | ${preset ?? ""} | ${meaning} |`,
    ),
  ],
  figures: () => shortFigures(readDocument("test/bench/README.md").text),
  ...GRAMMAR_TABLES,
};

export const TABLE_NAMES = Object.keys(TABLES);

/** The document with the tables that it has as they have to be. */
export function withTables(markdown: string): string {
  return TABLE_NAMES.reduce((text, name) => withTable(text, name, TABLES[name]?.() ?? []), markdown);
}

/** @throws when the table begins and does not end. */
function withTable(markdown: string, name: string, lines: readonly string[]): string {
  const [begin, end] = marksOf(name);
  const [before = "", rest] = markdown.split(begin);
  if (rest === undefined) return markdown;
  const [, after] = rest.split(end);
  if (after === undefined) throw new Error(`there is no ${end.trim()}`);
  return before + begin + lines.map((line) => `${line}\n`).join("") + end + after;
}

export function marksOf(name: string): readonly [begin: string, end: string] {
  return [`<!-- ${name}: written by \`npm run readme\` -->\n`, `<!-- end of ${name} -->\n`];
}
