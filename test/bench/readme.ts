import { readFile, writeFile } from "node:fs/promises";
import { isMet, limitText, type Measurement, ratioOf } from "./operation.ts";
import type { DatabaseResult, LiveRun, Run } from "./report.ts";

const README = new URL("README.md", import.meta.url);
const MARKS = ["<!-- bench: written by `npm run bench` -->\n", "<!-- end of bench -->\n"] as const;

/** Writes the figures of runs into the README of the bench, between their marks. */
export async function writeReadme(runs: readonly (Run | LiveRun)[]): Promise<void> {
  const text = await readFile(README, "utf8");
  const [begin, end] = MARKS;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from)
    throw new Error("test/bench/README.md has no marks for the figures of the bench");
  const lines = figures(runs).map((line) => `${line}\n`);
  await writeFile(README, text.slice(0, from + begin.length) + lines.join("") + text.slice(to));
}

/**
 * The figures with everything that it takes to run them again. What several runs have measured is taken from the last;
 * what commands of their own have printed follows the tables.
 *
 * @throws when the runs are not of one size and seed, or not from one machine.
 */
export function figures(all: readonly (Run | LiveRun)[]): readonly string[] {
  const runs = all.filter((run) => "databases" in run);
  const live = all.filter((run) => "printed" in run);
  const [first] = runs;
  if (first === undefined) throw new Error("no run was given");
  const facts = ({ size, seed }: Run) => JSON.stringify([size, seed]);
  const isElsewhere = ({ machine }: Run | LiveRun) =>
    JSON.stringify(machine) !== JSON.stringify(first.machine);
  if (runs.some((run) => facts(run) !== facts(first)) || all.some(isElsewhere))
    throw new Error("the runs are of several sizes, seeds or machines");
  const { machine, versions, records } = first;
  return [
    `${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, Node ${versions["node"]}, Prisma ${versions["prisma"]}, seed ${first.seed}, ${records.toLocaleString("en")} records in the big module:`,
    "",
    ...runs.map((run) => `- ${sourceOf(run)}`),
    "",
    "Each cell is the median in milliseconds and, in brackets, its ratio to the baseline of the same run; **bold** is beyond its limit. The percentage is what the viewer sees of the big module.",
    ...merged(runs).flatMap((database) => ["", ...tables(database)]),
    ...live.flatMap((run) => ["", `${sourceOf(run)}:`, "", "```text", ...run.printed, "```"]),
  ];
}

function sourceOf({ command, versions, date }: Run | LiveRun): string {
  return `\`${repeatable(command)}\` at ${versions["commit"]}, ${date.slice(0, 10)}`;
}

/** Where files are does not matter for running it again. */
function repeatable(command: string): string {
  return command.replace(/ --(folder|json) \S+/g, "").replace(/ --readme\b/g, "");
}

function merged(runs: readonly Run[]): readonly DatabaseResult[] {
  const kinds = Map.groupBy(
    runs.flatMap(({ databases }) => databases),
    ({ kind }) => kind,
  );
  return [...kinds.values()].flatMap((results) => {
    const [first] = results;
    const byQuestion = new Map<string, readonly Measurement[]>();
    for (const { measurements } of results)
      for (const [question, some] of Map.groupBy(measurements, questionOf)) byQuestion.set(question, some);
    return first === undefined ? [] : [{ ...first, measurements: [...byQuestion.values()].flat() }];
  });
}

function tables({ version, visible, measurements }: DatabaseResult): readonly string[] {
  const byViewer = measurements.filter(({ viewer }) => viewer !== null);
  const viewers = [...new Set(byViewer.flatMap(({ viewer }) => viewer ?? []))];
  const questions = Map.groupBy(byViewer, questionOf);
  const others = measurements.filter(({ viewer }) => viewer === null);
  return [
    `**${version}**`,
    "",
    `| what | limit | ${viewers.map((viewer) => `\`${viewer}\` ${percent(visible[viewer])}`).join(" | ")} |`,
    `|---|---|${viewers.map(() => "---").join("|")}|`,
    ...[...questions].map(([question, asked]) => {
      const cells = viewers.map((name) => {
        const found = asked.find(({ viewer }) => viewer === name);
        return found === undefined ? "" : cellOf(found);
      });
      return `| ${question} | ${limitOf(asked)} | ${cells.join(" | ")} |`;
    }),
    ...(others.length === 0 ? [] : ["", "| what | limit | median |", "|---|---|---|"]),
    ...others.map((each) => `| ${questionOf(each)} | ${limitOf([each])} | ${cellOf(each)} |`),
  ];
}

/** The limits of a question; viewers may have different ones. */
function limitOf(asked: readonly Measurement[]): string {
  const texts = asked.flatMap(({ limit }) => (limit === null ? [] : [shortLimit(limit)]));
  return [...new Set(texts)].join(", ");
}

function shortLimit(limit: NonNullable<Measurement["limit"]>): string {
  return limit.kind === "RATIO_OR_MILLISECONDS"
    ? `${limit.requirement} ≤ ${limit.ratio}× or by rows`
    : limitText(limit);
}

function questionOf({ operation, variant }: Measurement): string {
  return variant === null ? operation : `${operation}: ${variant}`;
}

function cellOf(measurement: Measurement): string {
  const { times, bytes, refused } = measurement;
  if (bytes !== undefined) {
    const text = `${Math.round(bytes.of / 1024)} KiB (${Math.round(bytes.baseline / 1024)})`;
    return isMet(measurement) === false ? `**${text}**` : text;
  }
  if (times === null) return refused === undefined ? "equal" : "refused";
  const ratio = ratioOf(measurement);
  const text = `${Number(times.medianMs.toPrecision(3))}${ratio === null ? "" : ` (${ratio.toFixed(2)}×)`}`;
  return isMet(measurement) === false ? `**${text}**` : text;
}

function percent(part: number | undefined): string {
  return part === undefined ? "" : `${Number((part * 100).toPrecision(2))} %`;
}
