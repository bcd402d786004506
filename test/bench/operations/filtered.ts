import type { PageQuery, Position } from "../../../src/store/reach/query.ts";
import { readFilter, readOrder } from "../../../src/store/records/filter.ts";
import { reachedBy, type Viewer } from "../../../src/store/viewer.ts";
import type { Bench } from "../bench.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import { agree, type Limit, type Measurement, type Operation } from "../operation.ts";
import { type Asked, questionsOf } from "./questions.ts";

const PAGE = 50;

/**
 * The first page of filtered and sorted lists, by a field of every type, against the same filter and order where
 * everything is visible: the same statements with no condition of a policy in them, by the bare driver.
 */
export const filtered: Operation = {
  name: "filtered",
  requirement: "EN-26",
  summary: "filtered and sorted pages by a field of every type, against the same without the policy",
  async run(bench) {
    const measurements: Measurement[] = [];
    for (const asked of questionsOf(bench))
      for (const name of bench.viewers)
        if (name !== "administrator") measurements.push(await filteredBy(bench, asked, name));
    return measurements;
  },
};

async function filteredBy(bench: Bench, asked: Asked, name: ViewerName): Promise<Measurement> {
  const { queries, store, reference } = bench;
  const query = queryOf(bench, await bench.viewer(name), asked);
  const expected = reference.ask(name, asked.question(bench, name), PAGE);
  const what = `${asked.name} of ${name}`;
  const statements = await bench.statementsOf(async () =>
    agree(what, idsOf(await queries.page(query)), expected.ids),
  );
  agree(`count of ${what}`, await store.queries.count(query.reached, query.filter), expected.count);

  const without = queryOf(bench, await bench.viewer("administrator"), asked);
  const { times, baseline } = await bench.measure(
    () => queries.page(query),
    () => queries.page(without),
  );
  const limit: Limit = {
    requirement: "EN-26",
    kind: "RATIO_OR_MILLISECONDS",
    ratio: 2,
    milliseconds: 1 + 0.008 * Math.min(reference.visible(name).count, expected.matching),
  };
  const plan = bench.planOf(query) + (statements > 1 ? ` (${statements} statements)` : "");
  return {
    operation: filtered.name,
    variant: asked.name,
    viewer: name,
    times,
    baseline,
    limit,
    plan,
    statements,
  };
}

function queryOf(bench: Bench, viewer: Viewer, { filter, orderBy }: Asked): PageQuery {
  const module = bench.module(viewer);
  return {
    reached: reachedBy(viewer, module, "READ"),
    filter: filter === null ? null : readFilter(viewer, module, filter),
    order: readOrder(viewer, module, orderBy),
    after: null,
    before: null,
    limit: PAGE,
    isFromEnd: false,
  };
}

function idsOf(places: readonly Position[]): readonly string[] {
  return places.map(({ id }) => id);
}
