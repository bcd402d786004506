import type { Db, Tx } from "../../database/database.ts";
import { untilWon } from "../../database/lost-race.ts";
import { type Fault, isFault, NotFound } from "../../kernel/fault.ts";
import type { Id, OrgId, RecordId } from "../../kernel/id.ts";
import { Unauthenticated } from "../../kernel/unauthenticated.ts";
import { may } from "../../policy/ask/ability.ts";
import { readsLookups } from "../../policy/criteria/lookups.ts";
import type { User } from "../../policy/model/org.ts";
import type { Policy } from "../../policy/model/policy.ts";
import {
  type Judged,
  type JudgingEach,
  MUTATION_NEEDS,
  type MutationName,
  mutationNeed,
  type ShowingToken,
} from "../../policy/rights/needs.ts";
import { whyKeptOut } from "../../policy/rights/sign-in.ts";
import { type About, admit, type RecordPlace } from "./admit.ts";
import { appendAuditEvents } from "./append-audit.ts";
import type { Happening } from "./audit-event.ts";
import { keepOutcome } from "./idempotency.ts";
import type { JobName } from "./jobs/job.ts";
import { judgedRecords } from "./judged.ts";
import { raiseVersion } from "./policy-version.ts";
import { type Store, storeWithin } from "./store.ts";
import { type Viewer, viewerOf } from "./viewer.ts";

/** One open change: the transaction, and the viewer who reads inside it under the version that it has locked. */
export type Writing = { readonly tx: Tx; readonly viewer: Viewer };

/**
 * What a change hands back: plain values and ids, so that a repetition of the request can be answered with the same
 * (AP-05); what happened: one thing, or one for each item that was admitted; and which background work it leaves.
 */
export type Written<Result> = {
  readonly result: Result;
  readonly happened: readonly Happening[];
  readonly wakes?: readonly JobName[];
};

/**
 * One mutation: what it reads, and what it changes. Between the two the door asks the table of needs, so that no command
 * can forget to.
 */
export type Command<Read, Result> = {
  /** What the input names: first its shape, then what is in reach. @throws {InvalidInput} and {NotFound} */
  readonly read: (writing: Writing) => Read | Promise<Read>;
  /** The change, once the viewer was admitted; first whatever its state does not allow. @throws {InvalidInput} */
  readonly change: (writing: Writing, read: Read) => Promise<Written<Result>>;
};

/**
 * The only door to a change on behalf of a viewer: one transaction that locks the policy version first, reads, decides
 * under that very version, changes, raises the version if policy changed, and ends with the audit events (EN-05, SA-20).
 * Then it wakes the background work that the change leaves.
 *
 * Deciding happens inside, so a decision cannot be older than the lock: if the version has moved since the request was
 * read, the newer policy decides, and who may not sign in any more is refused. What is thrown undoes everything.
 *
 * @throws what the command throws, {Forbidden}, and {Unauthenticated} when the viewer is gone by now.
 */
export function write<
  Name extends Exclude<MutationName, JudgingEach<Judged> | ShowingToken>,
  Read extends About<Name>,
  Result,
>(viewer: Viewer, name: Name, { read, change }: Command<Read, Result>): Promise<Result> {
  return within(viewer, name, async (writing) => {
    const about = await read(writing);
    await admit(writing.viewer, name, about);
    return change(writing, about);
  });
}

/** An item of a list that was read, or the fault that refuses it. */
export type Item<Read> = { readonly read: Read } | { readonly fault: Fault };

/**
 * The same door for a list: each item is decided by itself, and those that are refused say why while the others are
 * changed (AP-07).
 */
export function writeEach<Name extends JudgingEach<"EACH_ITEM">, Read extends About<Name>, Result>(
  viewer: Viewer,
  name: Name,
  { read, change }: Command<readonly Item<Read>[], Result>,
): Promise<Result> {
  return within(viewer, name, async (writing) => {
    const items = await read(writing);
    const judged = await Promise.all(
      items.map((item) =>
        "fault" in item ? item : asItem(() => admit(writing.viewer, name, item.read).then(() => item.read)),
      ),
    );
    return change(writing, judged);
  });
}

/** What was read, or the fault it was refused with; a failure stays one. */
export async function asItem<Read>(read: () => Promise<Read>): Promise<Item<Read>> {
  try {
    return { read: await read() };
  } catch (error) {
    if (isFault(error)) return { fault: error };
    throw error;
  }
}

/** Locks records, and gives those on which the viewer may do what the mutation does, in their order. */
export type Admitted = (ids: readonly RecordId[]) => Promise<readonly RecordPlace[]>;

/** The same door for what is only found while changing: of that, `change` touches what `admitted` gives, and no more. */
export function writeAmong<Name extends JudgingEach<"WHAT_IS_FOUND">, Read, Result>(
  viewer: Viewer,
  name: Name,
  {
    read,
    change,
  }: {
    readonly read: Command<Read, Result>["read"];
    readonly change: (writing: Writing, read: Read, admitted: Admitted) => Promise<Written<Result>>;
  },
): Promise<Result> {
  return within(viewer, name, async (writing) => {
    const about = await read(writing);
    return change(writing, about, (ids) => admittedAmong(writing, name, ids));
  });
}

async function admittedAmong(
  { tx, viewer }: Writing,
  name: JudgingEach<"WHAT_IS_FOUND">,
  ids: readonly RecordId[],
): Promise<readonly RecordPlace[]> {
  const { action } = MUTATION_NEEDS[name];
  if (ids.length === 0) return [];
  await viewer.store.database.lockRecords(tx, viewer.orgId, ids);
  const judged = await judgedRecords(viewer).loadMany(ids);
  // A transaction that walks many records keeps none of them in memory.
  judgedRecords(viewer).clearAll();
  return judged.flatMap((each, at) => {
    if (each instanceof Error) throw each;
    const id = ids[at];
    return id && each !== null && may(viewer.ability, action, each) ? [{ id, moduleId: each.moduleId }] : [];
  });
}

/** Whoever asks without a sign-in. */
export type Stranger = Pick<Viewer, "store" | "now" | "request">;

/** What a stranger holds that stands for a sign-in: whose it is. */
export type Held = { readonly orgId: OrgId; readonly userId: Id<"User"> };

/**
 * The same door for who shows a token in the place of a sign-in, and is its holder in this one change: nobody else, not
 * for anything else, and whether or not they may sign in.
 *
 * @param find reads what is held; null when nobody holds it. It is asked before the transaction too, so that guessing
 * keeps nobody from writing.
 * @throws {NotFound} naming the input, when nobody holds it.
 */
export async function writeAsHolder<One extends Held, Result>(
  stranger: Stranger,
  name: ShowingToken,
  field: string,
  {
    find,
    change,
  }: {
    readonly find: (db: Db) => Promise<One | null>;
    readonly change: (writing: Writing, held: One) => Promise<Written<Result>>;
  },
): Promise<Result> {
  const { store } = stranger;
  const known = await find(store.database.reader);
  if (known === null) throw new NotFound(field);
  const opened = async (tx: Tx): Promise<Viewer> => {
    const policy = await lockedPolicy(tx, store, known.orgId, "UPDATE");
    const user = policy.users.get(known.userId);
    if (user === undefined) throw new NotFound(field);
    return viewerOf(storeWithin(store, tx), policy, user, stranger.now, stranger.request);
  };
  return through(store, (tx) =>
    run(tx, name, opened, async (writing) => {
      // Until the lock was ours it may have been used, or another may have taken its place.
      const held = await find(writing.tx);
      if (held === null) throw new NotFound(field);
      return change(writing, held);
    }),
  );
}

type Work<Result> = (writing: Writing) => Promise<Written<Result>>;

function within<Result>(viewer: Viewer, name: MutationName, work: Work<Result>): Promise<Result> {
  const mode = isAlone(viewer, name) ? "UPDATE" : "SHARE";
  return through(viewer.store, (tx) => run(tx, name, () => viewerWithin(tx, viewer, mode), work));
}

async function through<Result>(
  store: Store,
  transaction: (tx: Tx) => Promise<Written<Result>>,
): Promise<Result> {
  const { result, happened, wakes = [] } = await untilWon(() => store.database.write(transaction));
  if (happened.length > 0) store.jobs.wake(wakes);
  return result;
}

async function run<Result>(
  tx: Tx,
  name: MutationName,
  opened: (tx: Tx) => Promise<Viewer>,
  work: Work<Result>,
): Promise<Written<Result>> {
  const { changes } = mutationNeed(name);
  const viewer = await opened(tx);
  const written = await work({ tx, viewer });
  // Where every item was refused, nothing is newer than it was.
  if (changes === "POLICY" && written.happened.length > 0) await raiseVersion(tx, viewer.orgId);
  const { id: requestId, claim, signal } = viewer.request;
  if (claim !== null) await keepOutcome(tx, viewer, claim, written.result);
  const entries = written.happened.map((happening) => ({
    ...happening,
    orgId: viewer.orgId,
    at: viewer.now,
    actorId: viewer.user.id,
    isSupport: viewer.user.license === "SUPPORT",
    requestId,
  }));
  await appendAuditEvents(viewer.store.database, tx, viewer.orgId, entries);
  // The caller has been told that the operation was stopped: then nothing of it may happen.
  signal?.throwIfAborted();
  return written;
}

/**
 * Whether nobody else may write meanwhile. A change of policy is alone (EN-05), and so is a deletion where rules read what
 * points to records: it goes from a target to what points to it, and who writes that goes the other way, so that each
 * would wait for the other; and so is what is counted.
 */
function isAlone({ policy }: Viewer, name: MutationName): boolean {
  const { changes, deletesRecords, countsBegun } = mutationNeed(name);
  return changes === "POLICY" || countsBegun === true || (deletesRecords === true && readsLookups(policy));
}

/** The viewer under the version of now, which stays locked, reading what the transaction reads. */
async function viewerWithin(tx: Tx, asking: Viewer, mode: "SHARE" | "UPDATE"): Promise<Viewer> {
  const { store, orgId, now, request } = asking;
  const policy = await lockedPolicy(tx, store, orgId, mode, asking.policy);
  const user = userNow(policy, asking.user.id, now);
  return viewerOf(storeWithin(store, tx), policy, user, now, request);
}

/** The policy of now, which stays locked; `known` is taken if it is that very version. */
async function lockedPolicy(
  tx: Tx,
  store: Store,
  orgId: OrgId,
  mode: "SHARE" | "UPDATE",
  known: Policy | null = null,
): Promise<Policy> {
  const version = await store.database.lockVersion(tx, orgId, mode);
  if (version === null) throw new Unauthenticated("UNKNOWN_ORGANIZATION");
  const policy = version === known?.org.version ? known : await store.policies.within(tx, orgId, version);
  if (policy === null) throw new Unauthenticated("UNKNOWN_ORGANIZATION");
  return policy;
}

/** Whether somebody may not come in under a policy at the instant. */
export function isKeptOut(policy: Policy, user: User, now: number): boolean {
  return whyKeptOut(policy, user, now) !== null;
}

/** The user of a request that began under an older policy. @throws {Unauthenticated} when it may not come in now. */
export function userNow(policy: Policy, id: Id<"User">, now: number) {
  const user = policy.users.get(id);
  if (user === undefined) throw new Unauthenticated("NOT_ACTIVE");
  const refusal = whyKeptOut(policy, user, now);
  if (refusal === null) return user;
  throw new Unauthenticated(refusal, refusal === "NO_SUPPORT_GRANT" ? "SA-13" : undefined);
}
