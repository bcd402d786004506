import type { Sql } from "@prisma/client/runtime/client";
import type { DatabaseKind } from "../../database/database.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId } from "../../kernel/id.ts";
import { countStatement } from "./page/counts.ts";
import { type FoundRow, findStatement, foundRecords } from "./page/find.ts";
import { kept, keptCount } from "./page/kept.ts";
import { type AmongRow, BOUNDS, matchShares } from "./page/match-shares.ts";
import { densePage, exactPage, sortedPage, sparsePage } from "./page/pages.ts";
import type { Densities } from "./plan/densities.ts";
import { countPlanOf, leads, type Plan, planOf } from "./plan/plan.ts";
import { postgres } from "./postgres.ts";
import type { OwnerCounts, PageQuery, ReachQueries } from "./query.ts";
import type { Dialect } from "./sql/dialect.ts";
import { sqlite } from "./sqlite.ts";

/** Runs a statement and returns its rows; the store's reader, or a transaction's client. */
export type Runner = { readonly $queryRaw: <Row>(statement: Sql) => PromiseLike<Row> };

export type ReachOptions = {
  readonly densities: Densities;
  /** Takes this plan for every question, where it is one; for showing that all of them give the same. */
  readonly plan?: Plan;
};

/** The statements on records over one database. */
export function reachQueries(
  kind: DatabaseKind,
  database: Runner,
  { densities, plan: forced }: ReachOptions,
): ReachQueries {
  const dialect = kind === "sqlite" ? sqlite : postgres;
  const runner = bounded(database);
  const unseen = dialect.unseen();

  const pagePlan = (query: PageQuery): Plan => {
    if (query.reached.reach.kind !== "SOME" || leads(query.filter)) return "EXACT";
    const shape = {
      kind,
      reach: query.reached.reach,
      density: densities.of(query.reached),
      isFiltered: query.filter !== null,
      isById: query.order.length === 0,
    };
    return forced ?? planOf(shape);
  };

  return {
    async page(query) {
      if (query.reached.reach.kind === "NOTHING" || query.limit === 0) return [];
      const plan = pagePlan(query);
      const words = query.filter === null && query.order.length === 0 ? unseen : dialect;
      switch (plan) {
        case "EXACT":
          return exactPage(words, runner, query);
        case "DENSE":
          return (await byList(words, runner, query)) ?? byWays(words, runner, query);
        case "SPARSE":
          return byWays(words, runner, query);
      }
    },
    async count(reached, filter) {
      if (reached.reach.kind === "NOTHING") return 0;
      const density = densities.of(reached);
      const statement = countStatement(filter === null ? unseen : dialect, reached, filter, {
        plan: forced ?? countPlanOf({ kind, reach: reached.reach, density }),
        isLarge: forced === undefined ? density !== null : forced !== "EXACT",
        isLed: leads(filter),
      });
      const rows = await runner.$queryRaw<readonly { n: number | bigint }[]>(
        filter === null ? keptCount(statement, reached) : statement,
      );
      return Number(rows[0]?.n ?? 0);
    },
    async find(orgId, ids, keys) {
      const rows = await runner.$queryRaw<readonly FoundRow[]>(kept(findStatement(unseen, orgId, ids, keys)));
      return foundRecords(rows);
    },
    async frequentMatches(rules) {
      if (rules.length === 0) return [];
      return matchShares(await runner.$queryRaw<readonly AmongRow[]>(dialect.matchesAmong(rules, BOUNDS)));
    },
    async ownerCounts(orgId) {
      const rows = await runner.$queryRaw<readonly OwnerCountRow[]>(dialect.ownerCounts(orgId));
      return rows.map(ownerCounts);
    },
  };
}

/** SQLite takes no more parameters in a statement; Postgres takes twice as many. */
const MAX_PARAMETERS = 32_766;

/**
 * Refuses what no database would take: a filter is asked once in every way into a reach, and of a lookup it asks for the
 * reach of the targets in every comparison, so that what it needs is known only when it is spelled out.
 */
function bounded(database: Runner): Runner {
  return {
    $queryRaw: (statement) => {
      const actual = statement.values.length;
      if (actual <= MAX_PARAMETERS) return database.$queryRaw(statement);
      throw new InvalidInput(
        "filter",
        `The filter needs ${actual} parameters in one statement; at most ${MAX_PARAMETERS} are possible.`,
        {
          code: "LIMIT_EXCEEDED",
          requirement: "AP-10",
          details: { limit: { name: "parameters", max: MAX_PARAMETERS, actual } },
        },
      );
    },
  };
}

/** Null where the page is not found like that. */
async function byList(dialect: Dialect, runner: Runner, query: PageQuery) {
  return query.order.length > 0 ? null : densePage(dialect, runner, query);
}

function byWays(dialect: Dialect, runner: Runner, query: PageQuery) {
  return query.order.length === 0 ? sparsePage(dialect, runner, query) : sortedPage(dialect, runner, query);
}

type OwnerCountRow = { readonly moduleId: string; readonly owners: unknown };

function ownerCounts({ moduleId, owners }: OwnerCountRow): OwnerCounts {
  const pairs = typeof owners === "string" ? (JSON.parse(owners) as unknown) : owners;
  return { moduleId: asId(moduleId), owners: pairs as OwnerCounts["owners"] };
}
