import { allocatedBy } from "../allocated.ts";
import type { Bench } from "../bench.ts";
import { dataSetOf } from "../data-set/data-set.ts";
import { tenthOf } from "../data-set/size.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import { type Gateway, openGateway, type Shown } from "../gateway.ts";
import { A_FEW, quantile } from "../measure.ts";
import { agree, type Measurement, type Operation } from "../operation.ts";
import { type Asked, questionsOf } from "./questions.ts";

const PAGE = 50;

/** A page and an exact count under a filter and an order that many records meet. */
const FILTERED_PAGE = `query Filtered($filter: RecordFilter, $orderBy: [RecordOrder!]) {
  records(module: "deals", first: ${PAGE}, filter: $filter, orderBy: $orderBy) {
    edges { node { id name access { update } } }
    totalCount
  }
}`;
const PLAIN = { name: "page and total", filter: null, orderBy: [] } as const;

/**
 * What a request allocates on the way from the socket to the answer, with ten times the records behind the same page.
 * As much as it allocates is the most that it can hold.
 */
export const memory: Operation = {
  name: "memory",
  requirement: "EN-25",
  summary: "bytes that a request with a page and its exact count allocates, against a tenth of the records",
  async run(bench) {
    const tenth = await bench.beside(dataSetOf(tenthOf(bench.dataSet.size), bench.dataSet.seed));
    const gateways = { more: await openGateway(bench), less: await openGateway(tenth) };
    try {
      const asked = [PLAIN, ...questionsOf(bench).filter(({ name }) => name === "NUMBER filter and order")];
      const measurements: Measurement[] = [];
      for (const each of asked)
        for (const name of bench.viewers) {
          bench.say(`${each.name}, ${name}`);
          measurements.push(await allocation({ more: bench, less: tenth }, gateways, each, name));
        }
      return measurements;
    } finally {
      await gateways.more.close();
      await gateways.less.close();
      await tenth.close();
    }
  },
};

async function allocation(
  benches: { readonly more: Bench; readonly less: Bench },
  gateways: { readonly more: Gateway; readonly less: Gateway },
  asked: Pick<Asked, "name" | "filter" | "orderBy"> & Partial<Pick<Asked, "question">>,
  viewer: ViewerName,
): Promise<Measurement> {
  const variables = { filter: asked.filter, orderBy: asked.orderBy };
  const counts = { more: 0, less: 0 };
  for (const which of ["more", "less"] as const) {
    const { reference } = benches[which];
    const expected = asked.question
      ? reference.ask(viewer, asked.question(benches[which], viewer), PAGE)
      : { ids: reference.page(viewer, PAGE), count: reference.visible(viewer).count };
    const { records } = (await gateways[which].data(viewer, FILTERED_PAGE, variables)) as Shown;
    agree(`${asked.name} of ${viewer}`, records.totalCount, expected.count);
    agree(`rows of ${asked.name} of ${viewer}`, records.edges.length, expected.ids.length);
    counts[which] = expected.ids.length;
  }
  const taken = { more: [] as number[], less: [] as number[] };
  const { repetitions, patience } = benches.more;
  const begun = performance.now();
  const isOver = () => performance.now() - begun > patience * 1000;
  for (
    let round = Math.min(repetitions, 1) * -2;
    round < repetitions && !(round >= A_FEW && isOver());
    round += 1
  )
    for (const which of ["more", "less"] as const) {
      const bytes = await allocatedBy(() => gateways[which].ask(viewer, FILTERED_PAGE, variables));
      if (round >= 0) taken[which].push(bytes);
    }
  return {
    operation: memory.name,
    variant: asked.name,
    viewer,
    times: null,
    baseline: null,
    // What is counted is an estimate: a fifth is within its noise, tenfold is not.
    limit: counts.more === counts.less ? { requirement: "EN-25", kind: "RATIO", atMost: 1.2 } : null,
    ...(repetitions > 0 && { bytes: { of: medianOf(taken.more), baseline: medianOf(taken.less) } }),
    plan: null,
    statements: null,
  };
}

function medianOf(numbers: readonly number[]): number {
  return quantile(
    [...numbers].sort((a, b) => a - b),
    0.5,
  );
}
