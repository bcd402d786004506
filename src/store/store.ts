import type { Database } from "../database/database.ts";
import type { Clock } from "../kernel/instant.ts";
import { tellRefusals } from "./core/audit/refusals.ts";
import type { Job } from "./core/jobs/job.ts";
import { coreStore, type Store, type StoreOptions } from "./core/store.ts";
import { applyRules } from "./grants/apply-rules.ts";
import { sweepMatches } from "./grants/sweep-matches.ts";
import { type Mailing, NO_POST } from "./mail/post.ts";
import { pruneMail } from "./mail/prune.ts";
import { sendMail } from "./mail/send.ts";
import { sweepRemoved } from "./modules/sweep-removed.ts";
import { transferRecords } from "./people/transfers/carry-out.ts";
import { moveOwnedRecords } from "./profiles/move-owned-records.ts";
import { sweepShares } from "./sharing/sweep-shares.ts";

export type { Store } from "./core/store.ts";
export { storeByPlan } from "./core/store.ts";

/** All background work that the database alone needs, in the order in which it is done when several have something to do. */
export const BACKGROUND: readonly Job[] = [
  applyRules,
  transferRecords,
  sweepMatches,
  sweepShares,
  moveOwnedRecords,
  sweepRemoved,
  pruneMail,
  tellRefusals,
];

/** Opens the store of a database with all that it does in the background; without a post, mail waits. */
export function storeOver(
  database: Database,
  clock: Clock,
  { mailing = NO_POST, ...options }: StoreOptions & { readonly mailing?: Mailing } = {},
): Store {
  return coreStore(database, clock, [...BACKGROUND, sendMail(mailing)], options);
}
