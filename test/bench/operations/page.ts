import { asId } from "../../../src/kernel/id.ts";
import { reachedBy } from "../../../src/store/core/viewer.ts";
import type { PageQuery, Position } from "../../../src/store/reach/query.ts";
import type { Bench } from "../bench.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import { agree, type Limit, type Measurement, type Operation } from "../operation.ts";

/** Rows of a page. */
const PAGE = 50;

/** From so large a part of the module on a viewer's rows count as dense (EN-20); `dormant` has a limit of its own. */
const DENSE_FROM = 0.02;

/**
 * A page of ids, newest first, from the beginning and from the middle of what the viewer sees, against the same page of
 * everything: both by the bare driver, both giving one column.
 */
export const page: Operation = {
  name: "page",
  requirement: "EN-20",
  summary:
    "a page of 50, newest first, first and deep, against the same page without a policy (S0), bare driver",
  async run(bench) {
    const measurements: Measurement[] = [];
    for (const name of bench.viewers) {
      measurements.push(await pageOf(bench, name, "first"));
      measurements.push(await pageOf(bench, name, "deep"));
    }
    return measurements;
  },
};

async function pageOf(bench: Bench, name: ViewerName, variant: "first" | "deep"): Promise<Measurement> {
  const { reference, dataSet, queries, store, known } = bench;
  const viewer = await bench.viewer(name);
  const below = variant === "deep" ? reference.middle(name) : undefined;
  const after: Position | null =
    below === undefined ? null : { values: [], id: asId(dataSet.places.id(0, below)) };
  const query: PageQuery = {
    reached: reachedBy(viewer, bench.module(viewer), "READ"),
    filter: null,
    order: [],
    after,
    before: null,
    limit: PAGE,
    isFromEnd: false,
  };
  const expected = reference.page(name, PAGE, below);
  const statements = await bench.statementsOf(async () =>
    agree(`${variant} page of ${name}`, idsOf(await queries.page(query)), expected),
  );
  // Through the store's own client too: the statement is the same, the way of its parameters is not.
  agree(`${variant} page of ${name} in the store`, idsOf(await store.queries.page(query)), expected);

  const everything = everythingAfter(bench, after);
  const { times, baseline } = await bench.measure(
    () => queries.page(query),
    () => bench.driver.rows(everything.sql, known.moduleIds[0], ...everything.parameters),
  );
  return {
    operation: page.name,
    variant,
    viewer: name,
    times,
    baseline,
    limit: limitOf(bench, name),
    plan: bench.planOf(query) + (statements > 1 ? ` (${statements} statements)` : ""),
    statements,
  };
}

/** S0: the page as a list without any policy would ask for it. */
function everythingAfter({ kind }: Bench, after: Position | null) {
  const id = kind === "sqlite" ? `"id"` : `"id"::text AS "id"`;
  const isAfter = after === null ? "" : ` AND "Record"."id" < ?`;
  return {
    sql: `SELECT ${id} FROM "Record" WHERE "moduleId" = ?${isAfter} ORDER BY "Record"."id" DESC LIMIT ${PAGE}`,
    parameters: after === null ? [] : [after.id],
  };
}

function limitOf({ kind, reference, dataSet }: Bench, name: ViewerName): Limit {
  if (kind === "sqlite") return { requirement: "EN-20", kind: "MILLISECONDS", atMost: 0.8 };
  const part = reference.visible(name).count / dataSet.places.count(0);
  const atMost = name === "dormant" ? 9 : part >= DENSE_FROM ? 2 : 3.5;
  return { requirement: "EN-20", kind: "RATIO", atMost };
}

function idsOf(places: readonly Position[]): readonly string[] {
  return places.map(({ id }) => id);
}
