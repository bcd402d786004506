import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../src/cli/program.ts";
import { readSettings } from "../../src/settings/settings.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

export type Finished = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs a command line in this process, with an environment of its own. */
export async function inProcess(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  let out = "";
  let err = "";
  const code = await run(words, {
    print: (line) => {
      out += `${line}\n`;
    },
    say: (line) => {
      err += `${line}\n`;
    },
    place: (path) => resolve(path),
    settings: (purpose) => readSettings(environment, purpose),
  });
  return { code, out, err };
}

/** Starts `sightline` as a process, with these words and nothing of this process's environment but what finds Node. */
export function sightline(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, err }));
  });
  return {
    finished,
    stop: () => child.kill("SIGTERM"),
    /** Waits for the text on standard error and gives what the pattern caught. */
    says: async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const caught = pattern.exec(err)?.[1];
        if (caught !== undefined) return caught;
        await Promise.race([
          new Promise((resolve) => child.stderr.once("data", resolve)),
          finished.then(rejectEnd),
        ]);
      }
    },
  };
}

function rejectEnd({ code, err }: Finished): never {
  throw new Error(`sightline ended with ${code}: ${err}`);
}
