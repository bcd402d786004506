import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { asId } from "../../../src/kernel/id.ts";
import { reachedBy } from "../../../src/store/core/viewer.ts";
import type { PageQuery } from "../../../src/store/reach/query.ts";
import type { Bench } from "../bench.ts";
import { dataSetOf } from "../data-set/data-set.ts";
import { tenthOf, withTenfoldRules, withTenfoldUsers } from "../data-set/size.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import { openGateway } from "../gateway.ts";
import { agree, type Measurement, type Operation } from "../operation.ts";
import { idsOf, PAGE_OF_RECORDS } from "./request.ts";

const PAGE = 50;

/**
 * What ten times as much of something costs: the data set against one with a tenth of the records, and that one against
 * the same with ten times the rules, or the people. Everything else of the two is alike, and both have their turn in
 * every round.
 */
export const growth: Operation = {
  name: "growth",
  requirement: "EN-24",
  summary: "a page with ten times the records, rules by owners or people, against the same without",
  async run(bench) {
    const { size, seed } = bench.dataSet;
    const tenth = await bench.beside(dataSetOf(tenthOf(size), seed));
    try {
      const measurements: Measurement[] = [];
      for (const name of bench.viewers)
        for (const variant of ["first", "deep"] as const)
          measurements.push(await pageGrowth({ more: bench, less: tenth }, name, variant));
      for (const [what, varied, atMost] of [
        ["10× the rules", withTenfoldRules(tenth.dataSet.size), 1.3],
        ["10× the users", withTenfoldUsers(tenth.dataSet.size), 2],
      ] as const) {
        const more = await bench.beside(dataSetOf(varied, seed));
        try {
          measurements.push(...(await requestGrowth({ more, less: tenth }, what, atMost)));
        } finally {
          await more.close();
        }
      }
      return measurements;
    } finally {
      await tenth.close();
    }
  },
};

type Pair = { readonly more: Bench; readonly less: Bench };

/** The page of ids by the bare driver. A page that is not full where records are fewer is shown, and not judged. */
async function pageGrowth(
  { more, less }: Pair,
  name: ViewerName,
  variant: "first" | "deep",
): Promise<Measurement> {
  const [ofMore, ofLess] = [await queryOf(more, name, variant), await queryOf(less, name, variant)];
  const { times, baseline } = await more.measure(
    () => more.queries.page(ofMore.query),
    () => less.queries.page(ofLess.query),
  );
  return {
    operation: growth.name,
    variant: `10× the records, ${variant} page`,
    viewer: name,
    times,
    baseline,
    limit: ofLess.isFull ? { requirement: "EN-24", kind: "RATIO", atMost: 1.3 } : null,
    plan: `${less.planOf(ofLess.query)} to ${more.planOf(ofMore.query)}`,
    statements: ofMore.statements,
  };
}

async function queryOf(bench: Bench, name: ViewerName, variant: "first" | "deep") {
  const { reference, dataSet, queries } = bench;
  const viewer = await bench.viewer(name);
  const below = variant === "deep" ? reference.middle(name) : undefined;
  const query: PageQuery = {
    reached: reachedBy(viewer, bench.module(viewer), "READ"),
    filter: null,
    order: [],
    after: below === undefined ? null : { values: [], id: asId(dataSet.places.id(0, below)) },
    before: null,
    limit: PAGE,
    isFromEnd: false,
  };
  const expected = reference.page(name, PAGE, below);
  const statements = await bench.statementsOf(async () => {
    const found = (await queries.page(query)).map(({ id }) => id);
    agree(`${variant} page of ${name} in ${dataSet.size.name}`, found, expected);
  });
  return { query, statements, isFull: expected.length === PAGE };
}

/** The page through the whole gateway: rules and people are met when a request is decided, before any statement. */
async function requestGrowth(
  { more, less }: Pair,
  what: string,
  atMost: number,
): Promise<readonly Measurement[]> {
  const gateways = { more: await openGateway(more), less: await openGateway(less) };
  try {
    const measurements: Measurement[] = [];
    for (const viewer of more.viewers) {
      for (const [bench, gateway] of [
        [more, gateways.more],
        [less, gateways.less],
      ] as const)
        agree(
          `request of ${viewer} in ${bench.dataSet.size.name}`,
          idsOf(await gateway.data(viewer, PAGE_OF_RECORDS)),
          bench.reference.page(viewer, PAGE).map((id) => toGlobalId("Record", id)),
        );
      const { statements } = await more.database.statementsOf(() =>
        gateways.more.ask(viewer, PAGE_OF_RECORDS),
      );
      const { times, baseline } = await more.measure(
        () => gateways.more.ask(viewer, PAGE_OF_RECORDS),
        () => gateways.less.ask(viewer, PAGE_OF_RECORDS),
      );
      measurements.push({
        operation: growth.name,
        variant: `${what}, request`,
        viewer,
        times,
        baseline,
        limit: isComparable({ more, less }, viewer) ? { requirement: "EN-24", kind: "RATIO", atMost } : null,
        plan: null,
        statements: statements.length,
      });
    }
    return measurements;
  } finally {
    await gateways.more.close();
    await gateways.less.close();
  }
}

/** Pages of as many rows; others are shown, and not judged. */
function isComparable({ more, less }: Pair, viewer: ViewerName): boolean {
  const [ofMore, ofLess] = [more, less].map(({ reference }) => reference.page(viewer, PAGE).length);
  return ofMore === ofLess;
}
