import { readFile, writeFile } from "node:fs/promises";
import { cutPieces, joinPieces, shownCommands } from "./blocks.ts";
import { shownOutput, stableOutput } from "./output.ts";
import { openSession } from "./session.ts";
import { withTables } from "./tables.ts";

/**
 * `npm run readme`: runs every command of the README and writes down what it printed.
 *
 * An output that differs only in what differs from run to run stays as it is.
 */
const README = new URL("../../README.md", import.meta.url);
/** It would run this very thing (and a test cannot be started from within). */
const NOT_RUN = /^npm (test|run readme)/;

const markdown = withTables(await readFile(README, "utf8"));
const pieces = cutPieces(markdown);
const session = await openSession();
try {
  for (const { code, output } of shownCommands(pieces)) {
    if (NOT_RUN.test(code)) continue;
    process.stderr.write(`${code.split("\n")[0]}\n`);
    const printed = await session.run(code);
    if (output === null) continue;
    const body = shownOutput(output.language, printed);
    if (stableOutput(body) !== stableOutput(output.body))
      pieces[output.index] = { kind: "FENCE", language: output.language, body };
  }
} finally {
  await session.close();
}
await writeFile(README, joinPieces(pieces));
