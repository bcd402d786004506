import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { parseCLI, type Reporter, startVitest, type TestModule } from "vitest/node";

/**
 * `npm test`: lint and format, types, then every test on both databases. Its last line is `N passed, N failed`, and it
 * exits with 1 unless something passed and nothing failed.
 *
 * With arguments (`npm test -- -t SH-07`) they go to Vitest, and only the tests they choose run.
 */
const root = dirname(import.meta.dirname);
const words = process.argv.slice(2);
const isWhole = words.length === 0;

type Count = { passed: number; failed: number };

const CHECKS = [
  { name: "lint and format", program: "@biomejs/biome/bin/biome", words: ["check", "--colors=off"] },
  { name: "types", program: "typescript/bin/tsc", words: ["--noEmit", "-p", "."] },
];

const total: Count = { passed: 0, failed: 0 };
if (isWhole) for (const check of CHECKS) add(await outcomeOf(check));
add(await outcomeOfTests());
if (total.passed + total.failed === 0) console.error("No test was chosen.");
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`, () => {
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
});

function add({ passed, failed }: Count): void {
  total.passed += passed;
  total.failed += failed;
}

function outcomeOf(check: (typeof CHECKS)[number]): Promise<Count> {
  return new Promise((resolve) => {
    const program = join(root, "node_modules", check.program);
    const child = spawn(process.execPath, [program, ...check.words], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", (error) => console.error(error.message));
    child.on("close", (code) => {
      console.error(code === 0 ? `✓ ${check.name}` : `✗ ${check.name}`);
      resolve(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
    });
  });
}

async function outcomeOfTests(): Promise<Count> {
  let count: Count | null = null;
  const counter: Reporter = {
    onTestRunEnd: (modules, errors, reason) => {
      count = countOf(modules);
      count.failed += errors.length;
      if (reason === "interrupted") count.failed += 1;
    },
  };
  const { filter, options } = parseCLI(["vitest", "run", ...words]);
  const config = join(root, "test/vitest.config.ts");
  const started = await startVitest(filter, {
    ...options,
    config,
    root,
    watch: false,
    reporters: ["default", counter],
  }).catch((error: unknown) => {
    console.error(error);
    return null;
  });
  await started?.close();
  return count ?? { passed: 0, failed: 1 };
}

function countOf(modules: readonly TestModule[]): Count {
  const count: Count = { passed: 0, failed: 0 };
  for (const module of modules) {
    const suites = [module, ...module.children.allSuites()];
    count.failed += suites.filter((suite) => suite.errors().length > 0).length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") count.passed += 1;
      // In a whole run nothing may be left out, least of all one of the databases.
      else if (state === "failed" || isWhole) count.failed += 1;
      if (isWhole && state !== "passed" && state !== "failed") console.error(`✗ not run: ${test.fullName}`);
    }
  }
  return count;
}
