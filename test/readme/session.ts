import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const START_MS = 500_000;

/** The reader's terminal: one shell for all blocks, so that what one defines the next ones use. */
export type Session = {
  /** Runs a block; throws with what it printed when it fails. @returns its standard output. */
  readonly run: (code: string) => Promise<string>;
  /** Ends the shell and the server, and removes the database. */
  readonly close: () => Promise<void>;
};

/**
 * Opens a terminal in a fresh clone's place: the repository as directory, an empty database, a free port.
 *
 * `npm start` is left running until the end, as a reader would in another window. In the blocks, the preset port and
 * the directory `data/` stand for the session's own.
 */
export async function openSession(): Promise<Session> {
  const folder = await mkdtemp(join(tmpdir(), "sightline-readme-"));
  const port = await freePort();
  const environment = {
    ...readersEnvironment(),
    PORT: String(port),
    DATABASE_URL: `file:${join(folder, "sightline.db")}`,
  };
  // Whatever shell readers have: what is shown has to be what each of them understands.
  const shell = spawn("sh", [], {
    cwd: ROOT,
    env: environment,
    // A process group of its own, so that what a block leaves running ends with it.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const servers: ChildProcess[] = [];

  const own = (code: string) =>
    code.replaceAll("localhost:4000", `localhost:${port}`).replaceAll(/(?<![\w./])data\//g, `${folder}/`);
  const readers = (text: string) =>
    text.replaceAll(`localhost:${port}`, "localhost:4000").replaceAll(`${folder}/`, "data/");

  return {
    run: async (code) => {
      if (code.trim() !== "npm start") return readers(await runIn(shell, own(code)));
      servers.push(await startServer(environment, port));
      return "";
    },
    close: async () => {
      await endGroup(shell);
      for (const server of servers) await endGroup(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a reader has: nothing of Sightline's, and nothing of the test runner's. */
function readersEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(SIGHTLINE_|VITEST|NODE_ENV$|NODE_OPTIONS$|OTEL_|HOST$|TEST$|npm_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

let blocks = 0;

async function runIn(shell: ChildProcess, code: string): Promise<string> {
  if (shell.exitCode !== null || shell.signalCode !== null)
    throw new Error("the shell has ended with a block before this one");
  const mark = `=== end of block ${++blocks} ===`;
  let printed = "";
  let complaints = "";
  const complain = (chunk: Buffer) => {
    complaints += chunk.toString();
  };
  shell.stderr!.on("data", complain);
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      printed += chunk.toString();
      if (!printed.includes(`${mark}\n`)) return;
      shell.stdout!.off("data", listen);
      shell.off("exit", ended);
      resolve();
    };
    const ended = () => reject(new Error(`the shell ended in\n${code}\n${printed}${complaints}`));
    shell.stdout!.on("data", listen);
    shell.once("exit", ended);
    // In the current shell, so that definitions stay; no command may eat the blocks that follow. A line that fails ends
    // the shell, as `&&` between the lines would, without changing what a reader types.
    shell.stdin!.write(`set -e\n{ ${code}\n} </dev/null\nset +e; printf '%s\\n' '${mark}'\n`);
  });
  shell.stderr!.off("data", complain);
  return printed.slice(0, printed.lastIndexOf(mark));
}

/** `npm start`, in a process group of its own: npm does not pass every signal on. */
async function startServer(environment: NodeJS.ProcessEnv, port: number): Promise<ChildProcess> {
  const server = spawn("npm", ["start"], {
    cwd: ROOT,
    env: environment,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const listen = (chunk: Buffer) => {
    said += chunk.toString();
  };
  server.stdout!.on("data", listen);
  server.stderr!.on("data", listen);
  const deadline = Date.now() + START_MS;
  while (!(await isReady(port))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      await endGroup(server);
      throw new Error(`npm start did not begin to serve:\n${said}`);
    }
    await sleep(250);
  }
  return server;
}

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://localhost:${port}/health/ready`).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function endGroup(leader: ChildProcess): Promise<void> {
  if (leader.pid === undefined) return;
  const hasEnded = leader.exitCode !== null || leader.signalCode !== null;
  const ended = hasEnded ? null : once(leader, "exit");
  try {
    // What a leader that ended left running is in its group still.
    process.kill(-leader.pid, "SIGTERM");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
