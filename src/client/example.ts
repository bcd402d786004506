import { type Client, createClient } from "./client.ts";
import { RequestFailed } from "./failure.ts";
import {
  CountRecordsDocument,
  CreateRecordDocument,
  DeleteRecordDocument,
  ExplainAccessDocument,
  type RecordFilter,
  ViewerDocument,
} from "./generated/graphql.ts";
import { recordPages } from "./pages.ts";

/**
 * An example of the typed client (AP-32), on the demo's leads: it makes a few, lists them page by page, asks why the
 * last may be changed, and deletes them again.
 *
 * It lists by a word that only its own leads have, so that what it prints does not depend on what was done before.
 *
 * `example.ts URL`, with a token on standard input, where no list of processes shows it.
 */
const [url = "http://localhost:4000/graphql"] = process.argv.slice(2);
const LEADS = 7;
const PAGE = 5;
const company = `Example ${crypto.randomUUID()}`;
const own: RecordFilter = { compare: { field: "company", op: "EQ", value: company } };

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
  print(`${viewer?.user.name} of ${viewer?.organization.name} makes ${LEADS} leads.`);
  const made: string[] = [];
  try {
    for (let number = 1; number <= LEADS; number += 1) made.push(await make(client, `Lead ${number}`));
    const last = await list(client);
    await explain(client, last ?? made[0] ?? "");
  } finally {
    for (const id of made) await client.request(DeleteRecordDocument, { input: { id } });
  }
  print(`\nDeleted again: ${await count(client)} are left.`);
}

/** Sent again under the same key because no answer came, it would not be made twice. */
async function make(client: Client, name: string): Promise<string> {
  const input = { module: "leads", name, values: { company, status: "new" } };
  const { createRecord } = await client.request(
    CreateRecordDocument,
    { input },
    { idempotencyKey: crypto.randomUUID() },
  );
  if (createRecord === null) throw new Error("a mutation that did not fail has an answer");
  return createRecord.id;
}

/** Prints the leads, newest first. @returns the id of the last. */
async function list(client: Client): Promise<string | null> {
  print(`There are ${await count(client)}.`);
  let number = 0;
  let last: string | null = null;
  for await (const page of recordPages(client, { module: "leads", filter: own, first: PAGE })) {
    number += 1;
    print(`\nPage ${number}`);
    for (const { id, name, owner, access } of page) {
      print(`  ${access.update ? "changes" : "reads  "}  ${name} (${owner?.name ?? "owner not shown"})`);
      last = id;
    }
  }
  return last;
}

async function explain(client: Client, record: string): Promise<void> {
  const { explainAccess } = await client.request(ExplainAccessDocument, { record, action: "UPDATE" });
  print(`\nMay the last be changed? ${explainAccess?.allowed ? "Yes." : "No."}`);
  const reasons = explainAccess?.allowed
    ? explainAccess.paths
    : [...(explainAccess?.refusals ?? []), ...(explainAccess?.absences ?? [])];
  for (const { sentence } of reasons) print(`  ${sentence}`);
  if (explainAccess?.remedy) print(`  What would help: ${explainAccess.remedy.sentence}`);
}

async function count(client: Client): Promise<number> {
  const { records } = await client.request(CountRecordsDocument, { module: "leads", filter: own });
  return records?.totalCount ?? 0;
}

async function standardInput(): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
  return text.trim();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
