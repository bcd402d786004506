import { Command } from "commander";
import { examples, type Terminal } from "../command.ts";
import { writeParts } from "../write-text.ts";
import { withLog } from "./opened.ts";

/** `sightline audit export`: a whole log as CSV (SA-23). */
export function auditExportCommand(terminal: Terminal): Command {
  return new Command("export")
    .summary("print a log as CSV")
    .description(
      "Prints every event of an organisation's log, the oldest first, one line each: who, when, what, on what, before and " +
        "after as JSON, and the hash. What it prints is whole: nobody's reach cuts it. A cell that a spreadsheet would take " +
        "for a formula begins with an apostrophe.",
    )
    .requiredOption("--org <key>", "the organisation's key")
    .option("--output <file>", "write to a file instead of standard output")
    .addHelpText("after", examples("sightline audit export --org acme --output log.csv"))
    .action(({ org, output }: { readonly org: string; readonly output?: string }) =>
      withLog(terminal, org, "TOOL", async ({ database, orgId }) => {
        const { logAsCsv } = await import("../../store/audit/csv.ts");
        const parts = logAsCsv(database.reader, orgId);
        if (output !== undefined) return writeParts(terminal, output, parts);
        for await (const part of parts) terminal.print(part.trimEnd());
      }),
    );
}
