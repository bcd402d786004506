import { asId } from "../../../src/kernel/id.ts";
import { toCursor } from "../../../src/store/records/cursor.ts";
import { chanceOf } from "../data-set/chance.ts";
import type { DataSet } from "../data-set/data-set.ts";
import { VIEWER_NAMES, type ViewerName } from "../data-set/viewers.ts";
import type { Answer, Client, Shown } from "./client.ts";

/** A record that a worker made, as it must be now. */
type Own = { readonly id: string; score: number; share: string | null };

/** One of those who load a server: asks, remembers what it saw, and writes what it made itself. */
export type Worker = {
  /** As whom it writes. */
  readonly viewer: ViewerName;
  readonly own: Own[];
  /** Global ids of some roles and users. */
  readonly roles: readonly string[];
  readonly users: readonly string[];
  /** The sharing rule that it made. */
  rule: string | null;
  readonly below: (count: number) => number;
  readonly oneOf: <T>(list: readonly T[]) => T;
  readonly anybody: () => ViewerName;
  /** A cursor at any place of the big module. */
  readonly somewhere: () => string;
  readonly saw: (viewer: ViewerName, records: Shown) => void;
  /** A record that a viewer saw. */
  readonly seen: () => { readonly viewer: ViewerName; readonly id: string } | null;
  readonly ofOwn: () => Own | null;
  readonly ask: Client["ask"];
  /** A mutation of its own viewer. */
  readonly write: (name: string, input: string, given: object, shown?: string) => Promise<Answer>;
  /** A mutation of sharing rules, which the administrator sends. */
  readonly rules: (name: string, input: string, given: object) => Promise<Answer>;
  readonly newRule: () => object;
};

/** Whose records are made: with various reach. */
const WRITERS: readonly ViewerName[] = ["rep", "lead", "regional", "manyrules"];

/** What is remembered of what was seen. */
const REMEMBERED = 200;

export type Known = { readonly roles: readonly string[]; readonly users: readonly string[] };

/** Roles and users that shares, rules and changes of owner name. */
export async function knownTo(client: Client): Promise<Known> {
  const { roles, users } = await client.data(
    "administrator",
    "{ roles(first: 100) { edges { node { id } } } users(first: 100) { edges { node { id } } } }",
  );
  const ids = (list: Shown): string[] => list.edges.map(({ node }: Shown) => node.id);
  return { roles: ids(roles), users: ids(users) };
}

export async function workerOf(
  number: number,
  client: Client,
  known: Known,
  dataSet: DataSet,
): Promise<Worker> {
  const chance = chanceOf(number);
  let drawn = 0;
  let made = 0;
  const below = (count: number): number => {
    drawn += 1;
    return chance.below(count, drawn, 1);
  };
  const oneOf = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)];
    if (found === undefined) throw new Error("there is nothing to choose from");
    return found;
  };
  const seen: { viewer: ViewerName; id: string }[] = [];
  const viewer = WRITERS[number % WRITERS.length] ?? "rep";
  const mutation = (as: ViewerName, name: string, input: string, given: object, shown = "id") =>
    client.ask(as, `mutation ($input: ${input}!) { ${name}(input: $input) { ${shown} } }`, { input: given });
  const me = (await client.data("shareonly", "{ viewer { user { id } } }")).viewer.user.id;
  const own: Own[] = [];
  return {
    viewer,
    own,
    ...known,
    rule: null,
    below,
    oneOf,
    anybody: () => oneOf(VIEWER_NAMES),
    somewhere: () => {
      const id = asId<"Record">(dataSet.places.id(0, below(dataSet.places.count(0))));
      return toCursor([], { values: [], id });
    },
    saw(viewer, records) {
      for (const { node } of records?.edges ?? []) seen.push({ viewer, id: node.id });
      seen.splice(0, seen.length - REMEMBERED);
    },
    seen: () => (seen.length === 0 ? null : oneOf(seen)),
    ofOwn: () => (own.length === 0 ? null : oneOf(own)),
    ask: client.ask,
    write: (name, input, given, shown) =>
      mutation(viewer, name, input, given, shown === undefined ? "id" : `id ${shown}`),
    rules: (name, input, given) => mutation("administrator", name, input, given),
    newRule() {
      made += 1;
      const name = `Rule ${number}-${made}`;
      const target = { user: me };
      const common = { name, module: "deals", level: "READ_ONLY", target };
      // No two workers name the same role, and every third rule has criteria, which are applied in the background.
      if (made % 3 > 0) return { ...common, source: { role: known.roles[number + (made % 2) * 16] } };
      const above = { field: "score", op: "LT", value: 10 * number + 10 };
      return { ...common, criteria: { compare: above } };
    },
  };
}
