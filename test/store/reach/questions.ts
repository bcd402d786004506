import type { DatabaseKind, Tx } from "../../../src/database/database.ts";
import type { Reach } from "../../../src/policy/ask/reach.ts";
import type { Plan } from "../../../src/store/reach/plan/plan.ts";
import type { PageQuery, RowTest } from "../../../src/store/reach/query.ts";
import { valuesUnder } from "../../../src/store/reach/rows/field-values.ts";
import { insertRecords } from "../../../src/store/reach/rows/insert.ts";
import { deleteMatches, insertMatches, lockNextRecords } from "../../../src/store/reach/rows/matches.ts";
import { rewriteRecords } from "../../../src/store/reach/rows/rewrite.ts";
import { holdTargets } from "../../../src/store/reach/rows/targets.ts";
import { reachQueries } from "../../../src/store/reach/statements.ts";
import { after, attribute, byAmount, compare, FILTERS, isBig, ORDERS } from "./comparisons.ts";
import {
  accountId,
  DEALS,
  deal,
  dealId,
  HOT_DEALS,
  NOW,
  OLD_DEALS,
  ORG,
  REACHES,
  reached,
  SHARED_WITH_ANN,
  SHARED_WITH_REPS,
} from "./deals.ts";

export type Question = {
  /** Its file, below the folder of a database. */
  readonly name: string;
  /** In words. */
  readonly question: string;
  /** Asks it by the functions that the product asks it by, within a transaction. */
  readonly ask: (kind: DatabaseKind, tx: Tx) => Promise<unknown>;
};

const PLANS: readonly Plan[] = ["EXACT", "DENSE", "SPARSE"];

/** Who asks. */
const WHO = {
  everything: "somebody who sees all",
  own: "somebody with nothing but their own",
  team: "somebody with people below them and with shares",
  grants: "somebody who owns nothing and has shares",
  rules: "somebody with people below them, shares (one narrowed to owners) and two rules",
  crowd: "somebody with many owners below them",
} as const satisfies { readonly [name in keyof typeof REACHES]: string };

/** Pages that every plan is asked for. */
const PAGES: readonly (readonly [
  name: string,
  who: keyof typeof REACHES,
  what: string,
  query: Partial<PageQuery>,
])[] = [
  ["everything", "everything", "the newest", {}],
  ["first", "team", "the newest", {}],
  ["after", "team", "the newest after a place", { after: after() }],
  ["before-from-end", "team", "the last before a place, from the end", { before: after(), isFromEnd: true }],
  [
    "between",
    "team",
    "the newest between two places",
    { after: after(), before: { values: [], id: dealId(2) } },
  ],
  ["filtered", "team", "the newest over an amount", { filter: isBig }],
  ["own", "own", "the newest", {}],
  ["grants", "grants", "the newest", {}],
  ["rules", "rules", "the newest", {}],
  ["rules-filtered", "rules", "the newest over an amount", { filter: isBig }],
  ["crowd", "crowd", "the newest", {}],
  ["sorted", "team", "those of the greatest amount", { order: [byAmount] }],
  [
    "sorted-after",
    "rules",
    "those of the greatest amount after a place",
    { order: [byAmount], after: after(900) },
  ],
];

const LIMIT = 3;

function page(reach: Reach, query: Partial<PageQuery>, plan?: Plan): Question["ask"] {
  const whole = {
    filter: null,
    order: [],
    after: null,
    before: null,
    limit: LIMIT,
    isFromEnd: false,
    ...query,
  };
  return (kind, tx) => queriesOn(kind, tx, plan).page({ reached: reached(reach), ...whole });
}

function count(reach: Reach, filter: RowTest | null, plan: Plan): Question["ask"] {
  return (kind, tx) => queriesOn(kind, tx, plan).count(reached(reach), filter);
}

function queriesOn(kind: DatabaseKind, tx: Tx, plan?: Plan) {
  const densities = { of: () => null, refresh: async () => {} };
  return reachQueries(kind, tx, { densities, ...(plan === undefined ? {} : { plan }) });
}

const pages: readonly Question[] = PLANS.flatMap((plan) =>
  PAGES
    // Who sees all is asked for by the exact plan alone, and no dense one sorts.
    .filter(([, who, , { order }]) => (who === "everything" ? plan === "EXACT" : plan !== "DENSE" || !order))
    .map(([name, who, what, query]) => ({
      name: `${plan.toLowerCase()}/${name}`,
      question: `${plan}: ${what} of the deals of ${WHO[who]}.`,
      ask: page(REACHES[who], query, plan),
    })),
);

const filters: readonly Question[] = FILTERS.map(([name, what, filter]) => ({
  name: `filter/${name}`,
  question: `The newest deals ${what}, for ${WHO.everything}.`,
  ask: page(REACHES.everything, { filter }),
}));

const orders: readonly Question[] = ORDERS.map(([name, what, order, place]) => ({
  name: `order/${name}`,
  question: `The first deals ${what}, for ${WHO.everything}.`,
  ask: page(REACHES.everything, { order, after: place }),
}));

const COUNTS: readonly (readonly [
  name: string,
  who: keyof typeof REACHES,
  filter: RowTest | null,
  plan: Plan,
])[] = [
  ["small-module", "team", null, "EXACT"],
  ["all", "everything", null, "SPARSE"],
  ["own", "own", null, "SPARSE"],
  ["team", "team", null, "SPARSE"],
  ["rules", "rules", null, "SPARSE"],
  ["all-filtered", "everything", isBig, "SPARSE"],
  ["filtered-exact", "team", isBig, "EXACT"],
  ["filtered-sparse", "rules", isBig, "SPARSE"],
  ["filtered-by-key", "team", compare(attribute("key"), "EQ", "deal-3"), "EXACT"],
];

const counts: readonly Question[] = COUNTS.map(([name, who, filter, plan]) => ({
  name: `count/${name}`,
  question: `${plan}: how many deals ${filter === null ? "there are" : "meet a filter"}, for ${WHO[who]}.`,
  ask: count(REACHES[who], filter, plan),
}));

const KEYS = [SHARED_WITH_ANN, SHARED_WITH_REPS];

const checks: readonly Question[] = [
  {
    name: "check/one",
    question: "What is asked of a record before it is judged: its module, owner and grants.",
    ask: (kind, tx) => queriesOn(kind, tx).find(ORG, [dealId(1)], KEYS),
  },
  {
    name: "check/many",
    question: "The same of three records.",
    ask: (kind, tx) => queriesOn(kind, tx).find(ORG, [dealId(1), dealId(2), dealId(3)], KEYS),
  },
  {
    name: "check/lookup-targets",
    question: "Which records that lookups are to point to are there, held until the transaction ends.",
    ask: (kind, tx) => holdTargets(kind, tx, ORG, [accountId(1), accountId(2)]),
  },
  {
    name: "check/values-under",
    question: "What the next records of a module have under the key of a field.",
    ask: (kind, tx) => valuesUnder(kind, tx, { orgId: ORG, moduleId: DEALS, key: "account" }).next(),
  },
];

const RULES = [HOT_DEALS, OLD_DEALS].map((key) => ({ moduleId: DEALS, key }));

const densities: readonly Question[] = [
  {
    name: "density/owner-counts",
    question: "How many records each owner has, for choosing plans.",
    ask: (kind, tx) => queriesOn(kind, tx).ownerCounts(ORG),
  },
  {
    name: "density/frequent-matches",
    question: "Among how many of the newest records the newest matches of two rules are, for choosing plans.",
    ask: (kind, tx) => queriesOn(kind, tx).frequentMatches(RULES),
  },
];

const MATCHES = { orgId: ORG, moduleId: DEALS, key: HOT_DEALS };

const writes: readonly Question[] = [
  {
    name: "write/records-inserted",
    question: "A deal is made.",
    ask: (kind, tx) => insertRecords(kind, tx, { orgId: ORG, moduleId: DEALS }, [deal(13, "cem")]),
  },
  {
    name: "write/records-rewritten",
    question: "Two deals get values of their own, and one of them a name.",
    ask: (kind, tx) =>
      rewriteRecords(kind, tx, ORG, [
        { id: dealId(1), name: "Boat", values: { amount: 1 }, updatedAt: new Date(NOW) },
        { id: dealId(2), values: {}, updatedAt: new Date(NOW) },
      ]),
  },
  {
    name: "write/records-locked",
    question: "The next hundred records of a module are locked, after one.",
    ask: (kind, tx) => lockNextRecords(kind, tx, ORG, DEALS, dealId(2), 100),
  },
  {
    name: "write/matches-inserted",
    question: "Two matches of a rule are stored.",
    ask: (kind, tx) =>
      insertMatches(kind, tx, MATCHES, [
        { id: dealId(1), ownerSeq: 1 },
        { id: dealId(2), ownerSeq: 2 },
      ]),
  },
  {
    name: "write/matches-deleted",
    question: "Matches of a rule are deleted, a hundred at most.",
    ask: (kind, tx) => deleteMatches(kind, tx, MATCHES, 100),
  },
];

/** What is asked of the database about records, and how it is told of them. */
export const QUESTIONS: readonly Question[] = [
  ...[...pages, ...filters, ...orders],
  ...[...counts, ...checks, ...densities, ...writes],
];
