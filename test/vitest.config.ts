import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: dirname(import.meta.dirname),
  resolve: {
    // Node loads graphql's CommonJS entry for everybody; without this, tests would load its other entry beside it, and
    // two copies of graphql do not know each other's types.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve("graphql")) }],
  },
  test: {
    include: ["test/**/*.test.ts"],
    // A file that is compared with and missing is a failure everywhere, not in CI alone; `-u` writes.
    update: "none",
    globalSetup: "test/start-databases.ts",
    // All cores: the preset leaves one idle, which on two of them is half.
    maxWorkers: "100%",
    // Random worlds and whole servers take their time on a busy machine; a test that hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
