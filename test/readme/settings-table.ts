import { describeSettings } from "../../src/kernel/settings.ts";

const BEGIN = "<!-- settings: written by `npm run readme` -->\n";
const END = "<!-- end of settings -->\n";

/** The README with its table of settings as `sightline serve --help` has it. */
export function withSettings(markdown: string): string {
  const begin = markdown.indexOf(BEGIN);
  const end = markdown.indexOf(END);
  if (begin === -1 || end < begin) throw new Error("README.md has no place for the settings");
  return markdown.slice(0, begin + BEGIN.length) + settingsTable() + markdown.slice(end);
}

function settingsTable(): string {
  const rows = [...describeSettings().matchAll(/^ {2}(\S+)(?: \[(.*)\])?\n {6}(.*?)(?: Expects .*)?$/gm)];
  const lines = rows.map(
    ([, variable = "", preset, meaning = ""]) =>
      `| \`${variable}\` | ${preset ?? ""} | ${meaning.replaceAll("|", "\\|")} |`,
  );
  return ["| variable | unless set | meaning |", "|---|---|---|", ...lines]
    .map((line) => `${line}\n`)
    .join("");
}
