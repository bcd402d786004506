import { asId, type RecordId } from "../../../src/kernel/id.ts";
import { may } from "../../../src/policy/ask/ability.ts";
import { judgedRecord } from "../../../src/policy/ask/reach.ts";
import { reachedBy } from "../../../src/store/core/viewer.ts";
import type { Bench } from "../bench.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import { interleaved } from "../measure.ts";
import { agree, Disagreement, type Measurement, type Operation } from "../operation.ts";
import type { Asked, Contender } from "../others/contender.ts";
import { CONTENDERS } from "../others/index.ts";
import { rightsOf } from "../others/rights.ts";

const PAGE = 50;

/** So many records are checked for equality and measured in turn: all over the module, visible ones and others. */
const CHECKED = 24;

/** What takes longer than `SLOW_MS` is measured a few times only, what takes longer than `VERY_SLOW_MS` once. */
const SLOW_MS = 500;
const VERY_SLOW_MS = 5_000;
const A_FEW = 5;

/**
 * What else could have been used, side by side: the baseline of every row is Sightline on the same question, through
 * the same client as far as there is one (Prisma for Prisma, the bare driver for row-level security). Finding the
 * viewer's rights is measured for neither.
 */
export const others: Operation = {
  name: "others",
  requirement: "README",
  summary:
    "page, total and check by CASL, ZenStack, row-level security and a Prisma where, against Sightline",
  async run(bench) {
    const measurements: Measurement[] = [];
    for (const contender of CONTENDERS) {
      if (!contender.isFor(bench)) continue;
      const opened = await contender.open(bench);
      try {
        for (const name of bench.viewers) {
          bench.say(`${contender.name}, ${name}`);
          const theirs = await opened.as(rightsOf(bench, name));
          const ours = await sightline(bench, name, contender);
          for (const question of questionsOf(bench, name))
            measurements.push(await rowOf(bench, contender, name, question, theirs, ours));
        }
      } finally {
        await opened.close();
      }
    }
    return measurements;
  },
};

type Question = {
  readonly name: string;
  /** How many of them are compared. */
  readonly answers: number;
  /** Compares every answer. @throws {Disagreement} */
  readonly compare: (asked: Asked) => Promise<void>;
  /** One round of what is measured. */
  readonly ask: (asked: Asked, turn: number) => Promise<unknown>;
};

function questionsOf({ reference, dataSet }: Bench, name: ViewerName): readonly Question[] {
  const { at, count } = reference.visible(name);
  const places = Array.from({ length: CHECKED }, (_, index) => {
    const from = Math.floor((at.length / CHECKED) * index);
    const found = at.indexOf(index % 2 === 0 ? 1 : 0, from);
    return found === -1 ? from : found;
  });
  const idAt = (index: number) => dataSet.places.id(0, places[index % places.length] ?? 0);
  return [
    {
      name: "page",
      answers: 1,
      compare: async (asked) => agree(`page of ${name}`, await asked.page(PAGE), reference.page(name, PAGE)),
      ask: (asked) => asked.page(PAGE),
    },
    {
      name: "total",
      answers: 1,
      compare: async (asked) => agree(`total of ${name}`, await asked.total(), count),
      ask: (asked) => asked.total(),
    },
    {
      name: "check",
      answers: CHECKED,
      async compare(asked) {
        for (const [index, place] of places.entries())
          agree(`check of ${name} on ${place}`, await asked.check(idAt(index)), at[place] === 1);
      },
      ask: (asked, turn) => asked.check(idAt(turn)),
    },
  ];
}

async function rowOf(
  bench: Bench,
  contender: Contender,
  viewer: ViewerName,
  question: Question,
  theirs: Asked,
  ours: Asked,
): Promise<Measurement> {
  const row = {
    operation: others.name,
    variant: `${contender.name} ${question.name}`,
    viewer,
    times: null,
    baseline: null,
    limit: null,
    statements: null,
  };
  let tookMs: number;
  try {
    const start = performance.now();
    await question.compare(theirs);
    tookMs = (performance.now() - start) / question.answers;
  } catch (error) {
    if (error instanceof Disagreement) throw new Disagreement(`${contender.name}: ${error.message}`);
    return { ...row, plan: null, refused: reasonOf(error) };
  }
  await question.compare(ours);
  if (bench.repetitions === 0) return { ...row, plan: null };

  const isSlow = tookMs > SLOW_MS;
  const most = tookMs > VERY_SLOW_MS ? 1 : isSlow ? A_FEW : bench.repetitions;
  const repetitions = Math.min(bench.repetitions, most);
  // Each takes the same records in the same order, whoever begins a round.
  let [turn, ourTurn] = [0, 0];
  const { times, baseline } = await interleaved(
    {
      times: () => question.ask(theirs, turn++),
      baseline: () => question.ask(ours, ourTurn++),
    },
    { repetitions, warmUp: isSlow ? 0 : 5 },
  );
  const plan = repetitions < bench.repetitions ? `repetitions: ${repetitions}` : null;
  return { ...row, times, baseline, plan };
}

/** Why an answer was refused: the last line of what was thrown, where drivers say it. */
function reasonOf(error: unknown): string {
  const text =
    error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : String(error);
  const line = text.trim().split("\n").at(-1)?.trim() ?? "";
  return line.length > 160 ? `${line.slice(0, 160)} …` : line;
}

/** Sightline as a contender to the contender. */
async function sightline(bench: Bench, name: ViewerName, { isBare }: Contender): Promise<Asked> {
  const queries = isBare ? bench.queries : bench.store.queries;
  const viewer = await bench.viewer(name);
  const reached = reachedBy(viewer, bench.module(viewer), "READ");
  const keys = [
    ...new Set(
      viewer.reaches.reaches.flatMap(({ reach }) => (reach.kind === "SOME" ? [...reach.keys.keys()] : [])),
    ),
  ];
  return {
    async page(limit) {
      const found = await queries.page({
        reached,
        filter: null,
        order: [],
        after: null,
        before: null,
        limit,
        isFromEnd: false,
      });
      return found.map(({ id }) => id);
    },
    total: () => queries.count(reached, null),
    async check(id) {
      const [found] = await queries.find(viewer.orgId, [asId(id) satisfies RecordId], keys);
      return found !== undefined && may(viewer.ability, "READ", judgedRecord(found));
    },
  };
}
