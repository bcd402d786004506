import { writeFile } from "node:fs/promises";
import { cutPieces, joinPieces, shownCommands } from "./blocks.ts";
import { DOCUMENTS, readDocument, runsThisItself } from "./documents.ts";
import { shownOutput, stableOutput } from "./output.ts";
import { openSession } from "./session.ts";
import { withTables } from "./tables.ts";

/**
 * `npm run readme`: runs every command of the documents and writes down what it printed; `npm run readme -- PATH…`
 * does so for some of them.
 *
 * An output that differs only in what differs from run to run stays as it is.
 */
const chosen = process.argv.slice(2);
for (const path of chosen.length > 0 ? chosen : DOCUMENTS) await regenerate(path);

async function regenerate(path: string): Promise<void> {
  const { text, url } = readDocument(path);
  const pieces = cutPieces(withTables(text));
  const session = await openSession();
  try {
    for (const { code, output } of shownCommands(pieces)) {
      if (runsThisItself(code)) continue;
      process.stderr.write(`${path}: ${code.split("\n")[0]}\n`);
      const printed = await session.run(code);
      if (output === null) continue;
      const body = shownOutput(output.language, printed);
      if (stableOutput(body) !== stableOutput(output.body))
        pieces[output.index] = { kind: "FENCE", language: output.language, body };
    }
  } finally {
    await session.close();
  }
  await writeFile(url, joinPieces(pieces));
}
