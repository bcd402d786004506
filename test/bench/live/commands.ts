import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { DatabaseKind } from "../../../src/database/database.ts";
import { type DataSet, dataSetOf } from "../data-set/data-set.ts";
import type { SizeName } from "../data-set/size.ts";
import { keptDatabase } from "../database/kept.ts";
import { isMet, type Measurement } from "../operation.ts";
import { type LiveRun, surroundings, tableOf } from "../report.ts";
import { background } from "./background.ts";
import { copyOf } from "./copy.ts";
import { elsewhere } from "./elsewhere.ts";
import { type Imported, importFile, importLines } from "./import.ts";
import { STYLES, type Style } from "./import-file.ts";
import { loadLines, runLoad } from "./load.ts";
import { turns } from "./turns.ts";

/** Of the bench itself; its sub-commands take them too. */
type BenchOptions = {
  readonly size: SizeName;
  readonly database: DatabaseKind | "both";
  readonly seed: number;
  readonly repetitions: number;
  readonly folder: string;
  readonly json?: string;
};

/** What is measured on server processes over throw-away copies of the data set, each a sub-command of the bench. */
export function liveCommands(): readonly Command[] {
  return [
    new Command("load")
      .summary("mixed load over HTTP on a server process")
      .description(
        "Pages, deep pages, filtered lists, single records, explanations, writes and now and then a change of policy, by clients that each ask as fast as they are answered. Fails on any error that does not belong to what was asked.",
      )
      .addOption(new Option("--clients <count>", "how many at once").default(16).argParser(positive))
      .addOption(new Option("--minutes <minutes>", "for how long").default(10).argParser(positive))
      .action(async (own: { clients: number; minutes: number }, command: Command) => {
        const { clients, minutes } = own;
        await onEach(command, async ({ kind, dataSet, url }) => {
          const load = await runLoad(url, dataSet, { clients, seconds: minutes * 60 }, (line) =>
            console.error(`${kind}: ${line}`),
          );
          if (load.unexpected.length > 0) process.exitCode = 1;
          return { result: load, lines: loadLines(load) };
        });
      }),
    new Command("background")
      .summary("pages while a rule applies and while records import (EN-27)")
      .description(
        "Pages from a server process while its background worker applies a rule with 100,000 matches, and while `sightline apply` imports 100,000 records into the same database, against pages with nothing beside them.",
      )
      .action((_: object, command: Command) =>
        onEach(command, async ({ kind, dataSet, url, folder }) =>
          measured(await background(kind, dataSet, { url, folder })),
        ),
      ),
    new Command("elsewhere")
      .summary("a rule changed through one server process, the next page through another")
      .description(
        "Two server processes over one database: what is changed through one is in force in the next request through the other, or the run fails; how long that request takes.",
      )
      .action((_: object, command: Command) =>
        onEach(command, async ({ url, repetitions }) => measured(await elsewhere(url, repetitions))),
      ),
    new Command("turns")
      .summary("changes of policy under sixteen writers, and what the writers keep of their rate (EN-33)")
      .description(
        "Sixteen clients write records as fast as they are answered, alone, while a role is renamed twice a second, and alone again.",
      )
      .addOption(
        new Option("--seconds <seconds>", "how long each of the three parts").default(30).argParser(positive),
      )
      .action((own: { seconds: number }, command: Command) =>
        onEach(command, async ({ url }) => measured(await turns(url, Math.round(own.seconds)))),
      ),
    new Command("import")
      .summary("`sightline apply` of large files: seconds and peak memory (BU-06)")
      .description("Organisation files of several styles and sizes, each into an empty SQLite database.")
      .option(
        "--records <counts>",
        "how many records, separated by commas",
        counts,
        [20_000, 100_000, 200_000],
      )
      .option("--styles <styles>", `how they are written: ${STYLES.join(", ")}`, styles, STYLES.slice(0, 2))
      .option(
        "--heap <MiB>",
        "what the process's objects may take; an import that takes more fails",
        positive,
      )
      .action(importing),
  ];
}

type Place = BenchOptions & {
  readonly kind: DatabaseKind;
  readonly dataSet: DataSet;
  /** A copy of the data set. */
  readonly url: string;
};

type Result = { readonly result: unknown; readonly lines: readonly string[] };

async function onEach(command: Command, work: (place: Place) => Promise<Result>): Promise<void> {
  const options = command.optsWithGlobals<BenchOptions>();
  const dataSet = dataSetOf(options.size, options.seed);
  const kinds: readonly DatabaseKind[] =
    options.database === "both" ? ["sqlite", "postgres"] : [options.database];
  const results: { kind: DatabaseKind; result: unknown }[] = [];
  const printed: string[] = [];
  for (const kind of kinds) {
    const say = (line: string) => console.error(line);
    const kept = await keptDatabase(kind, dataSet, { folder: options.folder, say });
    try {
      const copy = await copyOf(kind, kept.url, command.name());
      try {
        const { result, lines } = await work({ ...options, kind, dataSet, url: copy.url });
        const head = `${kind}, ${options.size}: ${dataSet.size.records} records`;
        print("", head, ...lines);
        printed.push(head, ...lines);
        results.push({ kind, result });
      } finally {
        await copy.remove();
      }
    } finally {
      await kept.close();
    }
  }
  await writeResults(options, { size: options.size, seed: options.seed, printed, results });
}

function measured(measurements: readonly Measurement[]): Result {
  return {
    result: measurements.map((each) => ({ ...each, isMet: isMet(each) })),
    lines: tableOf(measurements),
  };
}

type ImportOptions = {
  readonly records: readonly number[];
  readonly styles: readonly Style[];
  readonly heap?: number;
};

async function importing({ records, styles, heap }: ImportOptions, command: Command): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "sightline-import-"));
  const imports: Imported[] = [];
  try {
    for (const style of styles) {
      for (const count of records) {
        console.error(`${style}: ${count} records …`);
        const url = `file:${join(folder, `${style}-${count}.db`)}`;
        imports.push(await importFile({ style, records: count }, { folder, url, heapMiB: heap ?? null }));
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const printed = importLines(imports);
  print(...printed);
  await writeResults(command.optsWithGlobals<BenchOptions>(), { printed, imports });
}

async function writeResults(
  { json }: BenchOptions,
  results: Pick<LiveRun, "printed"> & Readonly<Record<string, unknown>>,
): Promise<void> {
  if (json === undefined) return;
  const command = `npm run bench -- ${process.argv.slice(2).join(" ")}`;
  await writeFile(json, `${JSON.stringify({ ...surroundings(), command, ...results }, null, 2)}\n`);
}

function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError("Expected a number above 0.");
}

function counts(text: string): readonly number[] {
  return text.split(",").map((each) => Math.round(positive(each)));
}

function styles(text: string): readonly Style[] {
  return text.split(",").map((name) => {
    const found = STYLES.find((style) => style === name);
    if (found) return found;
    throw new InvalidArgumentError(`Expected some of ${STYLES.join(", ")}.`);
  });
}
