import { asId, type RecordId } from "../../../src/kernel/id.ts";
import { may } from "../../../src/policy/ask/ability.ts";
import { judgedRecord } from "../../../src/policy/ask/reach.ts";
import type { Viewer } from "../../../src/store/core/viewer.ts";
import type { Bench } from "../bench.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import { agree, type Measurement, type Operation } from "../operation.ts";

/** So many records are checked, all over the module, half of them visible where that is possible. */
const RECORDS = 64;

/** Whether a viewer may read one record: read with its grants and judged, against reading its row. */
export const check: Operation = {
  name: "check",
  requirement: "EN-22",
  summary: "whether a viewer may read one record, against fetching its row",
  async run(bench) {
    const measurements: Measurement[] = [];
    for (const name of bench.viewers) measurements.push(await checkOf(bench, name));
    return measurements;
  },
};

async function checkOf(bench: Bench, name: ViewerName): Promise<Measurement> {
  const { driver, known, dataSet, reference } = bench;
  const viewer = await bench.viewer(name);
  const { at } = reference.visible(name);
  const places = somePlaces(at);
  const ids = places.map((place): RecordId => asId(dataSet.places.id(0, place)));
  const statements = await bench.statementsOf(async () =>
    agree(`check of ${name}`, await judge(bench, viewer, ids.slice(0, 1)), [at[places[0] ?? 0] === 1]),
  );
  for (const [index, place] of places.entries())
    agree(`check of ${name} on ${place}`, await judge(bench, viewer, ids.slice(index, index + 1)), [
      at[place] === 1,
    ]);

  const [isOrg, isId] = bench.kind === "sqlite" ? ["?", "?"] : ["?::uuid", "?::uuid"];
  const fetching = `SELECT * FROM "Record" WHERE "orgId" = ${isOrg} AND "id" = ${isId}`;
  let turn = 0;
  const next = (): RecordId => {
    turn += 1;
    return ids[Math.floor(turn / 2) % ids.length] as RecordId;
  };
  const { times, baseline } = await bench.measure(
    () => judge(bench, viewer, [next()]),
    () => driver.rows(fetching, known.orgId, next()),
  );
  return {
    operation: check.name,
    variant: null,
    viewer: name,
    times,
    baseline,
    limit: { requirement: "EN-22", kind: "RATIO", atMost: 1.8 },
    plan: "by id",
    statements,
  };
}

/** As the store's loaders do it: the records with the grants of every key that the viewer holds. */
async function judge(
  { queries }: Bench,
  viewer: Viewer,
  ids: readonly RecordId[],
): Promise<readonly boolean[]> {
  const found = await queries.find(viewer.orgId, ids, keysOf(viewer));
  const byId = new Map(found.map((each) => [each.id, judgedRecord(each)]));
  return ids.map((id) => {
    const judged = byId.get(id);
    return judged !== undefined && may(viewer.ability, "READ", judged);
  });
}

const keysOfViewer = new WeakMap<Viewer, readonly string[]>();

/** The keys of every reach of the viewer, gathered once a request. */
function keysOf(viewer: Viewer): readonly string[] {
  const known = keysOfViewer.get(viewer) ?? [
    ...new Set(
      viewer.reaches.reaches.flatMap(({ reach }) => (reach.kind === "SOME" ? [...reach.keys.keys()] : [])),
    ),
  ];
  keysOfViewer.set(viewer, known);
  return known;
}

/** Places spread over the module, visible ones and others in turn. */
function somePlaces(at: Uint8Array): readonly number[] {
  const places: number[] = [];
  for (let index = 0; places.length < RECORDS; index += 1) {
    const from = Math.floor((at.length / RECORDS) * index) % at.length;
    const wanted = index % 2 === 0 ? 1 : 0;
    const found = at.indexOf(wanted, from);
    places.push(found === -1 ? from : found);
  }
  return places;
}
