import { writeFile } from "node:fs/promises";
import { cutPieces, joinPieces, shownCommands } from "./blocks.ts";
import { DOCUMENTS, readDocument, runsThisItself } from "./documents.ts";
import { shownOutput, stableOutput } from "./output.ts";
import { openSession } from "./session.ts";
import { withTables } from "./tables.ts";

/**
 * `npm run readme`: runs every command of the documents and writes down what it printed; `npm run readme -- PATH…`
 * does so for some of them, and with `--tables` nothing is run, and only what is made from the code is written.
 *
 * An output that differs only in what differs from run to run stays as it is.
 */
const words = process.argv.slice(2);
const chosen = words.filter((word) => word !== "--tables");
for (const path of chosen.length > 0 ? chosen : DOCUMENTS) {
  if (words.includes("--tables")) await writeTables(path);
  else await regenerate(path);
}

async function writeTables(path: string): Promise<void> {
  const { text, url } = readDocument(path);
  await writeFile(url, withTables(text));
}

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
