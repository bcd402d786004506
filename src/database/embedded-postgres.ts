import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type Owner, ownedFolder, serverOwner, serverPrograms } from "./embedded-owner.ts";

export type EmbeddedPostgres = {
  /** The address of a database of the server; `postgres` is always there. */
  readonly url: (database: string) => string;
  /** Settles when the server is gone, asked or not, with the last it printed. */
  readonly gone: Promise<string>;
  /** Stops the server: connections are cut, committed rows stay. */
  readonly stop: () => Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Where the rows live; a cluster is made when there is none. Without it they are as short-lived as the server. */
  readonly folder?: string;
  readonly connections?: number;
  readonly say?: (line: string) => void;
};

const USER = "sightline";

/**
 * Starts the Postgres server that comes as a package, on a free port of the loopback address.
 *
 * The server lives at most as long as this process: a pipe between them is its lifeline, and the operating system cuts
 * it however the process ends. A server whose rows are short-lived does not wait for the disk.
 *
 * @throws when the server does not start; the message ends with what it printed.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const { say = () => undefined } = options;
  const owner = serverOwner();
  const isTemporary = options.folder === undefined;
  const folder = await ownedFolder(
    options.folder ?? (await mkdtemp(join(tmpdir(), "sightline-postgres-"))),
    owner,
  );
  const programs = await serverPrograms(owner);
  const shortLived = [isTemporary ? folder : null, programs.copy].filter((path) => path !== null);
  const password = await passwordIn(folder, owner);

  if (!existsSync(join(folder, "rows/PG_VERSION"))) {
    say("making a Postgres cluster …");
    await initialise(programs.folder, folder, owner, isTemporary);
  }
  const port = await freePort();
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port: String(port),
    max_connections: String(options.connections ?? 100),
    ...(isTemporary && { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const server = superviseServer(programs.folder, folder, settings, owner, shortLived);
  await server.ready;
  return {
    url: (database) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`,
    gone: server.gone,
    stop: server.stop,
  };
}

/** Makes a database of the server unless it is there. @param url of any of its databases. */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** The cluster's password, made once: other users of this machine reach the port too. */
async function passwordIn(folder: string, owner: Owner | null): Promise<string> {
  const path = join(folder, "password");
  if (!existsSync(path)) {
    await writeFile(path, randomBytes(24).toString("hex"), { mode: 0o600 });
    if (owner) await chown(path, owner.uid, owner.gid);
  }
  return readFile(path, "utf8");
}

/**
 * Makes the cluster. Its collation is a language's, as in most clusters: where the order of text matters, a statement
 * has to say so itself (EN-09), and one that forgot fails here rather than elsewhere.
 */
async function initialise(
  programs: string,
  folder: string,
  owner: Owner | null,
  isTemporary: boolean,
): Promise<void> {
  const rows = join(folder, "rows");
  const made = spawnSync(
    join(programs, "initdb"),
    [
      `--pgdata=${rows}`,
      `--username=${USER}`,
      `--pwfile=${join(folder, "password")}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=icu",
      "--icu-locale=en-US",
      ...(isTemporary ? ["--no-sync"] : []),
    ],
    { ...owner, cwd: folder, encoding: "utf8", env: environment() },
  );
  if (made.status === 0) return;
  await rm(rows, { recursive: true, force: true });
  throw new Error(`initdb failed: ${made.error?.message ?? `${made.stdout}${made.stderr}`}`);
}

/**
 * `sh` stands between: it reads the pipe to us, and when that ends it stops the server, waits for it, and clears away
 * what is short-lived. A server that has only just started does not listen yet, so it is told until it is gone. It leads a session of its own, so that Ctrl-C in a terminal reaches us only.
 */
const SUPERVISE = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; while kill -INT $server; do sleep 0.2; done; } 2>/dev/null &
wait $server
status=$?
rm -rf "$SHORT_LIVED_1" "$SHORT_LIVED_2"
exit $status
`;

function superviseServer(
  programs: string,
  folder: string,
  settings: Readonly<Record<string, string>>,
  owner: Owner | null,
  shortLived: readonly string[],
) {
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const command = [join(programs, "postgres"), "-D", join(folder, "rows"), ...flags];
  const shell = spawn("/bin/sh", ["-c", SUPERVISE, "sh", ...command], {
    ...owner,
    cwd: folder,
    detached: true,
    env: { ...environment(), SHORT_LIVED_1: shortLived[0] ?? "", SHORT_LIVED_2: shortLived[1] ?? "" },
    stdio: ["pipe", "ignore", "pipe"],
  });
  const log = lastLines(shell);
  const gone = new Promise<string>((resolve) => {
    shell.once("exit", () => {
      shell.stdin.destroy();
      resolve(log.text());
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    log.when("database system is ready to accept connections", resolve);
    shell.once("error", reject);
    void gone.then((text) => reject(new Error(`Postgres did not start:\n${text}`)));
  });
  // Once it runs it does not keep a process alive that has nothing else to do.
  void ready.then(() => {
    shell.unref();
    for (const pipe of [shell.stdin, shell.stderr]) (pipe as unknown as { unref(): void }).unref();
  }, noop);
  const stop = async () => {
    shell.ref();
    shell.stdin.end();
    await gone;
  };
  return { ready, gone, stop };
}

function noop(): void {}

/** Keeps the end of what a process complains of, and tells when a text occurs in it. */
function lastLines(child: ChildProcess) {
  let text = "";
  const waiting = new Map<string, () => void>();
  child.stderr?.on("data", (chunk: Buffer) => {
    text = (text + chunk.toString("utf8")).slice(-8_000);
    for (const [part, tell] of waiting) if (text.includes(part)) tell();
  });
  return { text: () => text, when: (part: string, tell: () => void) => waiting.set(part, tell) };
}

/** The server inherits nothing: variables such as PGDATA or TZ would change what it does. */
function environment(): Record<string, string> {
  return { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
