import { Command } from "commander";
import { examples, type Terminal } from "../command.ts";
import { auditBeginCommand } from "./begin.ts";
import { auditExportCommand } from "./export.ts";
import { auditHeadCommand } from "./head.ts";
import { auditPruneCommand } from "./prune.ts";
import { auditVerifyCommand } from "./verify.ts";

/** `sightline audit`: the log of who did what, from outside (SA-21). */
export function auditCommand(terminal: Terminal): Command {
  const audit = new Command("audit")
    .summary("prove, print and keep the log of who did what")
    .description(
      "Every change leaves an event in the log of its organisation, in the transaction of the change itself. Each event is " +
        "signed together with the one before it, with a key of SIGHTLINE_AUDIT_KEYS that the database does not know: " +
        "whoever changes, removes, moves or adds one in the database is found out by `verify`, which says which it is. Only " +
        "a log whose end is cut off together with its head looks whole: keep what `head` prints elsewhere, and give it to " +
        "`verify --head`.",
    )
    .usage("<command> [options]")
    .helpCommand("help [command]", "explain a command")
    .addHelpText("after", examples("sightline audit help verify", "sightline audit verify …"));
  for (const make of [
    auditVerifyCommand,
    auditHeadCommand,
    auditExportCommand,
    auditPruneCommand,
    auditBeginCommand,
  ])
    audit.addCommand(make(terminal));
  return audit;
}
