import { Command } from "commander";
import { auditKeysOf } from "../settings/settings.ts";
import { CommandFailed, examples, type Terminal } from "./command.ts";
import { absenceOf } from "./reasons.ts";

/** `sightline migrate`: brings the database to the committed migrations, or says whether it is there. */
export function migrateCommand(terminal: Terminal): Command {
  return new Command("migrate")
    .summary("bring the database to the committed migrations")
    .description(
      "Applies what the database of DATABASE_URL is missing. Applying again changes nothing, and two at once are safe. " +
        "`sightline serve` does this by itself.",
    )
    .option("--status", "change nothing; exit with 1 when migrations are pending")
    .addHelpText("after", examples("DATABASE_URL=file:data/sightline.db sightline migrate --status"))
    .action(async ({ status }: { readonly status?: true }) => {
      const settings = terminal.settings("TOOL");
      const { url } = settings.database;
      if (status === true) {
        const absence = absenceOf(settings);
        if (absence !== null)
          throw new CommandFailed(`Migrations are pending: run \`sightline migrate\`. ${absence}`);
        return report(terminal, url);
      }
      const { MigrationFailed } = await import("../database/migrate/migrate.ts");
      const { upgrade } = await import("../store/core/audit/upgrade.ts");
      const applied = await upgrade(url, auditKeysOf(settings), terminal.say).catch((error: unknown) => {
        throw error instanceof MigrationFailed ? new CommandFailed(error.message) : error;
      });
      for (const name of applied) terminal.print(name);
      if (applied.length === 0) terminal.say("Nothing to apply: the database is up to date.");
    });
}

async function report(terminal: Terminal, url: string): Promise<void> {
  const { migrationsCurrent } = await import("../database/migrate/migrate.ts");
  const { openStore } = await import("../database/open.ts");
  const database = await openStore(url);
  try {
    if (!(await migrationsCurrent(database)))
      throw new CommandFailed("Migrations are pending: run `sightline migrate`.");
    terminal.say("The database is up to date.");
  } finally {
    await database.close();
  }
}
