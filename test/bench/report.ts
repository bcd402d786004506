import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { cpus, totalmem } from "node:os";
import type { DatabaseKind } from "../../src/database/database.ts";
import { isMet, limitText, type Measurement, ratioOf } from "./operation.ts";

/** Everything measured on one database. */
export type DatabaseResult = {
  readonly kind: DatabaseKind;
  readonly version: string;
  /** Which part of the big module each viewer sees, by the reference. */
  readonly visible: Readonly<Record<string, number>>;
  readonly measurements: readonly Measurement[];
};

/** A whole run, with all that it takes to run it again. */
export type Run = {
  readonly date: string;
  readonly command: string;
  readonly size: string;
  readonly seed: number;
  readonly records: number;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGiB: number };
  readonly versions: Readonly<Record<string, string>>;
  readonly databases: readonly DatabaseResult[];
};

/** What a command of its own, such as `load`, has printed. */
export type LiveRun = Pick<Run, "date" | "command" | "machine" | "versions"> & {
  readonly printed: readonly string[];
};

/** The machine and the versions of now. */
export function surroundings(): Pick<Run, "date" | "machine" | "versions"> {
  const [first] = cpus();
  const require = createRequire(import.meta.url);
  const prisma = (require("@prisma/client/package.json") as { version: string }).version;
  return {
    date: new Date().toISOString(),
    machine: {
      cpu: first?.model.trim() || process.arch,
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
    },
    versions: { node: process.versions.node, prisma, commit: commit() },
  };
}

function commit(): string {
  try {
    const text = (...words: string[]) => execFileSync("git", words, { encoding: "utf8" }).trim();
    const isChanged = text("status", "--porcelain", "--untracked-files=no") !== "";
    return text("rev-parse", "--short", "HEAD") + (isChanged ? " and changes" : "");
  } catch {
    return "unknown";
  }
}

const COLUMNS = [
  "operation",
  "viewer",
  "median ms",
  "p95 ms",
  "baseline ms",
  "ratio",
  "limit",
  "met",
  "plan",
] as const;

/** The table of a database, in lines. */
export function tableOf(measurements: readonly Measurement[]): readonly string[] {
  const rows = [COLUMNS, ...measurements.map(cellsOf)];
  const widths = COLUMNS.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at >= 2 && at <= 5 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function cellsOf(measurement: Measurement): readonly string[] {
  const { operation, variant, viewer, times, baseline, bytes, limit, plan, refused } = measurement;
  const ratio = ratioOf(measurement);
  const met = isMet(measurement);
  return [
    variant === null ? operation : `${operation}: ${variant}`,
    viewer ?? "",
    bytes !== undefined
      ? kib(bytes.of)
      : times === null
        ? refused === undefined
          ? "equal"
          : "refused"
        : ms(times.medianMs),
    times === null ? "" : ms(times.p95Ms),
    bytes !== undefined ? kib(bytes.baseline) : baseline === null ? "" : ms(baseline.medianMs),
    ratio === null ? "" : `${ratio.toFixed(2)}×`,
    limit === null ? "" : limitText(limit),
    met === null ? "" : met ? "yes" : "NO",
    refused ?? plan ?? "",
  ];
}

function ms(milliseconds: number): string {
  return milliseconds < 10 ? milliseconds.toFixed(3) : milliseconds.toFixed(1);
}

function kib(bytes: number): string {
  return `${Math.round(bytes / 1024)} KiB`;
}

/** Writes a run as JSON, each measurement with its ratio and whether the limit is met. */
export async function writeRun(path: string, run: Run): Promise<void> {
  const databases = run.databases.map((database) => ({
    ...database,
    measurements: database.measurements.map((each) => ({
      ...each,
      ratio: ratioOf(each),
      isMet: isMet(each),
    })),
  }));
  await writeFile(path, `${JSON.stringify({ ...run, databases }, null, 2)}\n`);
}

/** Reads what `--json` has written. @throws when the file holds something else. */
export async function readRun(path: string): Promise<Run | LiveRun> {
  const run: unknown = JSON.parse(await readFile(path, "utf8"));
  const holds = (name: string) =>
    typeof run === "object" && run !== null && Array.isArray(Reflect.get(run, name));
  if (holds("databases")) return run as Run;
  if (holds("printed")) return run as LiveRun;
  throw new Error(`${path} is no run of the bench`);
}
