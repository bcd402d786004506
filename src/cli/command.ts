import type { Command } from "commander";
import type { Purpose, Settings } from "../settings/settings.ts";

/** What a command may touch of the process; a test brings its own. */
export type Terminal = {
  /** One line of result, on standard output. */
  readonly print: (line: string) => void;
  /** One line for people, on standard error. */
  readonly say: (line: string) => void;
  /** Where a path of the command line is: relative to where the person stands, whatever runs the command. */
  readonly place: (path: string) => string;
  /** Read when the command runs, so that `--help` works beside broken ones. @throws {InvalidSettings} */
  readonly settings: (purpose: Purpose) => Settings;
};

/** The end of a command's help: lines to copy. */
export function examples(...lines: readonly string[]): string {
  return `\nFor example:\n${lines.map((line) => `  $ ${line}\n`).join("")}`;
}

/** One file per command makes one of these; `program.ts` lists them. */
export type CommandMaker = (terminal: Terminal) => Command;

/** The command was understood and refused or failed: the message says why and what to do. Exit code 1. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
}
