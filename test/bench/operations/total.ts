import { reachIn } from "../../../src/policy/ask/ability.ts";
import { reachedBy } from "../../../src/store/core/viewer.ts";
import type { Bench } from "../bench.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import { agree, type Measurement, type Operation } from "../operation.ts";

/** How many records of the big module a viewer sees, exactly, against counting all of them; both by the bare driver. */
export const total: Operation = {
  name: "total",
  requirement: "EN-22",
  summary: "the exact number of visible records, against count(*) of the module",
  async run(bench) {
    const measurements: Measurement[] = [];
    for (const name of bench.viewers) measurements.push(await totalOf(bench, name));
    return measurements;
  },
};

async function totalOf(bench: Bench, name: ViewerName): Promise<Measurement> {
  const { queries, reference, known, store } = bench;
  const viewer = await bench.viewer(name);
  const module = bench.module(viewer);
  const reached = reachedBy(viewer, module, "READ");
  const expected = reference.visible(name).count;
  const statements = await bench.statementsOf(async () =>
    agree(`total of ${name}`, await queries.count(reached, null), expected),
  );
  agree(`total of ${name} in the store`, await store.queries.count(reached, null), expected);

  const { times, baseline } = await bench.measure(
    () => queries.count(reached, null),
    () => bench.driver.rows(`SELECT count(*) AS "n" FROM "Record" WHERE "moduleId" = ?`, known.moduleIds[0]),
  );
  const reach = reachIn(viewer.ability, "READ", module.id);
  const isByCriteria = reach.kind === "SOME" && [...reach.keys.keys()].some((key) => key.startsWith("c:"));
  return {
    operation: total.name,
    variant: null,
    viewer: name,
    times,
    baseline,
    limit: { requirement: "EN-22", kind: "RATIO", atMost: isByCriteria ? 1.5 : 0.2 },
    plan: store.densities.of(reached) === null ? "every row" : isByCriteria ? "counts and matches" : "counts",
    statements,
  };
}
