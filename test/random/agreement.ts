import { expect } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { applyOrganization } from "../../src/file/apply.ts";
import { parseOrganizationFile } from "../../src/file/parse.ts";
import type { RecordId } from "../../src/kernel/id.ts";
import { explain } from "../../src/policy/ask/explain.ts";
import { CAPABILITIES } from "../../src/policy/capability.ts";
import { ACTIONS, type Action, type Module } from "../../src/policy/model/org.ts";
import { capabilitiesOf } from "../../src/policy/rights/holding.ts";
import { judgedRecords } from "../../src/store/core/judged.ts";
import { reachedBy, type Viewer, viewerOf } from "../../src/store/core/viewer.ts";
import type { Plan } from "../../src/store/reach/plan/plan.ts";
import { accessTo } from "../../src/store/records/find.ts";
import { listRecords } from "../../src/store/records/list.ts";
import { reachedKeys } from "../../src/store/records/reached.ts";
import { type Store, storeByPlan, storeOver } from "../../src/store/store.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { holds, reachable } from "../oracle/oracle.ts";
import { instantOf, interesting, randomOrganization, viewersOf } from "./organization.ts";

/**
 * When a world is looked at, in milliseconds after its own instant: what expires does so then, a moment later, a day
 * later, or long before or after.
 */
const LATER_MS = [0, 1, 24 * 60 * 60 * 1000];

/** The plans take turns: all of them give the same rows (EN-20). */
const PLANS: readonly Plan[] = ["EXACT", "DENSE", "SPARSE"];

/** Page sizes that are walked in turn; prime to the sizes of most lists. */
const PAGE_SIZES = [1, 5, 16, 53];

/**
 * Holds the engine against the oracle in one random organisation, for everyone, every module, record and action:
 * list = check = count = explanation = oracle, and pages joined = list (EN-01, AP-01, EN-10).
 *
 * Organisations share a database, so that nothing of another one may come in (EN-11).
 *
 * @returns how many decisions were compared: whether one person may do one thing with one record at one instant. None
 *   in a world that does not count, as nearly everything or nothing is allowed in it.
 */
export async function agreeInWorld(database: Database, seed: number): Promise<number> {
  const world = randomOrganization(seed);
  if (!interesting(world)) return 0;
  world.organization.key = `world-${seed}`;
  const begin = instantOf(world);
  const file = parseOrganizationFile(JSON.stringify(world), `seed ${seed}`);
  await applyOrganization(database, file, { now: begin });
  await leavePathsBehind(database, world.organization.key, seed);
  const store = storeOver(database, { now: () => begin });
  const lists = everyKey(store, world.organization.key);
  let decisions = 0;
  for (const [turn, laterMs] of LATER_MS.entries()) {
    const inWorld = { store, world, seed, now: begin + laterMs, lists };
    for (const [at, email] of viewersOf(world).entries())
      decisions += await agreeForViewer(inWorld, email, seed + turn + at);
  }
  return decisions;
}

/**
 * Every third of the people has changed their role just now: of their records every other one stands under another role
 * yet, which lists must not notice (SH-23).
 */
async function leavePathsBehind(database: Database, key: string, seed: number): Promise<void> {
  await database.write(async (tx) => {
    const { id: orgId } = await tx.organization.update({
      where: { key },
      data: { version: { increment: 1 } },
    });
    const roles = await tx.role.findMany({ where: { orgId }, orderBy: { key: "asc" } });
    const moving = { orgId, seq: { in: Array.from({ length: 100 }, (_, at) => 3 * at + (seed % 3)) } };
    await tx.user.updateMany({ where: moving, data: { isPathBehind: true } });
    const owned = await tx.record.findMany({ where: { orgId, owner: { isPathBehind: true } } });
    for (const [at, { id }] of owned.entries())
      if (at % 2 === 0)
        await tx.record.update({
          where: { orgId_id: { orgId, id } },
          data: { ownerRoleId: at % 4 === 0 ? null : (roles[at % roles.length]?.id ?? null) },
        });
  });
}

type InWorld = {
  readonly store: Store;
  readonly world: OrganizationFile;
  readonly seed: number;
  readonly now: number;
  /** Every record of a module, whoever may see it, by id with its key. */
  readonly lists: (module: Module) => Promise<ReadonlyMap<RecordId, string>>;
};

function everyKey(store: Store, orgKey: string): InWorld["lists"] {
  const known = new Map<Module["id"], ReadonlyMap<RecordId, string>>();
  return async (module) => {
    const policy = await store.policies.get(orgKey);
    const keys =
      known.get(module.id) ?? (policy ? await reachedKeys(store, policy.org.id, module) : new Map());
    known.set(module.id, keys);
    return keys;
  };
}

async function agreeForViewer(
  { store, world, seed, now, lists }: InWorld,
  email: string,
  turn: number,
): Promise<number> {
  const policy = await store.policies.get(world.organization.key);
  const user = policy?.usersByEmail.get(email.toLowerCase());
  if (!policy || !user) throw new Error(`seed ${seed}: ${email} is not there after the import`);
  const viewer = viewerOf(store, policy, user, now);
  const planned = storeByPlan(store, PLANS[turn % PLANS.length] ?? "EXACT");
  const held = capabilitiesOf(policy, user, now);
  const expected = CAPABILITIES.filter((capability) => holds(world, email, capability, now));
  const of = `seed ${seed} at ${new Date(now).toISOString()}: ${email}`;
  same([...held], expected, `${of} has the capabilities`);

  let decisions = 0;
  for (const [at, module] of policy.org.modules.entries()) {
    const keys = await lists(module);
    decisions += keys.size * ACTIONS.length;
    const checks = await Promise.all(
      [...keys.keys()].map(async (id) => [id, await accessTo(viewer, id)] as const),
    );
    for (const action of ACTIONS) {
      const place = `${of} ${action} ${module.key}`;
      const oracle = [...reachable(world, email, module.key, action, now)].sort();
      const listed = [
        ...(await reachedKeys(planned, policy.org.id, module, { viewer, action })).values(),
      ].sort();
      const checked = checks.filter(([, access]) => access[action]).map(([id]) => keys.get(id) ?? "");
      same(listed, oracle, `${place}: list`);
      same(checked.sort(), oracle, `${place}: check`);
      // Explanations and counts take turns: over all worlds every kind of question is asked of every action.
      if (action !== ACTIONS[(turn + at) % ACTIONS.length]) continue;
      same(await explainedAs(viewer, keys, action), oracle, `${place}: explanation`);
      same(
        await planned.queries.count(reachedBy(viewer, module, action), null),
        oracle.length,
        `${place}: count`,
      );
    }
  }
  const walked = policy.org.modules[turn % policy.org.modules.length];
  if (walked)
    await pagesJoin(
      viewer,
      viewerOf(planned, policy, user, now),
      walked,
      PAGE_SIZES[turn % PAGE_SIZES.length] ?? 1,
      `${of} ${walked.key}`,
    );
  return decisions;
}

async function explainedAs(
  viewer: Viewer,
  keys: ReadonlyMap<RecordId, string>,
  action: Action,
): Promise<string[]> {
  const allowed: string[] = [];
  for (const [id, key] of keys) {
    const judged = await judgedRecords(viewer).load(id);
    if (judged === null) throw new Error(`the record ${key} is gone`);
    const {
      allowed: isAllowed,
      paths,
      refusals,
      absences,
    } = explain(viewer.policy, viewer.user, action, { judged, name: key }, viewer.now);
    same(
      isAllowed,
      refusals.length === 0 && paths.length > 0,
      `explanation of ${key}: allowed by a path behind open gates`,
    );
    same(
      isAllowed || refusals.length + absences.length > 0,
      true,
      `explanation of ${key}: a refusal says why`,
    );
    if (isAllowed) allowed.push(key);
  }
  return allowed.sort();
}

/** @param planned the same viewer, whose pages are found by one of the plans. */
async function pagesJoin(
  viewer: Viewer,
  planned: Viewer,
  module: Module,
  first: number,
  place: string,
): Promise<void> {
  const whole = await listRecords(viewer, module, { first: 100 });
  const joined: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await listRecords(planned, module, { first, after });
    joined.push(...page.edges.map(({ node }) => node.id));
    after = page.edges.at(-1)?.cursor ?? null;
    const hasNext = await page.hasNextPage();
    same(page.edges.length === first || !hasNext, true, `${place}: a page of ${first} is full or the last`);
    if (!hasNext) break;
  }
  same(
    joined,
    whole.edges.map(({ node }) => node.id),
    `${place}: pages of ${first} joined`,
  );
  same(await whole.totalCount(), joined.length, `${place}: total`);
  const fromEnd = await listRecords(planned, module, { last: first });
  same(
    fromEnd.edges.map(({ node }) => node.id),
    joined.slice(-first),
    `${place}: the last ${first}`,
  );
}

/** Millions of comparisons: only those that fail are worth a report. */
function same(is: unknown, wanted: unknown, place: string): void {
  if (JSON.stringify(is) !== JSON.stringify(wanted)) expect(is, place).toEqual(wanted);
}
