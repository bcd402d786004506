import type { RecordId } from "../kernel/id.ts";
import type { Instant } from "../kernel/instant.ts";
import { compareText } from "../kernel/text.ts";
import type { Action, Module } from "../policy/model/org.ts";
import type { Policy } from "../policy/model/policy.ts";
import { capabilitiesOf } from "../policy/rights/holding.ts";
import { type Viewer, viewerOf } from "../store/core/viewer.ts";
import { accessTo } from "../store/records/find.ts";
import { reachedKeys } from "../store/records/reached.ts";
import { type AccessExplanation, explainTo } from "../store/sharing/explain.ts";
import type { Store } from "../store/store.ts";
import type { ExpectedAccess, ExpectedCapabilities, FileExpectations } from "./sections/expectations.ts";

/** One expectation that the organisation does not meet, in one line and, for records, why it is as it is. */
export type Failure = { readonly title: string; readonly why: readonly string[] };

/** The outcome of one expectation: what was asked, and the failures. */
export type Outcome = { readonly title: string; readonly failures: readonly Failure[] };

/**
 * Asks the engine everything that a file expects, at the file's instant: what is not listed must be refused.
 *
 * Each set is asked as a list and record by record; both must be what is expected (EN-01).
 */
export async function checkExpectations(
  store: Store,
  policy: Policy,
  expect: FileExpectations,
  now: Instant,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const row of expect.access) outcomes.push(await checkAccess(store, policy, row, now));
  for (const row of expect.capabilities) outcomes.push(checkCapabilities(policy, row, now));
  return outcomes;
}

async function checkAccess(
  store: Store,
  policy: Policy,
  row: ExpectedAccess,
  now: Instant,
): Promise<Outcome> {
  const title = `${row.user} in ${row.module}`;
  const user = policy.usersByEmail.get(row.user);
  const module = policy.modulesByKey.get(row.module);
  if (!user || !module) return { title, failures: [{ title: `${title}: no such user or module`, why: [] }] };
  const viewer = viewerOf(store, policy, user, now);
  const keys = await reachedKeys(store, policy.org.id, module);
  // Asked in one turn, so that the checks of all records are one statement.
  const accesses = await Promise.all(
    [...keys.keys()].map(async (id) => [id, await accessTo(viewer, id)] as const),
  );
  const checked = new Map(accesses);
  const failures: Failure[] = [];
  for (const [action, expected] of row.records) {
    failures.push(...(await checkAction({ viewer, module, keys, checked }, action, expected)));
  }
  return { title, failures };
}

type Asked = {
  readonly viewer: Viewer;
  readonly module: Module;
  readonly keys: ReadonlyMap<RecordId, string>;
  readonly checked: ReadonlyMap<RecordId, Readonly<Record<Action, boolean>>>;
};

async function checkAction(
  asked: Asked,
  action: Action,
  expected: readonly string[],
): Promise<readonly Failure[]> {
  const { viewer, module } = asked;
  const listed = await reachedKeys(viewer.store, viewer.orgId, module, { viewer, action });
  const wanted = new Set(expected);
  const failures: Failure[] = [];
  for (const [id, key] of asked.keys) {
    const isListed = listed.has(id);
    const isAllowed = asked.checked.get(id)?.[action] ?? false;
    const isExpected = wanted.has(key);
    if (isListed === isExpected && isAllowed === isExpected) continue;
    const said =
      isListed === isAllowed
        ? verdict(isListed)
        : `${verdict(isListed)} in the list and ${verdict(isAllowed)} in the check`;
    const title = `${viewer.user.email ?? viewer.user.name} ${action} ${module.key}/${key}: expected ${verdict(isExpected)}, is ${said}`;
    failures.push({ title, why: whyLines(await explainTo(viewer, id, key, action)) });
  }
  return failures.sort((a, b) => compareText(a.title, b.title));
}

function verdict(isAllowed: boolean): string {
  return isAllowed ? "allowed" : "refused";
}

function whyLines(explanation: AccessExplanation | null): readonly string[] {
  if (explanation === null) return [];
  const { paths, refusals, absences } = explanation;
  return [
    ...refusals.map((refusal) => `gate ${refusal.gate}: ${refusal.sentence}`),
    ...paths.map((path) => `path ${path.kind}: ${path.sentence}`),
    ...absences.map((absence) => `no ${absence.kind}: ${absence.sentence}`),
  ];
}

function checkCapabilities(policy: Policy, row: ExpectedCapabilities, now: Instant): Outcome {
  const title = `${row.user}'s capabilities`;
  const user = policy.usersByEmail.get(row.user);
  if (!user) return { title, failures: [{ title: `${title}: no such user`, why: [] }] };
  const held = capabilitiesOf(policy, user, now);
  const missing = row.allowed.filter((capability) => !held.has(capability));
  const surplus = row.denied.filter((capability) => held.has(capability));
  return {
    title,
    failures: [
      ...missing.map((capability) => ({
        title: `${row.user} ${capability}: expected allowed, is refused`,
        why: [],
      })),
      ...surplus.map((capability) => ({
        title: `${row.user} ${capability}: expected refused, is allowed`,
        why: [],
      })),
    ],
  };
}
