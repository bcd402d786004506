import { once } from "node:events";
import { Command } from "commander";
import { describeSettings } from "../kernel/settings.ts";
import { createLog } from "../server/log.ts";
import { CommandFailed, type Terminal } from "./command.ts";

/** `sightline serve`: migrates, listens, and stops gracefully on SIGTERM or SIGINT (AP-31). */
export function serveCommand(terminal: Terminal): Command {
  return new Command("serve")
    .summary("migrate the database and serve GraphQL")
    .description(
      "Applies pending migrations and serves GraphQL at /graphql. A production server unless SIGHTLINE_DEV=1, and as such " +
        "it starts only with a key, an issuer and an audience. SIGTERM or SIGINT stops it gracefully, a second one at once.",
    )
    .addHelpText("after", () => `\nSettings, from the environment [preset]:\n${describeSettings()}\n`)
    .action(async () => {
      const settings = terminal.settings("SERVE");
      const log = createLog(settings);
      // Loaded when needed: `--help` and `token` do without the database's clients.
      const { start } = await import("../main.ts");
      const running = await start(settings, log).catch((error: unknown) => {
        log.fatal({ err: error }, "not started");
        throw new CommandFailed(`Sightline did not start: ${messageOf(error)}`);
      });
      log.info({ url: running.url, development: settings.isDevelopment }, "listening");
      terminal.say(`Sightline listens at ${running.url}/graphql`);
      const signal = await Promise.race(["SIGTERM", "SIGINT"].map(async (name) => once(process, name).then(() => name)));
      for (const name of ["SIGTERM", "SIGINT"]) process.once(name, () => process.exit(1));
      log.info({ signal }, "stopping");
      await running.stop();
      log.info("stopped");
    });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
