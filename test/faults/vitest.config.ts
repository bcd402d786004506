import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** For tests that need no database: nothing is started. */
export default defineConfig({
  root: dirname(dirname(import.meta.dirname)),
  // One copy of graphql, as in the configuration of all tests.
  resolve: {
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve("graphql")) }],
  },
  test: { include: ["test/**/*.test.ts"], isolate: false, maxWorkers: 1, testTimeout: 60_000 },
});
