import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { DatabaseKind } from "../../src/database/database.ts";
import { openBench } from "./bench.ts";
import { type DataSet, dataSetOf, SEED } from "./data-set/data-set.ts";
import { SIZE_NAMES, type SizeName } from "./data-set/size.ts";
import { VIEWER_NAMES } from "./data-set/viewers.ts";
import { keptDatabase } from "./database/kept.ts";
import { liveCommands } from "./live/commands.ts";
import type { Measurement, Operation } from "./operation.ts";
import { isMet } from "./operation.ts";
import { OPERATIONS } from "./operations/index.ts";
import { writeReadme } from "./readme.ts";
import { type DatabaseResult, type Run, readRun, surroundings, tableOf, writeRun } from "./report.ts";

type Options = {
  readonly size: SizeName;
  readonly database: DatabaseKind | "both";
  readonly only?: readonly Operation[];
  readonly repetitions: number;
  readonly patience?: number;
  readonly questions?: readonly string[];
  readonly seed: number;
  readonly folder: string;
  readonly json?: string;
  readonly readme?: boolean;
};

const FOLDER = resolve(import.meta.dirname, "../../data/bench");

const program = new Command("bench")
  .description(
    "Measures lists, counts and checks on a seeded data set, each in turn with its baseline in the same run, after comparing every answer with a reference that does not use the engine.",
  )
  .addOption(
    new Option("--size <size>", "how much data: 20,000, 200,000 or 1,000,000 records in the big module")
      .choices(SIZE_NAMES)
      .default("small"),
  )
  .addOption(
    new Option("--database <database>", "where: Postgres is the one that comes as a package")
      .choices(["sqlite", "postgres", "both"])
      .default("both"),
  )
  .option("--only <names>", "only these operations, separated by commas", operationsNamed)
  .option(
    "--repetitions <count>",
    "how often everything is measured; 0 only compares answers",
    wholeNumber,
    30,
  )
  .option(
    "--patience <seconds>",
    "what is slow is repeated less often, about as long as this and three times at least",
    wholeNumber,
  )
  .option(
    "--questions <names>",
    "of filtered lists only those with one of these, separated by commas, in their name",
    (text) => text.split(","),
  )
  .option("--seed <number>", "what the data set is made from", wholeNumber, SEED)
  .option("--folder <folder>", "where databases are kept between runs", (folder) => resolve(folder), FOLDER)
  .option("--json <file>", "writes everything, with machine and versions, to a file")
  .option("--readme", "writes the figures into test/bench/README.md")
  .addHelpText(
    "after",
    `
Operations:
${OPERATIONS.map(({ name, requirement, summary }) => `  ${name.padEnd(12)} ${requirement}  ${summary}`).join("\n")}

Viewers:
  ${VIEWER_NAMES.join(", ")}

The data set is made once for each size, seed and state of the migrations; \`large\` takes some minutes and 5 GB.
Medians are compared; a limit is met when it says yes, and why not stands with the plan that was chosen.

Examples:
  npm run bench                                                  small, both databases
  npm run bench -- --size medium --database sqlite --only page   one operation on one database
  npm run bench -- --size large --json large.json --readme       the tables of the README`,
  )
  .action(run);

program
  .command("readme")
  .summary("writes the figures of several runs into test/bench/README.md")
  .description("Writes what runs have left with --json into test/bench/README.md, as --readme does for one.")
  .argument("<files...>", "what --json has written, the newest last")
  .action(async (files: readonly string[]) => writeReadme(await Promise.all(files.map(readRun))));
for (const command of liveCommands()) program.addCommand(command);

await program.parseAsync();

async function run(options: Options): Promise<void> {
  const dataSet = dataSetOf(options.size, options.seed);
  const kinds: readonly DatabaseKind[] =
    options.database === "both" ? ["sqlite", "postgres"] : [options.database];
  const around = surroundings();
  const done: DatabaseResult[] = [];
  /** The run as far as it has come. */
  const runOf = (databases: readonly DatabaseResult[]): Run => ({
    ...around,
    versions: {
      ...around.versions,
      ...Object.fromEntries(databases.map(({ kind, version }) => [kind, version])),
    },
    command: `npm run bench -- ${process.argv.slice(2).join(" ")}`.trim(),
    size: options.size,
    seed: options.seed,
    records: dataSet.size.records,
    databases,
  });
  /** After every operation: what is measured stays, whatever becomes of the rest. */
  const keep = async (result: DatabaseResult): Promise<void> => {
    if (options.json !== undefined) await writeRun(options.json, runOf([...done, result]));
  };
  for (const kind of kinds) done.push(await runOn(kind, dataSet, options, keep));
  if (options.readme) await writeReadme([runOf(done)]);
}

async function runOn(
  kind: DatabaseKind,
  dataSet: DataSet,
  options: Options,
  keep: (result: DatabaseResult) => Promise<void>,
): Promise<DatabaseResult> {
  const kept = await keptDatabase(kind, dataSet, {
    folder: options.folder,
    say: (line) => console.error(line),
  });
  try {
    const bench = await openBench(kind, kept.url, dataSet, {
      ...options,
      beside: kept.beside,
      say: (what) => console.error(`${kind}:   ${what} …`),
    });
    try {
      await bench.viewer("ceo");
      const version = await bench.driver.version();
      const visible = Object.fromEntries(
        bench.viewers.map((name) => [name, bench.reference.visible(name).count / dataSet.places.count(0)]),
      );
      const measurements: Measurement[] = [];
      for (const operation of options.only ?? OPERATIONS) {
        console.error(`${kind}: ${operation.name} …`);
        measurements.push(...(await operation.run(bench)));
        await keep({ kind, version, visible, measurements });
      }
      say(`\n${version}, ${dataSet.size.name}: ${dataSet.size.records} records`);
      say(
        `visible: ${Object.entries(visible)
          .map(([name, part]) => `${name} ${Number((part * 100).toPrecision(2))} %`)
          .join(", ")}`,
      );
      for (const line of tableOf(measurements)) say(line);
      const missed = measurements.filter((each) => isMet(each) === false).length;
      say(`${measurements.length} rows, ${missed} beyond their limit`);
      return { kind, version, visible, measurements };
    } finally {
      await bench.close();
    }
  } finally {
    await kept.close();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function operationsNamed(text: string): readonly Operation[] {
  return text.split(",").map((name) => {
    const found = OPERATIONS.find((operation) => operation.name === name.trim());
    if (found) return found;
    throw new InvalidArgumentError(
      `There is no operation ${name}; there are ${OPERATIONS.map((each) => each.name).join(", ")}.`,
    );
  });
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number.");
}
