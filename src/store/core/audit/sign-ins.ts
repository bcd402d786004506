import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Tx } from "../../../database/database.ts";
import { isTwin } from "../../../database/lost-race.ts";
import { CACHES } from "../../../kernel/caches.ts";
import type { Instant } from "../../../kernel/instant.ts";
import type { User } from "../../../policy/model/org.ts";
import type { Policy } from "../../../policy/model/policy.ts";
import { appendAuditEvent } from "../append-audit.ts";
import type { Store } from "../store.ts";

/** So long it is remembered which tokens were seen, in milliseconds: 30 days. */
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;

/** So many go at once: each new one forgets more than it adds. */
const FORGOTTEN = 20;

/** Somebody who signed in, with what, and when. */
export type SignedIn = {
  readonly policy: Policy;
  readonly user: User;
  readonly token: string;
  readonly now: Instant;
  readonly requestId: string;
};

/** Leaves an event for each token that is seen for the first time, not one for each request (SA-20, SA-24). */
export function openSignIns({ database }: Pick<Store, "database">): (signedIn: SignedIn) => Promise<void> {
  const seen = new LRUCache<string, true>({ max: CACHES.seenTokens.entries });
  return async ({ policy, user, token, now, requestId }) => {
    const hash = createHash("sha256").update(token).digest("hex");
    const orgId = policy.org.id;
    const place = `${orgId} ${hash}`;
    if (seen.has(place)) return;
    const known = await database.reader.seenToken.findUnique({ where: { orgId_hash: { orgId, hash } } });
    if (known === null) {
      const tell = async (tx: Tx) => {
        const old = { orgId, seenAt: { lt: new Date(now - REMEMBERED_MS) } };
        const forgotten = await tx.seenToken.findMany({
          where: old,
          take: FORGOTTEN,
          select: { hash: true },
        });
        for (const { hash } of forgotten) await tx.seenToken.deleteMany({ where: { orgId, hash } });
        await tx.seenToken.create({ data: { orgId, hash, seenAt: new Date(now) } });
        await appendAuditEvent(database, tx, {
          orgId,
          at: now,
          actorId: user.id,
          isSupport: user.license === "SUPPORT",
          requestId,
          action: "SIGN_IN",
          target: { type: "User", id: user.id },
          before: null,
          after: null,
        });
      };
      // Of two at the same moment, the first has told it.
      await database.write(tell).catch((error: unknown) => {
        if (!isTwin(error)) throw error;
      });
    }
    seen.set(place, true);
  };
}
