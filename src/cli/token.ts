import { Command, InvalidArgumentError, Option } from "commander";
import { systemClock } from "../kernel/instant.ts";
import { issueToken, TokenRefused } from "../server/sign-in/issue-token.ts";
import type { Settings } from "../settings/settings.ts";
import { CommandFailed, examples, type Terminal } from "./command.ts";
import { absenceOf } from "./reasons.ts";

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

type Options = { readonly org: string; readonly user: string; readonly ttl: number };

/** `sightline token`: a token for development, alone on standard output (AP-21). */
export function tokenCommand(terminal: Terminal): Command {
  return new Command("token")
    .summary("print a token for development")
    .description(
      "Prints a token that signs one person in, for trying things out. Development only (SIGHTLINE_DEV=1): it is signed " +
        "with the development secret, or with SIGHTLINE_JWT_SECRET where that is set.",
    )
    .requiredOption("--org <key>", "the organisation's key")
    .requiredOption("--user <address or id>", "the person's email address or user id")
    .addOption(
      new Option("--ttl <time>", "how long it lasts: a number and s, m, h or d")
        .argParser(timeToLive)
        .default(timeToLive("12h"), "12h"),
    )
    .addHelpText(
      "after",
      examples(
        "SIGHTLINE_DEV=1 sightline token --org acme --user meg@acme.test --ttl 1h",
        'curl -H "Authorization: Bearer $(SIGHTLINE_DEV=1 sightline token --org acme --user meg@acme.test)" …',
      ),
    )
    .action(async ({ org, user, ttl }: Options) => {
      const settings = terminal.settings("TOOL");
      try {
        terminal.print(await issueToken(settings, { orgKey: org, user, ttlSeconds: ttl }, systemClock.now()));
        const doubt = await doubtAbout(settings, org, user);
        if (doubt !== null) terminal.say(doubt);
      } catch (error) {
        throw error instanceof TokenRefused ? new CommandFailed(error.message) : error;
      }
    });
}

/** Why the token will sign nobody in, as far as the database of the settings tells; null where it does not. */
async function doubtAbout(settings: Settings, org: string, user: string): Promise<string | null> {
  if (absenceOf(settings) !== null) return null;
  const { openStore } = await import("../database/open.ts");
  const { lookUpAccount } = await import("../store/directory/accounts.ts");
  // The token is good, wherever it is for: a database that cannot be read from here tells nothing of it.
  const database = await openStore(settings.database.url).catch(() => null);
  if (database === null) return null;
  try {
    switch (await lookUpAccount(database, org, user)) {
      case "NO_ORGANIZATION":
        return `Beware: DATABASE_URL has no organisation ${org}, so that this token signs nobody in there.`;
      case "NO_PERSON":
        return `Beware: the organisation ${org} has nobody active who is ${user}, so that this token signs nobody in.`;
      case "THERE":
        return null;
    }
  } catch {
    return null;
  } finally {
    await database.close();
  }
}

function timeToLive(text: string): number {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text);
  if (match === null) throw new InvalidArgumentError("Expected a number and s, m, h or d, such as 12h.");
  return Number(match[1]) * SECONDS[match[2] as keyof typeof SECONDS];
}
