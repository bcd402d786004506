import { Command } from "commander";
import { systemClock } from "../kernel/instant.ts";
import { createLog } from "../server/watch/log.ts";
import { describeSettings, type Settings } from "../settings/settings.ts";
import { CommandFailed, examples, type Terminal } from "./command.ts";
import { openProgress } from "./progress.ts";
import { reasonOf } from "./reasons.ts";
import { stopAsked, stopAtOnceOnSignal } from "./stop-signal.ts";

/** `sightline serve`: migrates, listens, and stops gracefully on SIGTERM or SIGINT (AP-31). */
export function serveCommand(terminal: Terminal): Command {
  return new Command("serve")
    .summary("migrate the database and serve GraphQL")
    .description(
      "Applies pending migrations and serves GraphQL at /graphql. A production server unless SIGHTLINE_DEV=1, and as such " +
        "it starts only with a key, an issuer and an audience. SIGTERM or SIGINT stops it gracefully, a second one at once.",
    )
    .option("--demo", "in development: load the demo organisation first, unless it is there")
    .addHelpText("after", examples("SIGHTLINE_DEV=1 sightline serve --demo"))
    .addHelpText("after", () => `\nSettings, from the environment [preset]:\n${describeSettings()}\n`)
    .action(async ({ demo }: { readonly demo?: true }) => {
      const given = terminal.settings("SERVE");
      const log = createLog(given);
      const settings = demo === true ? await withDemo(terminal, given) : given;
      // Loaded when needed: `--help` and `token` do without the database's clients.
      const { start } = await import("../main.ts");
      const running = await start(settings, log, demo === true ? await demoGuide() : {}).catch(
        (error: unknown) => {
          log.fatal({ err: error }, "not started");
          throw new CommandFailed(
            `Sightline did not start. ${reasonOf(error, settings) ?? messageOf(error)}`,
          );
        },
      );
      log.info({ url: running.url, development: settings.isDevelopment }, "listening");
      terminal.say(`Sightline listens at ${running.url}/graphql`);
      const signal = await stopAsked();
      stopAtOnceOnSignal();
      log.info({ signal }, "stopping");
      await running.stop();
      log.info("stopped");
    });
}

/** Loads the demo and puts its agent on the vendor's list. */
async function withDemo(terminal: Terminal, settings: Settings): Promise<Settings> {
  if (!settings.isDevelopment) throw new CommandFailed("--demo is for development: set SIGHTLINE_DEV=1.");
  const { DEMO_AGENT, seedDemo } = await import("./seed-demo.ts");
  terminal.say("Looking for the demo organisation…");
  const progress = openProgress();
  const isNew = await seedDemo(settings, systemClock.now(), {
    progress: progress.step,
    onBegin: () => terminal.say("Making the demo organisation, once: this takes up to a minute…"),
  }).finally(progress.stop);
  terminal.say(
    isNew
      ? "Made the demo organisation."
      : `The demo organisation is there, with what was changed in it. ${howToBeginAnew(settings)}`,
  );
  return {
    ...settings,
    supportAgents: [...settings.supportAgents, DEMO_AGENT],
    supportPositions: [...settings.supportPositions, DEMO_AGENT.position],
  };
}

function howToBeginAnew({ database: { kind, url } }: Settings): string {
  return kind === "SQLITE"
    ? `To begin anew, stop this and remove ${url.slice("file:".length)} and the files beside it that begin so.`
    : "To begin anew, stop this and drop its database.";
}

async function demoGuide() {
  const [{ PERSONAS }, { demoExamples }] = await Promise.all([
    import("../demo/personas.ts"),
    import("../demo/examples.ts"),
  ]);
  return {
    hints: new Map(PERSONAS.map(({ email, shows }) => [email, shows])),
    examples: await demoExamples(),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
