import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

describe("npm start", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sightline-start-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"] as const)(
    "AP-31 whoever sends npm %s has stopped the server",
    async (signal) => {
      const { npm, url, closed } = await start();
      npm.kill(signal);
      // The pipe is closed when nobody holds it any more, the server included.
      await closed;
      await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    },
  );

  /** Starts it as a newcomer does, and waits until it listens. */
  async function start() {
    const { NODE_ENV: _, ...environment } = process.env;
    const npm = spawn("npm", ["start"], {
      cwd: ROOT,
      env: { ...environment, PORT: "0", DATABASE_URL: `file:${join(folder, "demo.db")}` },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const closed = once(npm, "close");
    const url = await new Promise<string>((found, failed) => {
      let said = "";
      const hear = (text: Buffer) => {
        said += text;
        const [, at] = /listens at (\S+)\/graphql/.exec(said) ?? [];
        if (at !== undefined) found(at);
      };
      npm.stdout.on("data", hear);
      npm.stderr.on("data", hear);
      void closed.then(() => failed(new Error(`it ended without listening: ${said}`)));
    });
    return { npm, url, closed };
  }
});
