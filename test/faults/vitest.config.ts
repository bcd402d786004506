import { defineConfig } from "vitest/config";

/** For tests that need no database: nothing is started. */
export default defineConfig({
  root: new URL("../../", import.meta.url).pathname,
  test: { include: ["test/**/*.test.ts"], isolate: false, maxWorkers: 1, testTimeout: 60_000 },
});
