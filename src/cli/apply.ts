import { userInfo } from "node:os";
import { Command } from "commander";
import type { Applied } from "../file/apply.ts";
import { describeLeftOver } from "../file/left-over.ts";
import { InvalidInput, InvalidPolicy } from "../kernel/fault.ts";
import { systemClock } from "../kernel/instant.ts";
import { admissibleAgents, auditKeysOf } from "../settings/settings.ts";
import { CommandFailed, examples, type Terminal } from "./command.ts";
import { openProgress } from "./progress.ts";
import { readText } from "./read-text.ts";

type Options = {
  readonly prune?: true;
  readonly confirmDeletions?: true;
  readonly expect: boolean;
  readonly as?: string;
};

/** `sightline apply`: makes an organisation equal to its file, or changes nothing (BU-01). */
export function applyCommand(terminal: Terminal): Command {
  return new Command("apply")
    .summary("make an organisation equal to its file")
    .description(
      "Reads an organisation file, prints every fault with line and column, and otherwise makes the organisation of " +
        "DATABASE_URL equal to it in one transaction. What the file says under `expect` is asked before that is in force: " +
        "unless all of it is met, nothing changes. Applying the same file again changes nothing.",
    )
    .argument("<file>", "an organisation file (YAML or JSON)")
    .option("--prune", "also remove what the file does not name")
    .option("--confirm-deletions", "with --prune: yes, delete the people whom the file does not name")
    .option(
      "--as <address>",
      "who of the organisation applies it, for its log; else the system, and your account here",
    )
    .option("--no-expect", "do not ask what the file expects before it is in force")
    .addHelpText("after", examples("sightline apply acme.yaml"))
    .action(async (file: string, options: Options) => applyFile(terminal, file, options));
}

async function applyFile(terminal: Terminal, file: string, options: Options): Promise<void> {
  const settings = terminal.settings("CHANGE");
  const text = await readText(terminal, file).catch((error: unknown) => {
    throw refusal(file, error);
  });
  const { openStore } = await import("../database/open.ts");
  const { applyOrganizationFile } = await import("../file/apply.ts");
  const { upgrade } = await import("../store/core/audit/upgrade.ts");
  const auditKeys = auditKeysOf(settings);
  await upgrade(settings.database.url, auditKeys, terminal.say);
  const database = await openStore(settings.database.url, { auditKeys });
  const progress = openProgress();
  try {
    const applied = await applyOrganizationFile(database, { text, name: file }, admissibleAgents(settings), {
      now: systemClock.now(),
      prune: options.prune ?? false,
      confirmDeletions: options.confirmDeletions ?? false,
      ignoreExpectations: !options.expect,
      progress: progress.step,
      by: { as: options.as ?? null, account: userInfo().username },
    });
    progress.stop();
    for (const [noun, { added, changed, removed }] of Object.entries(applied.tallies)) {
      if (added + changed + removed > 0)
        terminal.print(`${noun}: ${added} added, ${changed} changed, ${removed} removed`);
    }
    if (applied.leftOver.length > 0) {
      terminal.print(
        options.prune
          ? "Removed, since the file does not name it:"
          : "There is more than the file names, and it stays in force; --prune removes it:",
      );
      for (const each of applied.leftOver) terminal.print(`  ${describeLeftOver(each)}`);
    }
    for (const { noun, count } of applied.unspoken)
      terminal.print(`The file has no section ${noun}: the ${count} that there are stay as they are.`);
    terminal.print(endOf(applied));
  } catch (error) {
    progress.stop();
    throw refusal(file, error);
  } finally {
    await database.close();
  }
}

function endOf({ isChanged, version, leftOver, unspoken }: Applied): string {
  if (isChanged) return `Policy version ${version}.`;
  return leftOver.length + unspoken.length === 0
    ? "Nothing to change: the organisation is like the file."
    : "Nothing to change: what the file names is as it says.";
}

function refusal(file: string, error: unknown): unknown {
  if (error instanceof InvalidPolicy) {
    const count = error.faults.length === 1 ? "one fault" : `${error.faults.length} faults`;
    return new CommandFailed(`${error.message}\n${file} was refused: ${count}. Nothing was changed.`);
  }
  if (error instanceof InvalidInput)
    return new CommandFailed(`${error.field ?? file}: ${error.message} Nothing was changed.`);
  return error;
}
