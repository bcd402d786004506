import { spawn } from "node:child_process";
import { afterAll, beforeAll } from "vitest";
import type { DatabaseKind } from "../../src/database/database.ts";
import { openStore } from "../../src/database/open.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { type Running, start } from "../../src/main.ts";
import { issueToken } from "../../src/server/sign-in/issue-token.ts";
import { createLog } from "../../src/server/watch/log.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { AUDIT_KEYS } from "../audit-keys.ts";
import { type NewDatabase, newTestDatabase } from "../database.ts";
import { ACME } from "../graphql/world.ts";

/** A server that runs for the tests of one suite. */
export type RunningServer = {
  /** Of the GraphQL endpoint. */
  readonly url: () => string;
  readonly tokenOf: (email: string) => Promise<string>;
};

/**
 * Starts a server over an organisation before the suite's tests, and stops it after them.
 *
 * @param organization its file, of the key `acme`: that of the GraphQL tests unless said.
 */
export function runningServer(kind: DatabaseKind, organization = ACME): RunningServer {
  let found: { readonly database: NewDatabase; readonly server: Running } | null = null;
  const settingsOf = (url: string) =>
    readSettings(
      {
        PORT: "0",
        SIGHTLINE_DEV: "1",
        SIGHTLINE_LOG_LEVEL: "silent",
        SIGHTLINE_OPERATION_MS: "600000",
        DATABASE_URL: url,
      },
      "SERVE",
    );
  const running = () => {
    if (found === null) throw new Error("the server runs during the tests only");
    return found;
  };

  beforeAll(async () => {
    const database = await newTestDatabase(kind);
    const store = await openStore(database.url, { auditKeys: AUDIT_KEYS });
    await applyOrganizationFile(store, { text: organization, name: "acme" }, null, {
      now: Date.now() - 60_000,
    });
    await store.close();
    const settings = settingsOf(database.url);
    found = { database, server: await start(settings, createLog(settings)) };
  });
  afterAll(async () => {
    await found?.server.stop();
    await found?.database.remove();
  });

  return {
    url: () => `${running().server.url}/graphql`,
    tokenOf: (user) =>
      issueToken(settingsOf(running().database.url), { orgKey: "acme", user, ttlSeconds: 600 }, Date.now()),
  };
}

export type Ended = { readonly code: number | null; readonly output: string; readonly complaints: string };

/** Runs a program under this very Node, feeds it `input`, and waits for its end. */
export function runProgram(words: readonly string[], input = "", folder = process.cwd()): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { cwd: folder });
    const ended = { output: "", complaints: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      ended.output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      ended.complaints += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...ended }));
    child.stdin.end(input);
  });
}
