import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { LongestFirst } from "./longest-first.ts";

/**
 * Files that share a process, one after another: what a process has loaded and warmed up is most of what such a file
 * costs. They change nothing that belongs to the process; what measures its own memory is alone in it.
 */
const TOGETHER = [
  "test/{kernel,settings,policy,oracle,database,store,graphql}/**/*.test.ts",
  "test/file/**/!(large-file).test.ts",
];

export default defineConfig({
  root: dirname(import.meta.dirname),
  test: {
    // A file that is compared with and missing is a failure everywhere, not in CI alone; `-u` writes.
    update: "none",
    globalSetup: "test/start-databases.ts",
    // All cores: the preset leaves one idle, which on two of them is half.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    projects: [
      project("apart", { include: ["test/**/*.test.ts"], exclude: TOGETHER }),
      project("together", { include: TOGETHER, isolate: false }),
    ],
  },
});

function project(
  name: string,
  test: NonNullable<TestProjectInlineConfiguration["test"]>,
): TestProjectInlineConfiguration {
  return {
    root: dirname(import.meta.dirname),
    resolve: {
      // Node loads graphql's CommonJS entry for everybody; without this, tests would load its other entry beside it, and
      // two copies of graphql do not know each other's types.
      alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve("graphql")) }],
    },
    test: {
      ...test,
      name,
      maxWorkers: "100%",
      // However busy the machine is: what takes its time is no failure, and what hangs still ends.
      testTimeout: 1_800_000,
      hookTimeout: 1_800_000,
      expect: { poll: { timeout: 600_000 } },
    },
  };
}
