import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnBoth, newTestDatabase } from "../database.ts";
import { allocatedBy } from "./allocated.ts";
import { type Bench, openBench } from "./bench.ts";
import { type DataSet, dataSetOf } from "./data-set/data-set.ts";
import { tenthOf } from "./data-set/size.ts";
import { load } from "./database/load.ts";
import { openGateway } from "./gateway.ts";
import { Disagreement } from "./operation.ts";
import { changesOf } from "./operations/changes.ts";
import { growth } from "./operations/growth.ts";
import { memory } from "./operations/memory.ts";
import { policyChange } from "./operations/policy-change.ts";
import { reach } from "./operations/reach.ts";
import { PAGE_OF_RECORDS, request } from "./operations/request.ts";

const dataSet = dataSetOf(tenthOf(dataSetOf("small").size));

/** Operation, rows of its table, and the most statements that one of its requests may take. */
const ROWS = [
  // Sign-in, page, rows, targets of lookups, flags.
  [request, 18, 12],
  [reach, 28, 0],
  // A mutation through one gateway, and both read the policy anew; two pages.
  // Among ten times the users only rule and role move. What the background moves along is counted with it.
  [policyChange, 14, 200],
  [growth, 36, 12],
  [memory, 18, 0],
] as const;

describeOnBoth("the bench through the gateway", (_, kind) => {
  const left: (() => Promise<void>)[] = [];
  const loaded = async (each: DataSet): Promise<string> => {
    const { url, remove } = await newTestDatabase(kind);
    left.push(remove);
    await load(url, each);
    return url;
  };
  let bench: Bench;

  beforeAll(async () => {
    bench = await openBench(kind, await loaded(dataSet), dataSet, { repetitions: 0, beside: loaded });
    await bench.viewer("ceo");
  });
  afterAll(async () => {
    await bench.close();
    for (const remove of left) await remove();
  });

  test.each(ROWS)(
    "$requirement $name answers what the reference says",
    async (operation, rows, mostStatements) => {
      const measurements = await operation.run(bench);
      expect(measurements).toHaveLength(rows);
      for (const { variant, viewer, statements, times, bytes } of measurements) {
        expect(times).toBeNull();
        expect(bytes).toBeUndefined();
        expect(statements ?? 0, `statements of ${variant} for ${viewer}`).toBeLessThanOrEqual(mostStatements);
      }
    },
  );

  test("EN-23 what was changed is undone", async () => {
    const rules = await bench.database.reader.sharingRule.count();
    expect(rules).toBe(dataSet.rules.length);
    const gateway = await openGateway(bench);
    try {
      for (const change of changesOf(bench)) {
        const before = await gateway.ask(change.viewer, PAGE_OF_RECORDS);
        await change.act(gateway);
        expect(await gateway.ask(change.viewer, PAGE_OF_RECORDS)).not.toBe(before);
        await change.restore(gateway);
        expect(await bench.database.reader.sharingRule.count()).toBe(rules);
      }
    } finally {
      await gateway.close();
    }
  });

  test("EN-21 a wrong page is not measured", async () => {
    await expect(request.run({ ...bench, reference: wrong(bench) })).rejects.toThrow(Disagreement);
  });
});

test("EN-25 what is allocated is seen, also when it is collected at once", async () => {
  const waste = async (megabytes: number) => {
    let sum = 0;
    for (let at = 0; at < megabytes; at += 1) sum += new Array(131_072).fill(at).length;
    return sum;
  };
  await allocatedBy(() => waste(1));
  const [little, much] = [await allocatedBy(() => waste(4)), await allocatedBy(() => waste(40))];
  expect(much).toBeGreaterThan(30 * 1024 * 1024);
  expect(much / little).toBeGreaterThan(5);
});

/** A reference that leaves out the newest record of every page. */
function wrong({ reference }: Bench): Bench["reference"] {
  return { ...reference, page: (...question) => reference.page(...question).slice(1) };
}
