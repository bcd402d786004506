import type { Db, Tx } from "../../database/database.ts";
import { few, oneOf } from "../../database/parts.ts";
import { asId, type OrgId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { ruleOfKey } from "../../policy/model/grant-key.ts";
import { keepsMatches } from "../../policy/rights/rule-life.ts";
import type { Job, Run, Workplace } from "../core/jobs/job.ts";
import { deleteMatches } from "../reach/rows/matches.ts";

/**
 * Sweeps matches that admit nothing any more (SH-37). Nobody wakes it for rules that expire by themselves: it looks for
 * them every ten minutes.
 */
export const sweepMatches: Job = {
  name: "SWEEP_DEAD_MATCHES",
  lane: "DATABASE",
  run: sweepAll,
  everyMs: 10 * 60 * 1_000,
};

async function sweepAll(run: Run): Promise<void> {
  for await (const dead of deadKeys(run)) {
    for (let hasMore = true; hasMore; ) {
      if (run.isOver()) return;
      hasMore = await run.pace.write(run.database, (tx, size) => sweepBatch(tx, run, dead, size));
    }
  }
}

/** A key under which matches are stored that admit nothing any more. */
type DeadKey = { readonly orgId: OrgId; readonly key: string };

/** Keys looked at together. */
const KEYS = 100;

/**
 * The keys of matches that are dead: of rules that are deleted, deactivated, unreadable or expired, and of older
 * generations (SH-37).
 *
 * Walks from key to key: one step of an index for each key of criteria there is, however many matches it has.
 */
async function* deadKeys({ database, clock }: Workplace): AsyncGenerator<DeadKey> {
  for (let after = ""; ; ) {
    const keys = await criteriaKeysAfter(database.reader, after);
    yield* await deadAmong(database.reader, keys, clock.now());
    const last = keys.at(-1);
    if (last === undefined || keys.length < KEYS) return;
    after = last.key;
  }
}

async function criteriaKeysAfter(db: Db, after: string): Promise<readonly DeadKey[]> {
  const keys: DeadKey[] = [];
  for (let at = after; keys.length < KEYS; ) {
    const row = await db.recordGrant.findFirst({
      where: { key: { gt: at } },
      orderBy: { key: "asc" },
      select: { orgId: true, key: true },
    });
    // `c:` comes before the keys of shares in every alphabet that has both.
    if (row === null || ruleOfKey(row.key) === null) return keys;
    keys.push({ orgId: asId(row.orgId), key: row.key });
    at = row.key;
  }
  return keys;
}

/** Once dead, a key stays so: whatever brings a rule back to life gives it another generation. */
async function deadAmong(db: Db, keys: readonly DeadKey[], now: Instant): Promise<readonly DeadKey[]> {
  const rules = await db.sharingRule.findMany({
    where: { id: oneOf(few(keys.flatMap(({ key }) => ruleOfKey(key)?.id ?? []))) },
    select: { orgId: true, id: true, status: true, generation: true, isBroken: true, expiresAt: true },
  });
  const living = rules.filter(({ status, isBroken, expiresAt }) => {
    const criteria = isBroken ? "UNREADABLE" : "READABLE";
    return keepsMatches({ status, criteria, expiresAt: expiresAt?.getTime() ?? null }, now);
  });
  return keys.filter(({ orgId, key }) => {
    const named = ruleOfKey(key);
    return !living.some(
      (rule) => rule.orgId === orgId && rule.id === named?.id && rule.generation === named.generation,
    );
  });
}

/**
 * Deletes some of the matches of a dead key, in a transaction that shares the policy lock: what expires may have been
 * prolonged since it was found.
 *
 * @param size so many matches at most.
 * @returns whether there may be more.
 */
async function sweepBatch(
  tx: Tx,
  { database, clock }: Workplace,
  { orgId, key }: DeadKey,
  size: number,
): Promise<boolean> {
  if ((await database.lockVersion(tx, orgId, "SHARE")) === null) return false;
  if ((await deadAmong(tx, [{ orgId, key }], clock.now())).length === 0) return false;
  return (await deleteMatches(database.kind, tx, { orgId, key }, size)) === size;
}
