import { toGlobalId } from "../../../src/kernel/global-id.ts";
import type { Bench } from "../bench.ts";
import { type DataSet, dataSetOf } from "../data-set/data-set.ts";
import { tenthOf, withTenfoldUsers } from "../data-set/size.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { timesOf } from "../measure.ts";
import { agree, type Limit, type Measurement, type Operation } from "../operation.ts";
import { referenceOf } from "../reference.ts";
import { type Change, changesOf } from "./changes.ts";
import { idsOf, PAGE_OF_RECORDS } from "./request.ts";

const PAGE = 50;

/** A write to records or their grants, which is none when policy alone changes. */
const RECORD_WRITE = /^\s*(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(\S*["`.])?Record(Grant)?["`]?(\s|\(|$)/i;

/**
 * Changes by mutations through one gateway, each seen in the next page through another one, which knew the policy as it
 * was. Each is undone in turn, and after the last the data set is what it was.
 */
export const policyChange: Operation = {
  name: "policy-change",
  requirement: "EN-23",
  summary: "a rule, a role move and a change of owner until the next page shows it, through two gateways",
  async run(bench) {
    const { size, seed } = bench.dataSet;
    const measurements = await changesOn(bench, () => true);
    // What a policy costs that is read and compiled anew shows where there are most people.
    const crowd = await bench.beside(dataSetOf(withTenfoldUsers(tenthOf(size)), seed));
    try {
      const ofCrowd = await changesOn(crowd, (change) => change.isPolicy || change.name === MOVE);
      return [
        ...measurements,
        ...ofCrowd.map((each) => ({ ...each, variant: `${each.variant}, among 10× the users` })),
      ];
    } finally {
      await crowd.close();
    }
  },
};

/** The change of policy that writes to records too. */
const MOVE = "move to a role";

async function changesOn(
  bench: Bench,
  isWanted: (change: Change) => boolean,
): Promise<readonly Measurement[]> {
  const gateways = { writer: await openGateway(bench), reader: await openGateway(bench) };
  try {
    const measurements: Measurement[] = [];
    for (const change of changesOf(bench).filter(isWanted))
      measurements.push(...(await measured(bench, gateways, change)));
    return measurements;
  } finally {
    await gateways.writer.close();
    await gateways.reader.close();
  }
}

type Gateways = { readonly writer: Gateway; readonly reader: Gateway };

async function measured(
  bench: Bench,
  { writer, reader }: Gateways,
  change: Change,
): Promise<readonly Measurement[]> {
  const { viewer } = change;
  const page = async () => idsOf(await reader.data(viewer, PAGE_OF_RECORDS));
  const before = pageOf(bench.dataSet, viewer);
  const after = pageOf(change.changed, viewer);
  if (JSON.stringify(before) === JSON.stringify(after)) throw new Error(`${change.name} shows on no page`);

  await change.restore(writer);
  await writer.settled();
  const taken = { done: [] as number[], undone: [] as number[], first: [] as number[], warm: [] as number[] };
  /** One change, and the two pages after it. */
  const turn = async (act: Change["act"], expected: readonly string[], whole: number[]): Promise<void> => {
    const start = performance.now();
    await act(writer);
    const changedAt = performance.now();
    const found = await page();
    const shownAt = performance.now();
    agree(`${change.name}, page of ${viewer}`, found, expected);
    const again = performance.now();
    await page();
    taken.warm.push(performance.now() - again);
    whole.push(shownAt - start);
    taken.first.push(shownAt - changedAt);
    // Records follow their owner's role in the background: not beside the next change, whose work would be mixed with it.
    await writer.settled();
  };
  try {
    agree(`page of ${viewer} before ${change.name}`, await page(), before);
    const { statements } = await bench.database.statementsOf(() => turn(change.act, after, taken.done));
    agree(`${change.name} writes to records`, statements.some(isRecordWrite), !change.isPolicy);
    await turn(change.undo, before, taken.undone);
    for (const times of Object.values(taken)) times.length = 0;
    for (let round = 0; round < bench.repetitions; round += 1) {
      await turn(change.act, after, taken.done);
      await turn(change.undo, before, taken.undone);
    }
    const row = (variant: string, times: readonly number[], count: number | null): Measurement => ({
      operation: policyChange.name,
      variant,
      viewer,
      times: times.length === 0 ? null : timesOf(times),
      baseline: null,
      limit: null,
      plan: null,
      statements: count,
    });
    const rows = [row(change.name, taken.done, statements.length), row(change.undone, taken.undone, null)];
    if (!change.isPolicy && change.name !== MOVE) return rows;
    const warm = bench.repetitions === 0 ? null : timesOf(taken.warm);
    const first = row(`first page after it: ${change.name}`, taken.first, null);
    return [...rows, { ...first, baseline: warm, limit: limitOf(bench) }];
  } finally {
    await change.restore(writer);
  }
}

function limitOf({ dataSet }: Bench): Limit {
  const atMost = dataSet.size.users > 10_000 ? 50 : 20;
  return { requirement: "EN-23", kind: "MORE_MILLISECONDS", atMost };
}

function isRecordWrite(sql: string): boolean {
  return RECORD_WRITE.test(sql);
}

function pageOf(dataSet: DataSet, viewer: ViewerName): readonly string[] {
  return referenceOf(dataSet)
    .page(viewer, PAGE)
    .map((id) => toGlobalId("Record", id));
}
