import type { Database, DatabaseKind } from "../../src/database/database.ts";
import { schema } from "../../src/graphql/schema.ts";
import { openTestDatabase } from "../database.ts";
import { diceOf } from "../random/dice.ts";
import { digestOf } from "./digest.ts";
import { goodInput, type Input, inputOf } from "./input.ts";
import { type Heard, isAbout, judge, type Named } from "./judge.ts";
import { type Site, sitesOf } from "./site.ts";
import { openWorld, type World } from "./world.ts";

/** How many inputs go by between two looks at the tables, when nothing can have changed them. */
const BATCH = 200;

/** What a run saw. */
export type Count = {
  sent: number;
  refused: number;
  /** Of those that are signed in. */
  sentByUsers: number;
  refusedByUsers: number;
  /** Of those that are bad input, what passes graphql-js and is refused by our own code. */
  refusedByUs: number;
  /** Mutations that were done. */
  done: number;
  worlds: number;
  readonly codes: Map<string, number>;
  /** The fields that were asked. */
  readonly sites: Set<string>;
  readonly failures: string[];
};

function newCount(): Count {
  const none = { sent: 0, refused: 0, sentByUsers: 0, refusedByUsers: 0, refusedByUs: 0, done: 0, worlds: 0 };
  return { ...none, codes: new Map(), sites: new Set(), failures: [] };
}

/** When so many mutations were done in a world, little of what good inputs are about is left of it. */
const WORN = 30;

/** Sends so many inputs, one seed each, to worlds of their own and counts what came of them. */
export async function sendInputs(
  kind: DatabaseKind,
  { firstSeed, inputs }: { readonly firstSeed: number; readonly inputs: number },
): Promise<Count> {
  const count = newCount();
  for (let seed = firstSeed; seed < firstSeed + inputs; )
    seed = await sendToOneWorld(kind, { seed, end: firstSeed + inputs }, count);
  return count;
}

/** Sends inputs to a new world until it is worn. @returns the seed that comes next. */
async function sendToOneWorld(
  kind: DatabaseKind,
  { seed: first, end }: { readonly seed: number; readonly end: number },
  count: Count,
): Promise<number> {
  const { database, close } = await openTestDatabase(kind);
  try {
    const world = await openWorld(database);
    const sites = sitesOf(schema);
    const { jobs } = world.gateway.store;
    await jobs.idle();
    const watch = await watchOver(database);
    const found = (suspect: string, changes: readonly string[]) => {
      if (changes.length > 0) count.failures.push(`${suspect}\n  changed ${changes.join("; ")}`);
    };
    let [seed, done, isLockedOut] = [first, 0, false];
    for (; seed < end && done < WORN && !isLockedOut; seed += 1) {
      const input = await inputOf(sites, world, diceOf(seed));
      const { heard, isRefused, codes } = await send(input, seed, world, count);
      isLockedOut = input.site !== null && input.persona !== null && codes.includes("UNAUTHENTICATED");
      const mayChange = String(input.request.body).includes("mutation");
      if (mayChange && !isRefused) {
        done += 1;
        // What a change leaves to be done later belongs to it.
        await jobs.idle();
        await watch.changes();
      } else if (mayChange) found(shown(input, seed, kind, heard).join("\n  "), await watch.changes());
      else if (seed % BATCH === 0) found(`a query before seed ${seed} on ${kind}`, await watch.changes());
    }
    found(`one of the last queries before seed ${seed} on ${kind}`, await watch.changes());
    count.done += done;
    count.worlds += 1;
    return seed;
  } finally {
    await close();
  }
}

/** Says which tables have changed since it said so last. */
async function watchOver(
  database: Database,
): Promise<{ readonly changes: () => Promise<readonly string[]> }> {
  const digest = await digestOf(database);
  let [mark, known] = [await digest.mark(), await digest.take()];
  return {
    changes: async () => {
      const before = known;
      const present = await digest.mark();
      if (present === mark) return [];
      [mark, known] = [present, await digest.take()];
      return known.filter((line, at) => line !== before[at]);
    },
  };
}

async function send(input: Input, seed: number, world: World, count: Count) {
  const heard = await answerTo(input, world);
  const { isRefused, codes, faults, named } = judge(input, heard);
  count.sent += 1;
  if (input.site !== null) count.sites.add(input.site.name);
  if (isRefused) count.refused += 1;
  if (input.persona !== null) {
    count.sentByUsers += 1;
    if (isRefused) count.refusedByUsers += 1;
  }
  if (named.length > 0) count.refusedByUs += 1;
  for (const code of codes) count.codes.set(code, (count.codes.get(code) ?? 0) + 1);
  const astray = await namedInstead(input, named, world);
  const found = [...faults, ...astray];
  const log = world.log.splice(0);
  if (found.length > 0) {
    const lines = [...shown(input, seed, world.database.kind, heard), found.join("; ")];
    count.failures.push([...lines, ...log.map((line) => line.slice(0, 1_500))].join("\n  "));
  }
  return { heard, isRefused, codes };
}

/**
 * The fields that a refusal names in the place of the bad one, unless something is named without it too: what the
 * inputs before have changed can make good arguments bad.
 */
async function namedInstead(input: Input, named: readonly Named[], world: World): Promise<readonly string[]> {
  const { bad } = input;
  if (bad === null) return [];
  const spot = bad.spot.join(".");
  const others = named.filter((each) => !isAbout(each, spot));
  if (others.length === 0) return [];
  const good: Input = { ...input, request: bad.without };
  const isGood = judge(good, await answerTo(good, world)).named.length === 0;
  return isGood ? others.map(({ field }) => `names ${field}, not ${spot}`) : [];
}

async function answerTo({ persona, request }: Input, { gateway, tokens }: World): Promise<Heard> {
  const { method, path, headers, body } = request;
  const token = persona === null ? undefined : tokens.get(persona);
  const sent = new Request(`http://localhost${path}`, {
    method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    body,
  });
  const response = await gateway.fetch(sent);
  const text = await response.text();
  return { status: response.status, type: response.headers.get("content-type") ?? "", text };
}

function shown(
  { title, persona, request }: Input,
  seed: number,
  kind: DatabaseKind,
  { status, text }: Heard,
) {
  return [
    `seed ${seed} on ${kind}: ${title}, by ${persona ?? "nobody"}`,
    `${request.method} ${request.path.slice(0, 500)} ${JSON.stringify(request.headers).slice(0, 1_000)}`,
    String(request.body).slice(0, 1_500),
    `${status} ${text.slice(0, 800)}`,
  ];
}

/** What good arguments of each field are answered with, by the administrator, where they are called bad. */
export async function refusedWhenGood(kind: DatabaseKind, tries: number): Promise<readonly string[]> {
  const sites = sitesOf(schema);
  const inOrder = ["query", "mutation"].flatMap((operation) =>
    sites.filter((site) => site.operation === operation),
  );
  const together = await refusalsInOneWorld(kind, inOrder, tries);
  const refused: string[] = [];
  for (const site of inOrder) {
    const refusals = together.get(site) ?? [];
    if (site.operation === "query") refused.push(...refusals);
    else if (refusals.length === tries) {
      // What other mutations left behind can make good arguments bad; in a world of their own they are taken.
      const alone = (await refusalsInOneWorld(kind, [site], tries)).get(site) ?? [];
      if (alone.length === tries) refused.push(...alone);
    }
  }
  return refused;
}

async function refusalsInOneWorld(
  kind: DatabaseKind,
  sites: readonly Site[],
  tries: number,
): Promise<ReadonlyMap<Site, readonly string[]>> {
  const { database, close } = await openTestDatabase(kind);
  try {
    const world = await openWorld(database);
    const refused = new Map<Site, readonly string[]>();
    for (const site of sites) refused.set(site, await refusalsOf(site, world, tries));
    return refused;
  } finally {
    await close();
  }
}

async function refusalsOf(site: Site, world: World, tries: number): Promise<readonly string[]> {
  const refusals: string[] = [];
  for (let seed = 1; seed <= tries; seed += 1) {
    const input = goodInput(site, "root@acme.test", world, diceOf(seed));
    const heard = await answerTo(input, world);
    const { codes } = judge(input, heard);
    if (codes.includes("BAD_USER_INPUT"))
      refusals.push(`${site.name}: ${input.request.body}\n  ${heard.text.slice(0, 500)}`);
  }
  return refusals;
}
