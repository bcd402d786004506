import { userInfo } from "node:os";
import { Command } from "commander";
import { CommandFailed, examples, type Terminal } from "../command.ts";
import { keysOf, withLog } from "./opened.ts";

type Options = { readonly org: string; readonly confirm?: true };

/** `sightline audit begin`: signs a log that has no signatures, because somebody says that it is right (SA-21). */
export function auditBeginCommand(terminal: Terminal): Command {
  return new Command("begin")
    .summary("sign a log that has no signatures yet")
    .description(
      "Signs what a log has so far as it is, and goes on from there. Only a log from before there were signatures has none, and " +
        "the upgrade signs it by itself where it knows the keys (SIGHTLINE_AUDIT_KEYS). Any other log without them is one " +
        "whose signatures somebody took away: nothing is changed in the organisation until this command has been given, and " +
        "`sightline audit verify` says from then on that the events before it are proven by your word alone. Without " +
        "--confirm it signs nothing, and exits with 1.",
    )
    .requiredOption("--org <key>", "the organisation's key")
    .option("--confirm", "yes, its events are what happened")
    .addHelpText("after", examples("sightline audit begin --org acme --confirm"))
    .action((options: Options) => begin(terminal, options));
}

function begin(terminal: Terminal, { org, confirm }: Options): Promise<void> {
  return withLog(terminal, org, "CHANGE", async (log) => {
    const { beginChainOf } = await import("../../store/core/audit/beginning.ts");
    const { headOf } = await import("../../store/audit/log-of.ts");
    keysOf(log);
    if (confirm !== true)
      throw new CommandFailed(
        `Nothing was signed: say --confirm when the events of ${org} are what happened.`,
      );
    const last = await beginChainOf(
      log.database,
      log.orgId,
      `sightline audit begin, by ${userInfo().username}`,
    );
    if (last === null && (await headOf(log.database, log.orgId)) === null)
      throw new CommandFailed(
        `Nothing was signed: the log of ${org} has no event, or its head was removed, which \`sightline audit verify\` tells.`,
      );
    terminal.print(
      last === null ? "Nothing to sign: the log has signatures." : `Signed as it is, up to event ${last}.`,
    );
  });
}
