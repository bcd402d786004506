import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { ensureDatabase, startEmbeddedPostgres } from "../../src/database/embedded-postgres.ts";

test("rows in a folder outlive their server, and the database is made once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sightline-embedded-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const expected of [0, 1]) {
    const server = await startEmbeddedPostgres({ folder });
    await ensureDatabase(server.url("postgres"), "sightline");
    await ensureDatabase(server.url("postgres"), "sightline");
    const client = new pg.Client({ connectionString: server.url("sightline") });
    await client.connect();
    await client.query("CREATE TABLE IF NOT EXISTS kept (n integer)");
    expect((await client.query("SELECT * FROM kept")).rowCount).toBe(expected);
    await client.query("INSERT INTO kept VALUES (1)");
    expect((await client.query("SHOW server_encoding")).rows).toEqual([{ server_encoding: "UTF8" }]);
    await client.end();
    await server.stop();
  }
});

test("a second server on the same rows is refused, and says why", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sightline-embedded-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const server = await startEmbeddedPostgres({ folder });
  await expect(startEmbeddedPostgres({ folder })).rejects.toThrow("postmaster.pid");
  await server.stop();
});

test("only who knows the password gets in", async () => {
  const server = await startEmbeddedPostgres();
  const stranger = new pg.Client({
    connectionString: server.url("postgres").replace(/:[0-9a-f]{48}@/, ":guess@"),
  });
  await expect(stranger.connect()).rejects.toThrow("password authentication failed");
  await server.stop();
});

// How a process may end while its server runs.
test.each(["SIGKILL", "SIGTERM", "process.exit()", "nothing left to do"])(
  "no server and no rows stay behind after %s",
  async (end) => {
    const source = `
      import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, "../../src/database/embedded-postgres.ts"))};
      const server = await startEmbeddedPostgres();
      await new Promise((resolve) => process.stdout.write(server.url("postgres"), resolve));
      const end = ${JSON.stringify(end)};
      if (end === "process.exit()") process.exit(0);
      if (end.startsWith("SIG")) setInterval(() => {}, 1000);
    `;
    const child = spawn(process.execPath, ["--input-type=module", "-e", source], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await new Promise<string>((resolve) =>
      child.stdout.once("data", (text) => resolve(String(text))),
    );
    if (end.startsWith("SIG")) child.kill(end as NodeJS.Signals);
    await expect.poll(() => canConnect(url)).toBe(false);
  },
);

test("the folder of short-lived rows is gone with the server", async () => {
  const server = await startEmbeddedPostgres();
  const client = new pg.Client({ connectionString: server.url("postgres") });
  await client.connect();
  const { rows } = await client.query("SHOW data_directory");
  await client.end();
  const folder: string = rows[0].data_directory;
  await server.stop();
  expect(folder).toContain("sightline-postgres-");
  expect(existsSync(folder)).toBe(false);
});

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  // A server that goes away tells those who are connected, also while they say goodbye.
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
