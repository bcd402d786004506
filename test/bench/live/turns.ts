import { setTimeout as sleep } from "node:timers/promises";
import { timesOf } from "../measure.ts";
import type { Measurement } from "../operation.ts";
import { type Client, clientOf } from "./client.ts";
import { startServer } from "./server.ts";

/** What the requirement speaks of (EN-33). */
const WRITERS = 16;
const CHANGES_A_SECOND = 2;

const WARM_UP_S = 5;
const WINDOW_MS = 1_000;

const UPDATE = "mutation ($input: UpdateRecordInput!) { updateRecord(input: $input) { record { id } } }";
const RENAME = "mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { role { id } } }";

/**
 * Sixteen clients who write records as fast as they are answered, with nothing beside them and while policy changes
 * twice a second: how long such a change takes, and what the writers keep of their rate.
 *
 * @param seconds of each of the three parts: alone, with changes, alone.
 */
export async function turns(url: string, seconds: number): Promise<readonly Measurement[]> {
  const server = await startServer(url);
  const writers = Array.from({ length: WRITERS }, () => clientOf(server));
  const changer = clientOf(server);
  try {
    const records = await recordIds(changer);
    await writing(writers, records, WARM_UP_S);
    const before = await writing(writers, records, seconds);
    const [beside, changes] = await Promise.all([
      writing(writers, records, seconds),
      changing(changer, seconds),
    ]);
    const after = await writing(writers, records, seconds);
    const common = {
      operation: "turns",
      viewer: null,
      plan: `${WRITERS} writers`,
      statements: null,
    } as const;
    return [
      {
        ...common,
        variant: "a change of policy beside them",
        times: timesOf(changes),
        baseline: null,
        limit: { requirement: "EN-33", kind: "P99_MILLISECONDS", atMost: 1_000 },
      },
      {
        ...common,
        variant: `a write, by second, while policy changes ${CHANGES_A_SECOND} times a second`,
        times: timesOf(beside),
        baseline: timesOf([...before, ...after]),
        limit: { requirement: "EN-33", kind: "RATIO", atMost: 1 / 0.8 },
      },
    ];
  } finally {
    for (const client of [...writers, changer]) client.close();
    await server.stop();
  }
}

async function recordIds(client: Client): Promise<readonly string[]> {
  const list = `{ records(module: "deals", first: 100) { edges { node { id } } } }`;
  const { records } = await client.data("administrator", list);
  return records.edges.map(({ node }: { node: { id: string } }) => node.id);
}

/** Each writer has records of its own. @returns milliseconds for each write of all together, second by second. */
async function writing(
  writers: readonly Client[],
  records: readonly string[],
  seconds: number,
): Promise<readonly number[]> {
  const windows = Array.from({ length: seconds }, () => 0);
  const start = performance.now();
  const second = () => Math.floor((performance.now() - start) / WINDOW_MS);
  await Promise.all(
    writers.map(async (client, at) => {
      for (let n = 0; second() < seconds; n += 1) {
        const id = records[(at + WRITERS * n) % (records.length - (records.length % WRITERS))];
        await client.data("administrator", UPDATE, { input: { id, values: { score: (n * 7) % 1_000 } } });
        const window = second();
        if (window < seconds) windows[window] = (windows[window] ?? 0) + 1;
      }
    }),
  );
  return windows.map((writes) => WINDOW_MS / Math.max(writes, 0.5));
}

/** @returns how long each change of policy took, in milliseconds. */
async function changing(client: Client, seconds: number): Promise<readonly number[]> {
  const { roles } = await client.data("administrator", "{ roles(first: 1) { edges { node { id name } } } }");
  const { id, name } = roles.edges[0].node;
  const taken: number[] = [];
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    const begun = performance.now();
    const { codes, tookMs } = await client.ask("administrator", RENAME, {
      input: { id, name: `${name} ${taken.length}` },
    });
    if (codes.length > 0) throw new Error(`a change of policy was answered ${codes}`);
    taken.push(tookMs);
    await sleep(Math.max(0, 1_000 / CHANGES_A_SECOND - (performance.now() - begun)));
  }
  await client.data("administrator", RENAME, { input: { id, name } });
  return taken;
}
