import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DatabaseKind } from "../../../src/database/database.ts";
import type { DataSet } from "../data-set/data-set.ts";
import { SCORES } from "../data-set/values.ts";
import { timesOf } from "../measure.ts";
import type { Limit, Measurement } from "../operation.ts";
import { PAGE_OF_RECORDS } from "../operations/request.ts";
import { type Client, clientOf } from "./client.ts";
import { writeImportFile } from "./import-file.ts";
import { type Pages, paging } from "./pager.ts";
import { spawnSightline, startServer } from "./server.ts";

/** How long pages are asked for with nothing beside them, before and after, in milliseconds. */
const ALONE_MS = 10_000;
const WARM_UP_MS = 5_000;

/** What the requirement speaks of (EN-27). */
const MATCHES = 100_000;
const IMPORTED = 100_000;

export type BackgroundOptions = {
  /** A database of one's own. */
  readonly url: string;
  /** Where the file to import is written. */
  readonly folder: string;
};

/**
 * Pages by GraphQL over HTTP from a server process, while its background worker applies a rule, and while another
 * process imports records into the same database; against the same pages with nothing beside them.
 */
export async function background(
  kind: DatabaseKind,
  dataSet: DataSet,
  { url, folder }: BackgroundOptions,
): Promise<readonly Measurement[]> {
  const server = await startServer(url);
  const [reader, other] = [clientOf(server), clientOf(server)];
  const during = async (work: () => Promise<unknown>): Promise<Pages & { readonly seconds: number }> => {
    const pages = paging(reader);
    const start = performance.now();
    await work().finally(() => pages.stop());
    return { ...(await pages.stop()), seconds: (performance.now() - start) / 1_000 };
  };
  const alone = () => during(() => sleep(ALONE_MS));
  try {
    await during(() => sleep(WARM_UP_MS));
    const [matches, score] = matching(dataSet);
    const before = await alone();
    const applying = await during(() => applyRule(other, score));
    const between = await alone();
    const importing = await during(() => importRecords(url, folder));
    const after = await alone();
    const row = (variant: string, pages: typeof before, ...quiet: readonly Pages[]): Measurement => {
      const times = timesOf(pages.tookMs);
      const baseline = timesOf(quiet.flatMap(({ tookMs }) => tookMs));
      return {
        operation: "background",
        variant,
        viewer: null,
        times,
        baseline,
        limit: limitOf(kind),
        plan: `p99 ${times.p99Ms.toFixed(1)} ms, alone ${baseline.p99Ms.toFixed(1)} ms, longest ${Math.max(...pages.tookMs).toFixed(0)} ms; ${times.repetitions} pages in ${pages.seconds.toFixed(1)} s`,
        statements: null,
      };
    };
    return [
      row(`a rule with ${matches} matches applies`, applying, before, between),
      row(`${IMPORTED} records import`, importing, between, after),
    ];
  } finally {
    reader.close();
    other.close();
    await server.stop();
  }
}

function limitOf(kind: DatabaseKind): Limit {
  return kind === "sqlite"
    ? { requirement: "EN-27", kind: "P99_MILLISECONDS", atMost: 50 }
    : { requirement: "EN-27", kind: "P99_RATIO", atMost: 3 };
}

/** How many records match, at most half of them, and below which score. */
function matching({ places }: DataSet): readonly [matches: number, score: number] {
  const records = places.count(0);
  const matches = Math.min(MATCHES, records / 2);
  return [matches, Math.round((matches / records) * SCORES)];
}

const STATUS =
  "query ($id: ID!) { node(id: $id) { ... on SharingRule { status appliedRecords totalRecords } } }";

/** Makes a rule and waits until it is in force; then its matches are on the first page of whom it reaches. */
async function applyRule(client: Client, score: number): Promise<void> {
  const { user } = (await client.data("shareonly", "{ viewer { user { id } } }")).viewer;
  const input = {
    name: "Applied in the bench",
    module: "deals",
    level: "READ_ONLY",
    target: { user: user.id },
    criteria: { compare: { field: "score", op: "LT", value: score } },
  };
  const { createSharingRule } = await client.data(
    "administrator",
    "mutation ($input: CreateSharingRuleInput!) { createSharingRule(input: $input) { id } }",
    { input },
  );
  for (let status = "APPLYING"; status === "APPLYING"; ) {
    await sleep(200);
    status = (await client.data("administrator", STATUS, { id: createSharingRule.id })).node.status;
  }
  const { records } = await client.data("shareonly", PAGE_OF_RECORDS);
  const shown = records.edges.filter(
    ({ node }: { node: { values: { score: number } } }) => node.values.score < score,
  );
  if (shown.length < records.edges.length / 2) throw new Error("the rule is in force and does not show");
}

async function importRecords(url: string, folder: string): Promise<void> {
  const path = join(folder, `import-${process.pid}.yaml`);
  await writeImportFile(path, { style: "block", records: IMPORTED });
  try {
    const child = spawnSightline(["apply", path], { DATABASE_URL: url });
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`the import ended with ${code}: ${said}`);
  } finally {
    await rm(path, { force: true });
  }
}
