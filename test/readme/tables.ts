import { PERSONAS } from "../../src/demo/personas.ts";
import { describeSettings } from "../../src/settings/settings.ts";

/** The tables of the README that are made from the code, by the name in their marks. */
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
};

/** The README with its tables as they have to be. */
export function withTables(markdown: string): string {
  return Object.entries(TABLES).reduce((text, [name, lines]) => {
    const begin = `<!-- ${name}: written by \`npm run readme\` -->\n`;
    const end = `<!-- end of ${name} -->\n`;
    const [before, rest] = split(text, begin);
    const [, after] = split(rest, end);
    return (
      before +
      begin +
      lines()
        .map((line) => `${line}\n`)
        .join("") +
      end +
      after
    );
  }, markdown);
}

function split(text: string, mark: string): readonly [before: string, after: string] {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`README.md has no ${mark.trim()}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}
