import { open, writeFile } from "node:fs/promises";
import { CommandFailed, type Terminal } from "./command.ts";

/** Writes what a command was asked to write, part by part. @throws {CommandFailed} when it cannot be written there. */
export async function writeParts(
  { place }: Pick<Terminal, "place">,
  path: string,
  parts: AsyncIterable<string>,
): Promise<void> {
  const file = await open(place(path), "w").catch((error: unknown) => {
    throw unwritable(place(path), error);
  });
  try {
    for await (const part of parts) await file.write(part);
  } finally {
    await file.close();
  }
}

/** Writes what a command was asked to write. @throws {CommandFailed} when it cannot be written there. */
export async function writeText(
  { place }: Pick<Terminal, "place">,
  path: string,
  text: string,
): Promise<void> {
  try {
    await writeFile(place(path), text);
  } catch (error) {
    throw unwritable(place(path), error);
  }
}

function unwritable(path: string, error: unknown): CommandFailed {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return new CommandFailed(
    `${path} cannot be written (${String(code)}). Is it a file, in a folder that is there and open to this process?`,
  );
}
