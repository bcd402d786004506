import { Command, InvalidArgumentError, Option } from "commander";
import { type Place, placeFrom } from "../../store/audit/chain/place.ts";
import type { Proof } from "../../store/audit/chain/verify.ts";
import { CommandFailed, examples, type Terminal } from "../command.ts";
import { openProgress } from "../progress.ts";
import { heedSignals } from "../stop-signal.ts";
import { keysOf, withLog } from "./opened.ts";

type Options = { readonly org: string; readonly head?: Place; readonly from?: Place };

/** `sightline audit verify`: proves a log, or says which events were touched (SA-21). */
export function auditVerifyCommand(terminal: Terminal): Command {
  return new Command("verify")
    .summary("prove that no event of a log was changed, removed, moved or added")
    .description(
      "Reads a log from its beginning and names every event that was changed, removed, moved, inserted or cut off, by its " +
        "number. Needs the keys that the log was signed with (SIGHTLINE_AUDIT_KEYS). A place is a number and a hash, as " +
        "`sightline audit head` prints it. Others may write meanwhile. Stopped by Ctrl+C, it says from where to go on. Exits " +
        "with 1 when anything is wrong.",
    )
    .requiredOption("--org <key>", "the organisation's key")
    .addOption(
      new Option(
        "--head <place>",
        "a place that was kept: the log must still have that very event",
      ).argParser(place),
    )
    .addOption(
      new Option("--from <place>", "a place up to which the log was proven before: begin there").argParser(
        place,
      ),
    )
    .addHelpText(
      "after",
      examples(
        "sightline audit verify --org acme",
        'sightline audit verify --org acme --head "$(tail -1 heads.txt)"',
        'sightline audit verify --org acme --from "$(tail -1 heads.txt)"',
      ),
    )
    .action((options: Options) => verify(terminal, options));
}

function verify(terminal: Terminal, { org, head, from }: Options): Promise<void> {
  return withLog(terminal, org, "TOOL", async (log) => {
    const { verifyLog } = await import("../../store/audit/chain/verify.ts");
    const { faultSentence } = await import("../../store/audit/chain/faults.ts");
    const { placeText } = await import("../../store/audit/chain/place.ts");
    const keys = keysOf(log);
    const progress = openProgress();
    let isStopped = false;
    const unheeded = heedSignals(() => {
      isStopped = true;
    });
    const proof = await verifyLog(log.database, keys, log.orgId, {
      head: head ?? null,
      from: from ?? null,
      isStopped: () => isStopped,
      progress: (done, total) => progress.step(done, total, "proving"),
    }).finally(() => {
      unheeded();
      progress.stop();
    });
    for (const sentence of notesOf(proof)) terminal.say(sentence);
    for (const fault of proof.faults) terminal.print(faultSentence(fault));
    throwUnlessWhole(proof, org, placeText(proof.reached));
    terminal.print(
      proof.events === 0
        ? `Nothing to prove: the log of ${org} has no ${from === undefined ? "" : "later "}event.`
        : `Proven: ${countOf(proof.events)} up to ${placeText(proof.reached)}.`,
    );
  });
}

function throwUnlessWhole({ faults, faultCount, isComplete }: Proof, org: string, reached: string): void {
  const more = faultCount > faults.length ? ` The first ${faults.length} are told.` : "";
  if (faultCount > 0)
    throw new CommandFailed(`The log of ${org} is not whole: ${faultsOf(faultCount)} found.${more}`);
  if (!isComplete) throw new CommandFailed(`Stopped. Proven so far; go on with: --from ${reached}`);
}

function notesOf({ pruned, beginning }: Proof): readonly string[] {
  return [
    ...(pruned === null
      ? []
      : [
          `The events up to ${pruned.sequence} were removed on ${day(pruned.at)}, by ${pruned.madeBy}, behind a signed checkpoint.`,
        ]),
    ...(beginning === null
      ? []
      : [
          `The events up to ${beginning.sequence} were signed as they were on ${day(beginning.at)}, by ${beginning.madeBy}: only since then is it proven that they are so.`,
        ]),
  ];
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function countOf(events: number): string {
  return events === 1 ? "1 event" : `${events} events`;
}

function faultsOf(count: number): string {
  return count === 1 ? "one fault was" : `${count} faults were`;
}

function place(text: string): Place {
  const read = placeFrom(text);
  if (read === null)
    throw new InvalidArgumentError("Expected a number and a hash, as `sightline audit head` prints them.");
  return read;
}
