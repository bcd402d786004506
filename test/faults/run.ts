import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { startEmbeddedPostgres } from "../../src/database/embedded-postgres.ts";
import type { Fault } from "./fault.ts";
import { FAULTS } from "./faults.ts";

/**
 * `npm run faults`: makes every fault, one at a time, in a copy of the tree, and runs the tests that must notice it.
 * Words after `--` choose the faults whose name has them. Exits with 1 when a fault survives or cannot be made.
 */
const ROOT = dirname(dirname(import.meta.dirname));
const LANES = 2;
/** A fault may make tests go round for ever. In milliseconds. */
const FAULT_TIMEOUT_MS = 120_000;
/** All tests of all faults at once, on a slow machine. In milliseconds. */
const HEALTHY_TIMEOUT_MS = 30 * 60_000;

type Verdict = { readonly kind: "CAUGHT" | "SURVIVED" | "BROKEN"; readonly detail: string };
type Result = { readonly fault: Fault; readonly verdict: Verdict; readonly seconds: number };

const wanted = process.argv.slice(2).join(" ").toLowerCase();
const chosen = FAULTS.filter(({ name }) => name.toLowerCase().includes(wanted));
const place = await mkdtemp(join(tmpdir(), "sightline-faults-"));
const needsServer = chosen.some(({ on }) => on === "databases");
const server =
  needsServer && !process.env["TEST_DATABASE_URL"] ? await startEmbeddedPostgres({ connections: 100 }) : null;

try {
  const results = await runAll();
  print(results);
  process.exitCode = results.length > 0 && results.every(({ verdict }) => verdict.kind === "CAUGHT") ? 0 : 1;
} finally {
  await server?.stop();
  await rm(place, { recursive: true, force: true });
}

async function runAll(): Promise<readonly Result[]> {
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, at) => copyTree(`lane-${at}`)));
  const healthy = await testsPass(lanes);
  if (healthy !== null) throw new Error(`Without a fault the tests must pass first:\n${healthy}`);
  const queue = [...chosen];
  const results: Result[] = [];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let fault = queue.shift(); fault; fault = queue.shift()) {
        const started = performance.now();
        const verdict = await tryFault(lane, fault);
        const seconds = (performance.now() - started) / 1000;
        results.push({ fault, verdict, seconds });
        console.error(
          `${results.length}/${chosen.length} ${verdict.kind} ${fault.name} (${seconds.toFixed(1)} s)`,
        );
      }
    }),
  );
  return chosen.flatMap((fault) => results.filter((result) => result.fault === fault));
}

async function copyTree(name: string): Promise<string> {
  const lane = join(place, name, "main");
  const left = new Set(["node_modules", ".git", "data", "coverage"]);
  await mkdir(lane, { recursive: true });
  await cp(ROOT, lane, {
    recursive: true,
    filter: (from) => dirname(from) !== ROOT || !left.has(basename(from)),
  });
  await symlink(join(ROOT, "node_modules"), join(lane, "node_modules"));
  return lane;
}

/** Null when every test that the faults count on passes in the copies; otherwise what does not. */
async function testsPass([first = "", second = first]: readonly string[]): Promise<string | null> {
  console.error("the tests without a fault …");
  const pure = chosen.filter(({ on }) => on === undefined);
  const stored = chosen.filter(({ on }) => on === "databases");
  const together = (some: readonly Fault[]): Pick<Fault, "tests" | "titles"> => ({
    tests: [...new Set(some.flatMap(({ tests }) => tests))],
    ...(some.every(({ titles }) => titles !== undefined) && {
      titles: some.map(({ titles }) => titles).join("|"),
    }),
  });
  const outcomes = await Promise.all([
    ...(pure.length > 0 ? [runTests(first, together(pure), HEALTHY_TIMEOUT_MS)] : []),
    ...(stored.length > 0
      ? [runTests(second, { ...together(stored), on: "databases" }, HEALTHY_TIMEOUT_MS)]
      : []),
  ]);
  const bad = outcomes.filter(({ passed, failed, unrun }) => failed.length > 0 || unrun || passed === 0);
  return bad.length === 0 ? null : bad.map(({ failed, output }) => failed[0] ?? output).join("\n");
}

async function tryFault(lane: string, fault: Fault): Promise<Verdict> {
  const path = join(lane, "src", fault.file);
  const sound = await readFile(path, "utf8");
  const parts = sound.split(fault.find);
  if (parts.length !== 2) return { kind: "BROKEN", detail: `its place is there ${parts.length - 1} times` };
  await writeFile(path, parts.join(fault.replace));
  try {
    const { passed, failed, unrun, output } = await runTests(lane, fault);
    if (failed[0] !== undefined) return { kind: "CAUGHT", detail: failed[0] };
    if (unrun || passed === 0)
      return { kind: "BROKEN", detail: `the tests do not run: ${output.slice(-300)}` };
    return { kind: "SURVIVED", detail: `${passed} tests passed` };
  } finally {
    await writeFile(path, sound);
  }
}

type Report = {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};

type Outcome = {
  readonly passed: number;
  readonly failed: readonly string[];
  /** Whether a file of tests could not be loaded: that is no test that failed. */
  readonly unrun: boolean;
  readonly output: string;
};

async function runTests(
  lane: string,
  { tests, titles, on, size }: Pick<Fault, "tests" | "titles" | "on" | "size">,
  timeoutMs = FAULT_TIMEOUT_MS,
): Promise<Outcome> {
  const report = join(lane, "faults.json");
  await rm(report, { force: true });
  const words = [
    ...["run", "--config", on === "databases" ? "test/vitest.config.ts" : "test/faults/vitest.config.ts"],
    ...["--bail", "1", "--reporter", "json", "--outputFile", report],
    ...(titles === undefined ? [] : ["--testNamePattern", titles]),
    ...tests.map((path) => `test/${path}`),
  ];
  const output = await runVitest(lane, words, timeoutMs, size === "DEEP");
  const { testResults } = JSON.parse(
    await readFile(report, "utf8").catch(() => '{"testResults":[]}'),
  ) as Report;
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: all.filter(({ status }) => status === "passed").length,
    failed: all.filter(({ status }) => status === "failed").map(({ fullName }) => fullName),
    unrun: testResults.some(
      ({ status, assertionResults }) =>
        status === "failed" && assertionResults.every((each) => each.status !== "failed"),
    ),
    output,
  };
}

function runVitest(
  lane: string,
  words: readonly string[],
  timeout: number,
  isDeep: boolean,
): Promise<string> {
  const env = {
    ...process.env,
    ...(server && { TEST_DATABASE_URL: server.url("postgres") }),
    ...(isDeep && { CI: "true" }),
    PATIENCE_MS: String(timeout / 3),
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, "node_modules/vitest/vitest.mjs"), ...words], {
      cwd: lane,
      env,
      timeout,
      killSignal: "SIGKILL",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString("utf8");
      });
    }
    child.once("error", reject);
    child.once("close", (_, signal) =>
      resolve(signal === null ? output : `${output}\nended by ${signal} after ${timeout / 1000} s`),
    );
  });
}

function print(results: readonly Result[]): void {
  const width = Math.max(...results.map(({ fault }) => fault.name.length));
  const lines = results.map(({ fault, verdict, seconds }) => {
    const took = `${seconds.toFixed(1).padStart(5)} s`;
    return `${verdict.kind.padEnd(8)} ${fault.name.padEnd(width)} ${took}  ${verdict.detail}`;
  });
  const count = (kind: Verdict["kind"]) => results.filter(({ verdict }) => verdict.kind === kind).length;
  const sum = `${count("CAUGHT")} of ${results.length} faults caught, ${count("SURVIVED")} survived, ${count("BROKEN")} could not be made.`;
  process.stdout.write(`${[...lines, "", sum].join("\n")}\n`);
}
