import { reachedBy, type Viewer } from "../../../src/store/core/viewer.ts";
import type { PageQuery, Position } from "../../../src/store/reach/query.ts";
import { readFilter, readOrder } from "../../../src/store/records/filter.ts";
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
    for (const asked of questionsOf(bench)) {
      if (!bench.questions.some((part) => asked.name.includes(part))) continue;
      bench.say(asked.name);
      measurements.push(...(await byEverybody(bench, asked)));
    }
    return measurements;
  },
};

/** One question by all viewers, measured in turn with the same where everything is visible. */
async function byEverybody(bench: Bench, asked: Asked): Promise<readonly Measurement[]> {
  const found = [];
  for (const name of bench.viewers)
    if (name !== "administrator") found.push(await compared(bench, asked, name));
  const without = queryOf(bench, await bench.viewer("administrator"), asked);
  const times = await bench.measureAll({
    baseline: () => bench.queries.page(without),
    ...Object.fromEntries(found.map(({ viewer, query }) => [viewer, () => bench.queries.page(query)])),
  });
  return found.map(({ viewer, query, statements, limit }) => ({
    operation: filtered.name,
    variant: asked.name,
    viewer,
    times: times?.[viewer] ?? null,
    baseline: times?.["baseline"] ?? null,
    limit,
    plan: bench.planOf(query) + (statements > 1 ? ` (${statements} statements)` : ""),
    statements,
  }));
}

/** The page and the count of one viewer are what the reference says. */
async function compared(bench: Bench, asked: Asked, viewer: ViewerName) {
  const { queries, store, reference } = bench;
  const query = queryOf(bench, await bench.viewer(viewer), asked);
  const expected = reference.ask(viewer, asked.question(bench, viewer), PAGE);
  const what = `${asked.name} of ${viewer}`;
  const statements = await bench.statementsOf(async () =>
    agree(what, idsOf(await queries.page(query)), expected.ids),
  );
  agree(`count of ${what}`, await store.queries.count(query.reached, query.filter), expected.count);
  const limit: Limit = {
    requirement: "EN-26",
    kind: "RATIO_OR_MILLISECONDS",
    ratio: 2,
    milliseconds: 1 + 0.008 * Math.min(reference.visible(viewer).count, expected.matching),
  };
  return { viewer, query, statements, limit };
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
