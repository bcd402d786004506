import { asId } from "../../../src/kernel/id.ts";
import { systemClock } from "../../../src/kernel/instant.ts";
import { abilityFrom, may, reachesOf } from "../../../src/policy/ask/ability.ts";
import { type JudgedRecord, judgedRecord, reachOf } from "../../../src/policy/ask/reach.ts";
import { compile, questionsOf } from "../../../src/policy/model/policy.ts";
import type { Viewer } from "../../../src/store/core/viewer.ts";
import type { Bench } from "../bench.ts";
import { MODULES } from "../data-set/values.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import { agree, type Limit, type Measurement, type Operation } from "../operation.ts";

/** So many checks are one run: a clock does not see a single one. */
const CHECKS = 10_000;
/** Ten million a second. */
const CHECKS_MS = CHECKS / 10_000;

/** What of a decision happens in memory: compiling, reaching, checking. */
export const reach: Operation = {
  name: "reach",
  requirement: "EN-23",
  summary: "in memory: compiling the snapshot, a viewer's reach for ten modules, ten thousand checks",
  async run(bench) {
    const measurements: Measurement[] = [await compiling(bench)];
    for (const name of bench.viewers) measurements.push(...(await reaching(bench, name)));
    for (const name of bench.viewers) measurements.push(await checking(bench, name));
    return measurements;
  },
};

async function compiling(bench: Bench): Promise<Measurement> {
  const { policy } = await bench.viewer("administrator");
  const again = compile(policy.org);
  agree("users compiled", again.users.size, bench.dataSet.size.users);
  const { times } = await bench.measure(async () => compile(policy.org));
  return row("compile the snapshot", null, times, { requirement: "EN-23", kind: "MILLISECONDS", atMost: 10 });
}

/**
 * The policy has been asked before, by others of the same role perhaps, as in a server that runs; what it keeps of one
 * viewer is made anew each time.
 */
async function reaching(bench: Bench, name: ViewerName): Promise<readonly Measurement[]> {
  const { policy, user } = await bench.viewer(name);
  const modules = MODULES.map((at) => bench.module({ policy } as Viewer, at));
  const reading = () => {
    const ask = questionsOf(policy, user, systemClock.now());
    return modules.map((module) => reachOf(ask(module, "READ")));
  };
  const asked = reading();
  const kept = (await bench.viewer(name)).reaches.reaches.filter(
    ({ moduleId, action }) => action === "READ" && modules.some(({ id }) => id === moduleId),
  );
  agree(
    `reach of ${name}`,
    asked.map(({ kind }) => kind),
    modules.map(({ id }) => kept.find(({ moduleId }) => moduleId === id)?.reach.kind),
  );
  const toRead = await bench.measure(async () => reading());
  const whole = await bench.measure(async () => {
    const now = systemClock.now();
    return abilityFrom(reachesOf(policy, user, now), now);
  });
  return [
    row("ten modules, reading", name, toRead.times, {
      requirement: "EN-23",
      kind: "MILLISECONDS",
      atMost: 0.1,
    }),
    // What a request without a kept reach takes: every action of every module, and the ability around it.
    row("every module and action, ability", name, whole.times, null),
  ];
}

async function checking(bench: Bench, name: ViewerName): Promise<Measurement> {
  const viewer = await bench.viewer(name);
  const { at } = bench.reference.visible(name);
  const records: JudgedRecord[] = [];
  const isVisible: boolean[] = [];
  const step = Math.max(1, Math.floor(at.length / CHECKS));
  const places = Array.from({ length: CHECKS }, (_, index) => (index * step) % at.length);
  const keys = [
    ...new Set(
      viewer.reaches.reaches.flatMap(({ reach }) => (reach.kind === "SOME" ? [...reach.keys.keys()] : [])),
    ),
  ];
  for (let from = 0; from < places.length; from += 500) {
    const some = places.slice(from, from + 500);
    const ids = some.map((place) => asId<"Record">(bench.dataSet.places.id(0, place)));
    const found = new Map(
      (await bench.store.queries.find(viewer.orgId, ids, keys)).map((each) => [each.id, judgedRecord(each)]),
    );
    for (const [index, id] of ids.entries()) {
      const record = found.get(id);
      if (record === undefined) throw new Error(`the record ${id} was not found`);
      records.push(record);
      isVisible.push(at[some[index] ?? 0] === 1);
    }
  }
  agree(
    `checks of ${name}`,
    records.map((record) => may(viewer.ability, "READ", record)),
    isVisible,
  );
  const wanted = isVisible.filter(Boolean).length;
  const { times } = await bench.measure(async () => {
    let admitted = 0;
    for (const record of records) if (may(viewer.ability, "READ", record)) admitted += 1;
    if (admitted !== wanted) throw new Error("a check changed its mind");
  });
  return row(`${CHECKS} checks`, name, times, {
    requirement: "EN-23",
    kind: "MILLISECONDS",
    atMost: CHECKS_MS,
  });
}

function row(
  variant: string,
  viewer: ViewerName | null,
  times: Measurement["times"],
  limit: Limit | null,
): Measurement {
  return {
    operation: reach.name,
    variant,
    viewer,
    times,
    baseline: null,
    limit,
    plan: null,
    statements: null,
  };
}
