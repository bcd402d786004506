import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { SignJWT } from "jose";
import { ORGANIZATION } from "../data-set/file.ts";
import { emailOf, type ViewerName } from "../data-set/viewers.ts";

const MAIN = resolve(import.meta.dirname, "../../../src/cli/main.ts");

const SECRET = "a-secret-of-the-bench-that-is-long-enough";
const [ISSUER, AUDIENCE] = ["bench", "sightline"];

/** As in production; how often somebody may ask is lifted, as few people ask as fast as they can. */
const ENVIRONMENT = {
  SIGHTLINE_JWT_SECRET: SECRET,
  SIGHTLINE_JWT_ISSUER: ISSUER,
  SIGHTLINE_JWT_AUDIENCE: AUDIENCE,
  SIGHTLINE_AUDIT_KEYS: `tests:${SECRET}`,
  SIGHTLINE_RATE_PER_USER: "1000000000",
  SIGHTLINE_RATE_PER_OPERATION: "1000000000",
  NODE_ENV: "production",
  HOST: "127.0.0.1",
  PORT: "0",
};

/** `sightline serve` in a process of its own. */
export type Server = {
  readonly url: string;
  /** Memory that the process has now, in bytes. */
  readonly residentBytes: () => number;
  /** Stops it gracefully. @throws when it ended otherwise. */
  readonly stop: () => Promise<void>;
};

export async function startServer(databaseUrl: string): Promise<Server> {
  const child = spawnSightline(["serve"], { ...ENVIRONMENT, DATABASE_URL: databaseUrl });
  const said: string[] = [];
  const url = await new Promise<string>((listens, fails) => {
    child.once("exit", (code, signal) =>
      fails(new Error(`the server ended with ${code ?? signal}:\n${said.join("\n")}`)),
    );
    createInterface({ input: required(child.stderr) }).on("line", (line) => {
      said.push(line);
      const found = /listens at (\S+)\/graphql/.exec(line)?.[1];
      if (found !== undefined) listens(found);
    });
  });
  return {
    url,
    residentBytes: () =>
      Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" })) * 1024,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const [code] = await ended;
      if (code !== 0) throw new Error(`the server ended with ${code}:\n${said.join("\n")}`);
    },
  };
}

/** Runs `sightline`; what it logs goes nowhere, what it says to people is on standard error. */
export function spawnSightline(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): ChildProcess {
  return spawn(process.execPath, [...flags, MAIN, ...words], {
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** A token as the identity provider would give it. */
export function tokenOf(viewer: ViewerName): Promise<string> {
  return new SignJWT({ org: ORGANIZATION, email: emailOf(viewer) })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime("1d")
    .sign(new TextEncoder().encode(SECRET));
}

function required<T>(stream: T | null): T {
  if (stream === null) throw new Error("the process has no such stream");
  return stream;
}
