import { Command } from "commander";
import { InvalidInput, NotFound } from "../kernel/fault.ts";
import { CommandFailed, examples, type Terminal } from "./command.ts";
import { absenceOf } from "./reasons.ts";
import { writeText } from "./write-text.ts";

/** `sightline export`: prints an organisation as the file that would make it (BU-02). */
export function exportCommand(terminal: Terminal): Command {
  return new Command("export")
    .summary("print an organisation as its file")
    .description(
      "Prints the organisation of DATABASE_URL as an organisation file. Applied to an empty database it makes the same " +
        "organisation, whose export is the same to the byte. What it prints is whole: nobody's reach cuts it.",
    )
    .requiredOption("--org <key>", "the organisation's key")
    .option("--output <file>", "write to a file instead of standard output")
    .addHelpText("after", examples("sightline export --org acme > acme.yaml"))
    .action(async ({ org, output }: { readonly org: string; readonly output?: string }) => {
      const settings = terminal.settings("TOOL");
      const { url } = settings.database;
      const absence = absenceOf(settings);
      if (absence !== null)
        throw new CommandFailed(`${absence} \`sightline apply\` makes one with an organisation.`);
      const { openStore } = await import("../database/open.ts");
      const { exportOrganization } = await import("../file/export.ts");
      const { printOrganizationFile } = await import("../file/print.ts");
      const database = await openStore(url);
      try {
        const text = printOrganizationFile(await exportOrganization(database, org));
        if (output === undefined) terminal.print(text.trimEnd());
        else await writeText(terminal, output, text);
      } catch (error) {
        if (error instanceof NotFound) throw new CommandFailed(`There is no organisation ${org} in ${url}.`);
        throw error instanceof InvalidInput ? new CommandFailed(error.message) : error;
      } finally {
        await database.close();
      }
    });
}
