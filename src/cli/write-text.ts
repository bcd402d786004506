import { writeFile } from "node:fs/promises";
import { CommandFailed, type Terminal } from "./command.ts";

/** Writes what a command was asked to write. @throws {CommandFailed} when it cannot be written there. */
export async function writeText(
  { place }: Pick<Terminal, "place">,
  path: string,
  text: string,
): Promise<void> {
  try {
    await writeFile(place(path), text);
  } catch (error) {
    const code = (error as { readonly code?: unknown } | null)?.code;
    throw new CommandFailed(
      `${place(path)} cannot be written (${String(code)}). Is it a file, in a folder that is there and open to this process?`,
    );
  }
}
