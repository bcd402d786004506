import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { parseInstant } from "../kernel/calendar.ts";
import type { Instant } from "../kernel/instant.ts";
import { moved, wholeWeeks } from "./calendar.ts";
import { generate } from "./generate.ts";
import type { WrittenFile, WrittenRecords } from "./written.ts";

/** Where the readable half of the demo stands: an organisation file by itself, with its expectations. */
export const ACME_FILE = new URL("./acme.yaml", import.meta.url);

/**
 * The demo as the text of an organisation file: `acme.yaml` and some five thousand generated records.
 *
 * Every date is moved by whole weeks from the file's own day to the last such day not after `now`: what is about to
 * expire expires within three weeks of `now`, whenever that is. Otherwise the text is always the same. The file's
 * `expect` is left out: it lists all that a person reaches, and there is more of it here.
 */
export function demoOrganization(now: Instant): string {
  // The file is ours and `test/demo` parses it as strictly as anyone's; here it is only passed through.
  const acme = parse(readFileSync(ACME_FILE, "utf8")) as WrittenFile;
  const asOf = parseInstant(acme.expect.at);
  if (asOf === null) throw new Error(`acme.yaml: expect.at is no instant: ${acme.expect.at}`);

  const added = generate(acme, asOf);
  const { expect: _, records, shares, ...sections } = acme;
  const weeks = wholeWeeks(asOf, now);
  const head = moved({ ...sections, shares: [...shares, ...added.shares] }, weeks);
  const all = moved(merged(records, added.records), weeks) as WrittenRecords;
  return `${stringify(head, { lineWidth: 0, aliasDuplicateObjects: false })}${recordsText(all)}`;
}

function merged(byHand: WrittenRecords, generated: WrittenRecords): WrittenRecords {
  const modules = new Set([...Object.keys(byHand), ...Object.keys(generated)]);
  return Object.fromEntries(
    [...modules].map((module) => [module, { ...generated[module], ...byHand[module] }]),
  );
}

/** One line per record, in the layout that the parser reads record by record (BU-06). JSON is YAML. */
function recordsText(records: WrittenRecords): string {
  const lines = ["records:"];
  for (const [module, entries] of Object.entries(records)) {
    lines.push(`  ${module}:`);
    for (const [key, record] of Object.entries(entries)) lines.push(`    ${key}: ${JSON.stringify(record)}`);
  }
  return `${lines.join("\n")}\n`;
}
