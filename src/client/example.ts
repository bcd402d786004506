import { createClient } from "./client.ts";
import { RequestFailed } from "./failure.ts";
import { CountRecordsDocument, ExplainAccessDocument, ViewerDocument } from "./generated/graphql.ts";
import { recordPages } from "./pages.ts";

/**
 * An example of the typed client (AP-32): who am I, what do I see, and why may I change the last of it or not?
 *
 * `example.ts URL [MODULE] [PAGES]`, with a token on standard input, where no list of processes shows it.
 */
const [url = "http://localhost:4000/graphql", module = "leads", pages = "2"] = process.argv.slice(2);
const PAGE = 5;

try {
  await show(await standardInput());
} catch (error) {
  if (!(error instanceof RequestFailed)) throw error;
  console.error(`${error.code ?? error.status}: ${error.message}`);
  process.exitCode = 1;
}

async function show(token: string): Promise<void> {
  const client = createClient({ url, token });

  const { viewer } = await client.request(ViewerDocument);
  const { records } = await client.request(CountRecordsDocument, { module });
  print(`${viewer?.user.name} of ${viewer?.organization.name} reads ${records?.totalCount ?? 0} ${module}.`);

  let number = 0;
  let last = null;
  for await (const page of recordPages(client, { module, first: PAGE })) {
    number += 1;
    print(`\nPage ${number}`);
    for (const { name, owner, access } of page) {
      print(`  ${access.update ? "changes" : "reads  "}  ${name} (${owner?.name ?? "owner not shown"})`);
    }
    last = page.at(-1) ?? last;
    if (number >= Number(pages)) break;
  }
  if (last === null) return;

  const { explainAccess } = await client.request(ExplainAccessDocument, {
    record: last.id,
    action: "UPDATE",
  });
  print(`\nMay ${viewer?.user.name} change ${last.name}? ${explainAccess?.allowed ? "Yes." : "No."}`);
  const reasons = explainAccess?.allowed
    ? explainAccess.paths
    : [...(explainAccess?.refusals ?? []), ...(explainAccess?.absences ?? [])];
  for (const { sentence } of reasons) print(`  ${sentence}`);
  if (explainAccess?.remedy) print(`  What would help: ${explainAccess.remedy.sentence}`);
}

async function standardInput(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
  return text.trim();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
