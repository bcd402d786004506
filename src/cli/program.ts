import { Command, CommanderError } from "commander";
import { InvalidSettings } from "../settings/settings.ts";
import { applyCommand } from "./apply.ts";
import { auditCommand } from "./audit/audit.ts";
import { CommandFailed, type CommandMaker, type Terminal } from "./command.ts";
import { exportCommand } from "./export.ts";
import { migrateCommand } from "./migrate.ts";
import { reasonOf } from "./reasons.ts";
import { serveCommand } from "./serve.ts";
import { testCommand } from "./test.ts";
import { tokenCommand } from "./token.ts";

/** Every command, in the order of the help: the only list of them. */
const COMMANDS: readonly CommandMaker[] = [
  serveCommand,
  migrateCommand,
  applyCommand,
  exportCommand,
  auditCommand,
  testCommand,
  tokenCommand,
];

/** 0 done · 1 refused or failed · 2 not understood. */
export type ExitCode = 0 | 1 | 2;

/** Runs one command line (without the program's own name) and gives the exit code. */
export async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    await program(terminal).parseAsync([...words], { from: "user" });
    return 0;
  } catch (error) {
    return exitCodeOf(error, terminal);
  }
}

function program(terminal: Terminal): Command {
  const sightline = new Command("sightline")
    .description("Who may see and do what with which record, and why.")
    .usage("<command> [options]")
    .helpCommand("help [command]", "explain a command")
    .addHelpText(
      "after",
      "\nTo begin:\n" +
        "  $ npm start\n" +
        "      a server for development, on SQLite\n" +
        "  $ SIGHTLINE_DEV=1 sightline token --org acme --user meg@acme.test\n" +
        "      a token to sign in with\n" +
        "\n`sightline serve --help` lists the settings. Exit codes: 0 done, 1 refused or failed, 2 not understood.\n",
    );
  for (const make of COMMANDS) sightline.addCommand(make(terminal));
  const inside = sightline.commands.flatMap((command) =>
    command.commands.map((each) => [each, `${command.name()} help ${each.name()}`] as const),
  );
  const own = sightline.commands.map((command) => [command, `help ${command.name()}`] as const);
  for (const [command, help] of [...own, ...inside]) speakAt(terminal, command, `\nTry: sightline ${help}`);
  speakAt(terminal, sightline, "\n`sightline --help` lists the commands.");
  return sightline;
}

/** Has a command speak where the terminal is, say what helps when it is not understood, and leave the exit to us. */
function speakAt(terminal: Terminal, command: Command, hint: string): void {
  command
    .exitOverride()
    .showHelpAfterError(hint)
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.say(text.trimEnd()),
    });
}

function exitCodeOf(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof InvalidSettings) {
    terminal.say("The settings are wrong:");
    for (const fault of error.faults) terminal.say(`  ${fault.variable}: ${fault.problem}`);
    return 1;
  }
  if (error instanceof CommandFailed) {
    terminal.say(error.message);
    return 1;
  }
  const reason = reasonOf(error, terminal.settings("TOOL"));
  if (reason !== null) {
    terminal.say(reason);
    return 1;
  }
  terminal.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
