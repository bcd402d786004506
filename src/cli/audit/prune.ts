import { userInfo } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { InvalidInput } from "../../kernel/fault.ts";
import { type Instant, systemClock } from "../../kernel/instant.ts";
import { CommandFailed, examples, type Terminal } from "../command.ts";
import { openProgress } from "../progress.ts";
import { keysOf, withLog } from "./opened.ts";

type Options = { readonly org: string; readonly before: Instant; readonly confirm?: true };

/** `sightline audit prune`: removes old events behind a signed checkpoint (SA-25). */
export function auditPruneCommand(terminal: Terminal): Command {
  return new Command("prune")
    .summary("remove old events behind a signed checkpoint")
    .description(
      "Removes the events of a log that happened before a day (in UTC), from its beginning on, and puts a signed checkpoint in " +
        "their place: `sightline audit verify` proves the rest from there. First it proves the whole log, and removes nothing " +
        "from one that is not whole. What is removed is gone: export it before. Without --confirm it only says how many events " +
        "would go, and exits with 1.",
    )
    .requiredOption("--org <key>", "the organisation's key")
    .addOption(
      new Option("--before <day>", "the first day that stays, such as 2026-01-01")
        .argParser(day)
        .makeOptionMandatory(),
    )
    .option("--confirm", "yes, remove them")
    .addHelpText("after", examples("sightline audit prune --org acme --before 2026-01-01 --confirm"))
    .action((options: Options) => prune(terminal, options));
}

function prune(terminal: Terminal, { org, before, confirm }: Options): Promise<void> {
  return withLog(terminal, org, "CHANGE", async (log) => {
    const { prunableBefore, pruneLog } = await import("../../store/audit/chain/prune.ts");
    const keys = keysOf(log);
    const { database, orgId } = log;
    const prunable = await prunableBefore(database, orgId, before);
    if (prunable === null) return terminal.print("Nothing to remove: no event is that old.");
    const events = prunable.events === 1 ? "1 event" : `${prunable.events} events`;
    if (confirm !== true)
      throw new CommandFailed(
        `Nothing was removed: say --confirm to remove ${events}, up to ${prunable.upTo}.`,
      );
    const progress = openProgress();
    try {
      await pruneLog(database, keys, orgId, prunable, {
        now: systemClock.now(),
        account: userInfo().username,
        progress: (done, total) => progress.step(done, total, "removing"),
      });
    } catch (error) {
      throw error instanceof InvalidInput
        ? new CommandFailed(`${error.message} Nothing was removed.`)
        : error;
    } finally {
      progress.stop();
    }
    terminal.print(`Removed ${events}, up to ${prunable.upTo}, behind a signed checkpoint.`);
  });
}

function day(text: string): Instant {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError("Expected a day such as 2026-01-01.");
  if (at > systemClock.now()) throw new InvalidArgumentError("Expected a day that has begun.");
  return at;
}
