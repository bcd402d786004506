import type { Tx } from "../../database/database.ts";
import { untilWon } from "../../database/lost-race.ts";
import type { Id } from "../../kernel/id.ts";
import { Unauthenticated } from "../../kernel/unauthenticated.ts";
import type { Policy } from "../../policy/model/policy.ts";
import { type MutationName, mutationNeed } from "../../policy/rights/needs.ts";
import { liveSupportGrant } from "../../policy/rights/support-window.ts";
import { type AuditEntry, appendAuditEvents } from "./append-audit.ts";
import { keepOutcome } from "./idempotency.ts";
import { raiseVersion } from "./policy-version.ts";
import { storeWithin } from "./store.ts";
import { type Viewer, viewerOf } from "./viewer.ts";

/** One open change: the transaction, and the viewer who reads inside it under the version that it has locked. */
export type Writing = { readonly tx: Tx; readonly viewer: Viewer };

/** One thing that happened; when, by whom and in which request is added where it is written. */
export type Happening = Pick<AuditEntry, "action" | "target" | "before" | "after">;

/**
 * What a command hands back: plain values and ids, so that a repetition of the request can be answered with the same
 * (AP-05), and what happened: one thing, or in a mass change one for each item that was admitted.
 */
export type Written<Result> = { readonly result: Result; readonly happened: readonly Happening[] };

export type Command<Result> = (writing: Writing) => Promise<Written<Result>>;

/**
 * The only door to a change on behalf of a viewer: one transaction that locks the policy version first, decides under
 * that very version, changes, raises the version if policy changed, and ends with the audit events (EN-05, SA-20).
 *
 * Deciding happens inside, so a decision cannot be older than the lock: if the version has moved since the request was
 * read, the newer policy decides, and who may not sign in any more is refused. What a command throws undoes everything.
 *
 * @throws what the command throws, and {Unauthenticated} when the viewer is gone by now.
 */
export function write<Result>(viewer: Viewer, name: MutationName, command: Command<Result>): Promise<Result> {
  return untilWon(() => viewer.store.database.write((tx) => run(tx, viewer, name, command)));
}

async function run<Result>(
  tx: Tx,
  asking: Viewer,
  name: MutationName,
  command: Command<Result>,
): Promise<Result> {
  const { changes } = mutationNeed(name);
  const viewer = await viewerWithin(tx, asking, changes === "POLICY" ? "UPDATE" : "SHARE");
  const { result, happened } = await command({ tx, viewer });
  if (changes === "POLICY") await raiseVersion(tx, viewer.orgId);
  const { id: requestId, claim, signal } = viewer.request;
  if (claim !== null) await keepOutcome(tx, viewer, claim, result);
  const entries = happened.map((happening) => ({
    ...happening,
    orgId: viewer.orgId,
    at: viewer.now,
    actorId: viewer.user.id,
    isSupport: viewer.user.license === "SUPPORT",
    requestId,
  }));
  await appendAuditEvents(tx, viewer.orgId, entries);
  // The caller has been told that the operation was stopped: then nothing of it may happen.
  signal?.throwIfAborted();
  return result;
}

/** The viewer under the version of now, which stays locked, reading what the transaction reads. */
async function viewerWithin(tx: Tx, asking: Viewer, mode: "SHARE" | "UPDATE"): Promise<Viewer> {
  const { store, orgId, now, request } = asking;
  const version = await store.database.lockVersion(tx, orgId, mode);
  if (version === null) throw new Unauthenticated("UNKNOWN_ORGANIZATION");
  const policy =
    version === asking.policy.org.version ? asking.policy : await store.policies.within(tx, orgId, version);
  if (policy === null) throw new Unauthenticated("UNKNOWN_ORGANIZATION");
  const user = userNow(policy, asking.user.id, now);
  return viewerOf(storeWithin(store, tx), policy, user, now, request);
}

/** The user of a request that began under an older policy. @throws {Unauthenticated} when it may not come in now. */
export function userNow(policy: Policy, id: Id<"User">, now: number) {
  const user = policy.users.get(id);
  if (user?.status !== "ACTIVE") throw new Unauthenticated("NOT_ACTIVE");
  if (user.license === "SUPPORT" && !liveSupportGrant(policy, user, now))
    throw new Unauthenticated("NO_SUPPORT_GRANT", "SA-13");
  return user;
}
