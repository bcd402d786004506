import { Command } from "commander";
import { CommandFailed, examples, type Terminal } from "../command.ts";
import { withLog } from "./opened.ts";

/** `sightline audit head`: the last place of a log, for safe keeping elsewhere (SA-21). */
export function auditHeadCommand(terminal: Terminal): Command {
  return new Command("head")
    .summary("print the last place of a log, to be kept elsewhere")
    .description(
      "Prints the number and the hash of the last event, alone on standard output. Kept where nobody who can write to the " +
        "database can write too, it shows later that no event before it was changed and that none was cut off.",
    )
    .requiredOption("--org <key>", "the organisation's key")
    .addHelpText("after", examples("sightline audit head --org acme >> heads.txt"))
    .action(({ org }: { readonly org: string }) =>
      withLog(terminal, org, "TOOL", async ({ database, orgId }) => {
        const { headOf } = await import("../../store/audit/log-of.ts");
        const { placeText } = await import("../../store/audit/chain/place.ts");
        const head = await headOf(database, orgId);
        if (head === null) throw new CommandFailed(`The log of ${org} has no signed event yet.`);
        terminal.print(placeText(head));
      }),
    );
}
