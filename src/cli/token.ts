import { Command, InvalidArgumentError, Option } from "commander";
import { systemClock } from "../kernel/instant.ts";
import { issueToken, TokenRefused } from "../server/sign-in/issue-token.ts";
import { CommandFailed, examples, type Terminal } from "./command.ts";

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
      } catch (error) {
        throw error instanceof TokenRefused ? new CommandFailed(error.message) : error;
      }
    });
}

function timeToLive(text: string): number {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text);
  if (match === null) throw new InvalidArgumentError("Expected a number and s, m, h or d, such as 12h.");
  return Number(match[1]) * SECONDS[match[2] as keyof typeof SECONDS];
}
