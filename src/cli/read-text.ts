import { open } from "node:fs/promises";
import { decodeFile, MOST_BYTES } from "../file/reading/decode.ts";
import { CommandFailed, type Terminal } from "./command.ts";

/**
 * The text of a file that the command line names.
 *
 * @throws {CommandFailed} when it cannot be read or is too large, {InvalidPolicy} when it is no UTF-8 (BU-01).
 */
export async function readText(terminal: Terminal, file: string): Promise<string> {
  const path = terminal.place(file);
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(
      error.code === "ENOENT"
        ? `Cannot read ${file}: there is no file ${path}.`
        : `Cannot read ${file}: ${error.message}`,
    );
  });
  try {
    const about = await handle.stat();
    if (about.isDirectory()) throw new CommandFailed(`Cannot read ${file}: ${path} is a folder.`);
    if (about.size > MOST_BYTES)
      throw new CommandFailed(
        `Cannot read ${file}: it has ${Math.ceil(about.size / 2 ** 20)} MiB, and an organisation file has at most ${MOST_BYTES / 2 ** 20}.`,
      );
    return decodeFile(await handle.readFile(), file);
  } finally {
    await handle.close();
  }
}
