import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import type { DataSet } from "../data-set/data-set.ts";
import { VIEWER_NAMES } from "../data-set/viewers.ts";
import { PAGE_OF_RECORDS } from "../operations/request.ts";
import { clientOf } from "./client.ts";
import { checkOwn, KINDS, type Kind } from "./kinds.ts";
import { startServer } from "./server.ts";
import { knownTo, type Worker, workerOf } from "./worker.ts";

/** Requests of one kind, or of all: times in milliseconds, errors by code. */
export type LoadRow = {
  readonly kind: string;
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly errors: Readonly<Record<string, number>>;
};

export type Load = {
  readonly clients: number;
  readonly seconds: number;
  readonly rows: readonly LoadRow[];
  /** Errors that no kind may answer, with an example of each. */
  readonly unexpected: readonly string[];
  /** Memory of the server process in MiB: before the load, after each tenth of it, at its end. */
  readonly residentMiB: readonly number[];
};

export type LoadOptions = { readonly clients: number; readonly seconds: number };

type Tally = { readonly times: RecordableHistogram; readonly errors: Map<string, number> };

/** A mixed load of so many clients, each asking as fast as it is answered, over HTTP against a server process. */
export async function runLoad(
  url: string,
  dataSet: DataSet,
  { clients, seconds }: LoadOptions,
  say: (line: string) => void,
): Promise<Load> {
  const server = await startServer(url);
  const connections = Array.from({ length: clients }, () => clientOf(server));
  try {
    const [first] = connections;
    if (first === undefined) throw new Error("a load needs clients");
    const known = await knownTo(first);
    const workers: Worker[] = [];
    for (const [number, client] of connections.entries())
      workers.push(await workerOf(number, client, known, dataSet));
    for (const viewer of VIEWER_NAMES) await first.data(viewer, PAGE_OF_RECORDS);

    const residentMiB = [mebibytes(server.residentBytes())];
    const tallies = new Map<Kind, Tally>(
      KINDS.map((kind) => [kind, { times: createHistogram(), errors: new Map() }]),
    );
    const unexpected = new Map<string, string>();
    const watch = setInterval(() => {
      residentMiB.push(mebibytes(server.residentBytes()));
      const done = [...tallies.values()].reduce((sum, { times }) => sum + times.count, 0);
      say(`${done} requests, ${residentMiB.at(-1)} MiB`);
    }, seconds * 100);
    const start = performance.now();
    const until = start + seconds * 1_000;
    try {
      await Promise.all(workers.map((worker) => work(worker, until, tallies, unexpected)));
    } finally {
      clearInterval(watch);
    }
    const took = (performance.now() - start) / 1_000;
    residentMiB.push(mebibytes(server.residentBytes()));
    for (const worker of workers) await checkOwn(worker);
    return {
      clients,
      seconds: took,
      rows: rowsOf(tallies, took),
      unexpected: [...unexpected].map(([code, example]) => `${code}: ${example}`),
      residentMiB,
    };
  } finally {
    for (const client of connections) client.close();
    await server.stop();
  }
}

async function work(
  worker: Worker,
  until: number,
  tallies: ReadonlyMap<Kind, Tally>,
  unexpected: Map<string, string>,
): Promise<void> {
  while (performance.now() < until) {
    const kind = drawn(worker);
    const answer = await kind.run(worker);
    const tally = tallies.get(kind);
    if (answer === null || tally === undefined) continue;
    tally.times.record(Math.max(1, Math.round(answer.tookMs * 1_000)));
    for (const [at, code] of answer.codes.entries()) {
      tally.errors.set(code, (tally.errors.get(code) ?? 0) + 1);
      if (!kind.mayAnswer?.includes(code)) unexpected.set(`${kind.name} ${code}`, answer.messages[at] ?? "");
    }
  }
}

const TOTAL_WEIGHT = KINDS.reduce((sum, { weight }) => sum + weight, 0);

function drawn(worker: Worker): Kind {
  let left = worker.below(TOTAL_WEIGHT * 1_000) / 1_000;
  for (const kind of KINDS) {
    left -= kind.weight;
    if (left < 0) return kind;
  }
  throw new Error("weights do not add up");
}

function rowsOf(tallies: ReadonlyMap<Kind, Tally>, seconds: number): readonly LoadRow[] {
  const all: Tally = { times: createHistogram(), errors: new Map() };
  for (const { times, errors } of tallies.values()) {
    if (times.count > 0) all.times.add(times);
    for (const [code, count] of errors) all.errors.set(code, (all.errors.get(code) ?? 0) + count);
  }
  const row = (kind: string, { times, errors }: Tally): LoadRow => {
    const at = (percentile: number) => (times.count === 0 ? 0 : times.percentile(percentile) / 1_000);
    return {
      kind,
      requests: times.count,
      perSecond: times.count / seconds,
      p50Ms: at(50),
      p95Ms: at(95),
      p99Ms: at(99),
      maxMs: times.count === 0 ? 0 : times.max / 1_000,
      errors: Object.fromEntries(errors),
    };
  };
  return [...[...tallies].map(([{ name }, tally]) => row(name, tally)), row("all", all)];
}

/** The table of a load, in lines. */
export function loadLines({ clients, seconds, rows, unexpected, residentMiB }: Load): readonly string[] {
  const head = ["kind", "requests", "per s", "p50 ms", "p95 ms", "p99 ms", "max ms", "errors"];
  const cells = rows.map((row) => [
    row.kind,
    String(row.requests),
    row.perSecond.toFixed(1),
    ...[row.p50Ms, row.p95Ms, row.p99Ms, row.maxMs].map((ms) => ms.toFixed(1)),
    Object.entries(row.errors)
      .map(([code, count]) => `${code} ${count}`)
      .join(", "),
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...cells].map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at > 0 && at < 7 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
  return [
    `${clients} clients, ${Math.round(seconds)} s`,
    ...[head, ...cells].map(line),
    `memory of the server: ${residentMiB[0]} MiB at the start, ${residentMiB.at(-1)} MiB at the end (${residentMiB.join(", ")})`,
    unexpected.length === 0 ? "no unexpected error" : `UNEXPECTED: ${unexpected.join("; ")}`,
  ];
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
