/** What the README shows of the bench, by the names that its figures have there. */
const QUESTIONS = [
  ["page: first", "the newest 50 records"],
  ["total", "the exact total"],
  ["check", "may one record be read?"],
  ["request: first", "the whole GraphQL request for a page"],
  ["reach: compile the snapshot", "compiling the whole policy in memory"],
] as const;

/** A small table of the figures in `test/bench/README.md`: from the best to the worst of the viewers. */
export function shortFigures(bench: string): readonly string[] {
  const databases = [...bench.matchAll(/^\*\*((?:SQLite|Postgres) [\d.]+)\*\*$/gm)].map(
    ({ 1: name = "", index }, at, all) => ({ name, text: bench.slice(index, all[at + 1]?.index) }),
  );
  const [, circumstances] = /, (seed \d+, [\d,]+ records) in the big module:$/m.exec(bench) ?? [];
  if (databases.length !== 2 || circumstances === undefined)
    throw new Error("test/bench/README.md has no figures of both databases");
  return [
    `| ${circumstances} | ${databases.map(({ name }) => name).join(" | ")} |`,
    "|---|---|---|",
    ...QUESTIONS.map(
      ([question, words]) =>
        `| ${words} | ${databases.map(({ text }) => rangeOf(cellsOf(text, question))).join(" | ")} |`,
    ),
  ];
}

/** The cells of a row, without the question and its limit. */
function cellsOf(text: string, question: string): readonly string[] {
  const row = text.split("\n").find((line) => line.startsWith(`| ${question} |`));
  if (row === undefined) throw new Error(`test/bench/README.md has no row ${question}`);
  return row.split("|").slice(3, -1);
}

function rangeOf(cells: readonly string[]): string {
  const milliseconds = cells.flatMap((cell) => /^[ *]*([\d.]+)/.exec(cell)?.[1] ?? []);
  const ratios = cells.flatMap((cell) => /\(([\d.]+)×\)/.exec(cell)?.[1] ?? []);
  const times = `${fromTo(milliseconds)} ms`;
  return ratios.length === 0 ? times : `${times}, ${fromTo(ratios)}×`;
}

function fromTo(numbers: readonly string[]): string {
  const sorted = numbers.toSorted((a, b) => Number(a) - Number(b));
  return [...new Set([sorted.at(0), sorted.at(-1)])].join(" – ");
}
