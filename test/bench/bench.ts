import type { Database, DatabaseKind } from "../../src/database/database.ts";
import { openStore } from "../../src/database/open.ts";
import { systemClock } from "../../src/kernel/instant.ts";
import { reachIn } from "../../src/policy/ask/ability.ts";
import type { Module } from "../../src/policy/model/org.ts";
import { type Viewer, viewerOf } from "../../src/store/core/viewer.ts";
import { planOf } from "../../src/store/reach/plan/plan.ts";
import type { PageQuery, ReachQueries } from "../../src/store/reach/query.ts";
import { reachQueries } from "../../src/store/reach/statements.ts";
import { type Store, storeOver } from "../../src/store/store.ts";
import { AUDIT_KEYS } from "../audit-keys.ts";
import type { DataSet } from "./data-set/data-set.ts";
import { ORGANIZATION } from "./data-set/file.ts";
import { moduleKey } from "./data-set/values.ts";
import { emailOf, VIEWER_NAMES, type ViewerName } from "./data-set/viewers.ts";
import { type Driver, openDriver } from "./database/driver.ts";
import { type Known, knownIn } from "./database/known.ts";
import { interleaved, type Times } from "./measure.ts";
import { type Reference, referenceOf } from "./reference.ts";

/** What an operation measures on: the loaded data set, open, with everything that asks it and that knows the answers. */
export type Bench = {
  readonly kind: DatabaseKind;
  /** For operations that open more of their own, such as a server. */
  readonly url: string;
  readonly dataSet: DataSet;
  /** The ids of what the data set knows by place. */
  readonly known: Known;
  readonly database: Database;
  /** The store as the server has it, its policy warm. */
  readonly store: Store;
  /** The bare driver: what baselines are asked with. */
  readonly driver: Driver;
  /** The store's statements on records, sent by the bare driver, with the plans that the store takes. */
  readonly queries: ReachQueries;
  /** What every answer must be, found without the engine. */
  readonly reference: Reference;
  /** How often everything is measured; 0 compares answers and measures nothing. */
  readonly repetitions: number;
  /** Beyond so many seconds, what is slow is not measured again once it was a few times. */
  readonly patience: number;
  /** Filtered lists whose name has one of these in it are asked for. */
  readonly questions: readonly string[];
  /** Tells people what is being measured. */
  readonly say: (what: string) => void;
  readonly viewers: readonly ViewerName[];
  /** A viewer of now, as a request has it. */
  readonly viewer: (name: ViewerName) => Promise<Viewer>;
  /** A module by its number; 0 is the big one. */
  readonly module: (viewer: Viewer, at?: number) => Module;
  /** The plan that the store takes for the page at first. */
  readonly planOf: (query: PageQuery) => string;
  /** How many statements `work` sends by the bare driver. */
  readonly statementsOf: (work: () => Promise<unknown>) => Promise<number>;
  /** Both in turn, round by round; null of each when nothing is to be measured. */
  readonly measure: (
    work: () => Promise<unknown>,
    baseline?: () => Promise<unknown>,
  ) => Promise<{ readonly times: Times | null; readonly baseline: Times | null }>;
  /** The same on another data set, for comparing the two; whoever opens it closes it. */
  readonly beside: (dataSet: DataSet) => Promise<Bench>;
  /** The same of several at once, by name: what they share, such as a baseline, is measured once beside all of them. */
  readonly measureAll: (
    work: Readonly<Record<string, () => Promise<unknown>>>,
  ) => Promise<Readonly<Record<string, Times>> | null>;
  readonly close: () => Promise<void>;
};

export type BenchOptions = {
  readonly repetitions: number;
  /** Rounds before those that count; 5 unless said otherwise. */
  readonly warmUp?: number;
  /** What is slow is measured for about so many seconds; without end unless said. */
  readonly patience?: number | undefined;
  /** Which filtered lists are asked for, by parts of their names; all unless said. */
  readonly questions?: readonly string[] | undefined;
  /** Hears what is being measured; nobody does unless said. */
  readonly say?: (what: string) => void;
  /** The address of a loaded database of another data set; without it nothing can be compared across data sets. */
  readonly beside?: (dataSet: DataSet) => Promise<string>;
};

/** Opens a database that holds the data set. */
export async function openBench(
  kind: DatabaseKind,
  url: string,
  dataSet: DataSet,
  options: BenchOptions,
): Promise<Bench> {
  const { repetitions, warmUp = 5, patience = Number.POSITIVE_INFINITY, questions = [""] } = options;
  const { say = () => {} } = options;
  const database = await openStore(url, { auditKeys: AUDIT_KEYS });
  const store = storeOver(database, systemClock);
  const driver = openDriver(kind, url);
  const viewer = async (name: ViewerName): Promise<Viewer> => {
    const policy = await store.policies.get(ORGANIZATION);
    const user = policy?.usersByEmail.get(emailOf(name));
    if (!policy || !user) throw new Error(`${name} is not in the data set`);
    return viewerOf(store, policy, user, systemClock.now());
  };
  return {
    kind,
    url,
    dataSet,
    known: await knownIn(database.reader, dataSet),
    database,
    store,
    driver,
    queries: reachQueries(kind, driver, { densities: store.densities }),
    reference: referenceOf(dataSet),
    repetitions,
    patience,
    questions,
    say,
    viewers: VIEWER_NAMES,
    viewer,
    module(viewer, at = 0) {
      const module = viewer.policy.modulesByKey.get(moduleKey(at));
      if (!module) throw new Error(`there is no module ${moduleKey(at)}`);
      return module;
    },
    planOf(query) {
      const { reach } = query.reached;
      if (reach.kind !== "SOME") return reach.kind;
      return planOf({
        kind,
        reach,
        density: store.densities.of(query.reached),
        isFiltered: query.filter !== null,
        isById: query.order.length === 0,
      });
    },
    async statementsOf(work) {
      const before = driver.sent();
      await work();
      return driver.sent() - before;
    },
    async measure(work, baseline) {
      if (repetitions === 0) return { times: null, baseline: null };
      if (baseline === undefined) {
        const { times } = await interleaved({ times: work }, { repetitions, warmUp, patience });
        return { times, baseline: null };
      }
      return interleaved({ times: work, baseline }, { repetitions, warmUp, patience });
    },
    measureAll: async (work) =>
      repetitions === 0 ? null : interleaved(work, { repetitions, warmUp, patience }),
    async beside(other) {
      if (options.beside === undefined) throw new Error("there is no place for another data set");
      return openBench(kind, await options.beside(other), other, options);
    },
    async close() {
      await driver.close();
      await database.close();
    },
  };
}

/** Whether the viewer sees the whole module without a condition. */
export function seesEverything(viewer: Viewer, module: Module): boolean {
  return reachIn(viewer.ability, "READ", module.id).kind === "EVERYTHING";
}
