import type { OrganizationFile } from "../oracle/file.ts";
import type { Order } from "./comparisons.ts";
import type { Answer, Question } from "./gateway.ts";
import { forget, type Parted, partedFor, type Row, rowsOf } from "./hidden.ts";
import { ROOT } from "./organization.ts";
import type { Origin, World } from "./worlds.ts";

/** Two worlds that differ in nothing but what one person does not reach. */
export type Pair = {
  /** With the hidden records. */
  readonly full: World;
  /** Without them; those that lookups point to are there in disguise. */
  readonly bare: World;
  readonly parted: Parted;
  /** The disguised, as they are in the bare world. */
  readonly disguised: readonly Row[];
};

/** @param full a copy of the origin, whose records nobody has changed yet. */
export async function pairFor(
  origin: Origin,
  full: World,
  file: OrganizationFile,
  who: string | null,
): Promise<Pair> {
  const parted = partedFor(file, who, await rowsOf(full.database));
  const bare = await origin.copy();
  await forget(bare.database, parted);
  const kept = new Set(parted.linked.map(({ id }) => id));
  const disguised = (await rowsOf(bare.database)).filter(({ id }) => kept.has(id));
  // Policies are compiled now, so that every statement that follows is the question's own.
  for (const world of [full, bare])
    await world.ask(ROOT, { query: "{ viewer { isSupport } }", variables: {} });
  return { full, bare, parted, disguised };
}

/** Both answers to one question. */
export async function askBoth(
  { full, bare }: Pick<Pair, "full" | "bare">,
  who: string | null,
  question: Question,
): Promise<Both> {
  const [inFull, inBare] = await Promise.all([full.ask(who, question), bare.ask(who, question)]);
  return { inFull, inBare };
}

export type Both = { readonly inFull: Answer; readonly inBare: Answer };

/** What status or answer tell the worlds apart by; null when they are the same to the byte. */
export function difference({ inFull, inBare }: Both): string | null {
  if (inFull.status !== inBare.status) return `the status: ${inFull.status} and ${inBare.status}`;
  return inFull.body === inBare.body ? null : `the answer:\n${inFull.body}\n${inBare.body}`;
}

/** How often a question is asked again before the number of its statements is said to differ. */
const ATTEMPTS = 4;

/**
 * What the number of statements tells the worlds apart by; null when the fewest are the same. What is loaded at the same
 * time may be read by one statement or by two, as the clock will have it, so a difference counts when it stays.
 */
export async function differenceInStatements(
  pair: Pick<Pair, "full" | "bare">,
  who: string | null,
  question: Question,
  first: Both,
): Promise<string | null> {
  let { inFull, inBare } = first;
  for (let left = ATTEMPTS; inFull.statements.length !== inBare.statements.length; left -= 1) {
    if (left === 0)
      return `the statements:\n${inFull.statements.join("\n")}\n\n${inBare.statements.join("\n")}`;
    const again = await askBoth(pair, who, question);
    inFull = fewer(inFull, again.inFull);
    inBare = fewer(inBare, again.inBare);
  }
  return null;
}

function fewer(one: Answer, other: Answer): Answer {
  return one.statements.length <= other.statements.length ? one : other;
}

/** Cursors that were asked for already, by module and order. */
export type KnownCursors = Map<string, Promise<readonly string[]>>;

/**
 * Cursors of every record of a module in an order, made by a person who sees everything: in the full world, which is
 * one for all, and for plain orders in the bare world too.
 */
export function cursorsFrom(
  { full, bare }: Pair,
  inFull: KnownCursors,
): (module: string, order: readonly Order[]) => Promise<readonly string[]> {
  const inBare: KnownCursors = new Map();
  return async (module, order) => {
    const some = await cursorsIn(full, inFull, module, order);
    return order.length > 1 ? some : [...some, ...(await cursorsIn(bare, inBare, module, order))];
  };
}

function cursorsIn(
  world: World,
  known: KnownCursors,
  module: string,
  orderBy: readonly Order[],
): Promise<readonly string[]> {
  const key = JSON.stringify([module, orderBy]);
  const cursors = known.get(key) ?? readCursors(world, module, orderBy);
  known.set(key, cursors);
  return cursors;
}

async function readCursors(
  world: World,
  module: string,
  orderBy: readonly Order[],
): Promise<readonly string[]> {
  const query = `query Cursors($module: String!, $orderBy: [RecordOrder!]) {
    records(module: $module, orderBy: $orderBy, first: 100) { edges { cursor } } }`;
  const { body } = await world.ask(ROOT, { query, variables: { module, orderBy } });
  return stringsUnder(JSON.parse(body), "cursor");
}

/** Cursors of lists that hold no records. */
export async function otherCursors({ full }: Pair): Promise<readonly string[]> {
  const page = "{ edges { cursor } }";
  const query = `{ users(filter: ALL, first: 100) ${page} roles ${page} groups ${page} modules ${page} profiles ${page}
    sharingRules ${page} records(module: "leads") { edges { cursor node { shares ${page} } } } }`;
  const { body } = await full.ask(ROOT, { query, variables: {} });
  return stringsUnder(JSON.parse(body), "cursor");
}

/** Every text under that key, wherever it is. */
export function stringsUnder(value: unknown, key: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === key && typeof inner === "string" ? [inner] : stringsUnder(inner, key),
  );
}
