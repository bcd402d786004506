import { expect } from "vitest";
import type { RecordId } from "../../src/kernel/id.ts";
import { explain } from "../../src/policy/ask/explain.ts";
import type { Org } from "../../src/policy/model/org.ts";
import { judgedRecords } from "../../src/store/core/judged.ts";
import { readOrg } from "../../src/store/core/snapshot/snapshot.ts";
import { reachedBy, viewerOf } from "../../src/store/core/viewer.ts";
import { accessTo } from "../../src/store/records/find.ts";
import { reachedKeys } from "../../src/store/records/reached.ts";
import { CAPABILITIES } from "../oracle/capabilities.ts";
import { ACTIONS, type Action } from "../oracle/file.ts";
import { holds, reachable } from "../oracle/oracle.ts";
import { addressOf, type Facts, peopleOf, recordId, type UserRow } from "./facts.ts";
import { type Instance, ORG, type Shown } from "./instance.ts";

const FLAGS: Readonly<Record<Action, string>> = {
  READ: "read",
  UPDATE: "update",
  DELETE: "delete",
  SHARE: "share",
  CHANGE_OWNER: "changeOwner",
};

/** At most as many ids as one `nodes` takes; there are never twice as many records. */
const BATCH = 100;

/**
 * Holds an instance against the oracle for everybody, every module and every action: list = checks = count = oracle
 * (EN-01, SH-11). Lists of records, counts, `nodes` and flags as GraphQL gives them, checks of what is not readable too
 * as the store does; at every turn another person's lists and counts of all actions, and explanations of one.
 */
export async function compare(instance: Instance, facts: Facts, turn: number, place: string): Promise<void> {
  const turned = ACTIONS[turn % ACTIONS.length] ?? "READ";
  await compareSnapshot(instance, place);
  const people = peopleOf(facts);
  await Promise.all(
    people.map(async (email, at) => {
      const oracle = oracleOf(facts, email);
      await compareAnswers(instance, facts, email, oracle, place);
      const explained = at === turn % people.length ? turned : null;
      await compareStore(instance, facts, email, { oracle, explained, place });
    }),
  );
}

/** What an instance knows after many versions, each read as far as something moved, is what it would read anew (EN-05). */
async function compareSnapshot({ store }: Instance, place: string): Promise<void> {
  const kept = await store.policies.get(ORG);
  if (kept === null) throw new Error(place);
  const anew = await store.database.snapshot((tx) => readOrg(tx, kept.org.id));
  expect(withoutOrder(kept.org), place).toEqual(withoutOrder(anew));
}

function withoutOrder(org: Org | null): unknown {
  const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return Object.entries(org ?? {}).map(([part, rows]) => [
    part,
    Array.isArray(rows) ? rows.toSorted(byText) : rows,
  ]);
}

/** Which records of which module a user has an action on: their ids, sorted. */
type Oracle = (moduleKey: string, action: Action) => readonly string[];

function oracleOf({ rows, file, now }: Facts, email: string): Oracle {
  const known = new Map<string, readonly string[]>();
  return (moduleKey, action) => {
    const asked = `${moduleKey} ${action}`;
    const before = known.get(asked);
    if (before !== undefined) return before;
    const keys = reachable(file, email, moduleKey, action, now);
    const moduleId = rows.modules.find(({ key }) => key === moduleKey)?.id;
    const found = rows.records.filter((record) => record.moduleId === moduleId && keys.has(record.key));
    const ids = found.map(({ id }) => id).sort();
    known.set(asked, ids);
    return ids;
  };
}

const ACCESS = `id access { ${Object.values(FLAGS).join(" ")} }`;

/** The same text for as many modules, so that it is parsed and checked once. */
function documentFor(modules: number): string {
  const each = Array.from({ length: modules }, (_, at) => at);
  return `query ($n0: [ID!]!, $n1: [ID!]!${each.map((at) => `, $m${at}: String!`).join("")}) {
    viewer { capabilities }
    n0: nodes(ids: $n0) { ...on Record { ${ACCESS} } }
    n1: nodes(ids: $n1) { ...on Record { ${ACCESS} } }
    ${each.map((at) => `m${at}: records(module: $m${at}, first: 100) { totalCount totalIsLowerBound edges { node { ${ACCESS} } } }`).join("\n    ")}
  }`;
}

async function compareAnswers(
  { ask }: Instance,
  { rows, file, now }: Facts,
  email: string,
  oracle: Oracle,
  place: string,
): Promise<void> {
  const ids = rows.records.map(recordId);
  const batches = [ids.slice(0, BATCH), ids.slice(BATCH)];
  const answer = await ask(email, documentFor(rows.modules.length), {
    n0: batches[0],
    n1: batches[1],
    ...Object.fromEntries(rows.modules.map(({ key }, at) => [`m${at}`, key])),
  });
  const who = `${place}: ${email}`;
  if (answer.errors?.every(({ extensions }) => extensions.code === "UNAUTHENTICATED")) {
    const reached = rows.modules.flatMap(({ key }) => ACTIONS.flatMap((action) => oracle(key, action)));
    same(reached, [], `${who}: may not sign in, and reaches nothing`);
    return;
  }
  if (answer.errors !== undefined || answer.data == null)
    throw new Error(`${who}: ${JSON.stringify(answer.errors)}`);
  const { data } = answer;
  const held = CAPABILITIES.filter((capability) => holds(file, email, capability, now)).sort();
  same([...data["viewer"].capabilities].sort(), held, `${who}: capabilities`);

  const found: Shown[] = batches.flatMap((_, at) => data[`n${at}`]);
  for (const [at, module] of rows.modules.entries()) {
    const list = data[`m${at}`];
    const listed: Shown[] = list.edges.map(({ node }: Shown) => node);
    const inModule = new Set(rows.records.filter(({ moduleId }) => moduleId === module.id).map(recordId));
    const checked = found.filter((node) => node !== null && inModule.has(node.id));
    same(list.totalIsLowerBound, false, `${who} ${module.key}: an exact count`);
    same(list.totalCount, oracle(module.key, "READ").length, `${who} ${module.key}: count`);
    for (const action of ACTIONS) {
      const expected = oracle(module.key, action)
        .map((id) => recordId({ id }))
        .sort();
      const having = (nodes: Shown[]) =>
        nodes
          .filter((node) => node.access[FLAGS[action]])
          .map((node) => node.id)
          .sort();
      same(having(listed), expected, `${who} ${action} ${module.key}: list`);
      same(having(checked), expected, `${who} ${action} ${module.key}: nodes`);
    }
    same(
      listed.map(({ id }) => id).sort(),
      checked.map(({ id }) => id).sort(),
      `${who} ${module.key}: list and nodes`,
    );
  }
}

type Asked = {
  readonly oracle: Oracle;
  /** The action that is explained when it is this person's turn; null when it is not. */
  readonly explained: Action | null;
  readonly place: string;
};

/** The same below GraphQL, where what is not readable is judged too. */
async function compareStore(
  { store }: Instance,
  { rows, now }: Facts,
  email: string,
  { oracle, explained, place }: Asked,
): Promise<void> {
  const policy = await store.policies.get(ORG);
  const row = rows.users.find((each) => addressOf(each) === email) as UserRow;
  const user = policy?.org.users.find(({ id }) => id === row.id);
  if (!policy || !user) throw new Error(`${place}: ${email} is not in the policy`);
  const viewer = viewerOf(store, policy, user, now);
  const ids = rows.records.map(({ id }) => id as RecordId);
  const judged = await Promise.all(ids.map((id) => judgedRecords(viewer).load(id)));
  const flags = await Promise.all(ids.map((id) => accessTo(viewer, id)));
  for (const module of policy.org.modules) {
    const isHere = rows.records.map(({ moduleId }) => moduleId === module.id);
    const having = (test: (at: number) => boolean) => ids.filter((_, at) => isHere[at] && test(at)).sort();
    for (const each of ACTIONS)
      same(
        having((at) => flags[at]?.[each] === true),
        oracle(module.key, each),
        `${place}: ${email} ${each} ${module.key}: check`,
      );
    if (explained === null) continue;
    for (const each of ACTIONS) {
      const where = `${place}: ${email} ${each} ${module.key}`;
      const listed = await reachedKeys(store, policy.org.id, module, { viewer, action: each });
      same([...listed.keys()].sort(), oracle(module.key, each), `${where}: list of the store`);
      const total = await store.queries.count(reachedBy(viewer, module, each), null);
      same(total, oracle(module.key, each).length, `${where}: count of the store`);
    }
    const allowed = having((at) => {
      const record = judged[at];
      return record != null && explain(policy, user, explained, { judged: record, name: "" }, now).allowed;
    });
    same(
      allowed,
      oracle(module.key, explained),
      `${place}: ${email} ${explained} ${module.key}: explanation`,
    );
  }
}

/** Many thousands of comparisons: only those that fail are worth a report. */
function same(is: unknown, wanted: unknown, place: string): void {
  if (JSON.stringify(is) !== JSON.stringify(wanted)) expect(is, place).toEqual(wanted);
}
