import type { UserId } from "../../kernel/id.ts";
import { Unauthenticated } from "../../kernel/unauthenticated.ts";
import type { Refused } from "../../store/core/audit/refusals.ts";
import type { NamedRequest } from "../../store/core/idempotency.ts";
import type { MutationName } from "../../store/core/needs.ts";
import type { Viewer } from "../../store/core/viewer.ts";
import type { Stranger } from "../../store/core/write.ts";
import type { OutboxMail } from "../../store/mail/outbox.ts";

/** What there is in development only. */
export type Development = {
  /** The mails of the viewer's organisation, the newest first. */
  readonly outbox: (viewer: Viewer) => Promise<readonly OutboxMail[]>;
  /** A token to sign in with; null where somebody else issues them. */
  readonly signInToken: (orgKey: string, userId: UserId) => Promise<string | null>;
};

/** What every resolver is given: who asks, or nobody. */
export type Context = {
  /** Every mutation field puts a newer one here: it may have changed the policy, or the viewer (EN-05). */
  viewer: Viewer | null;
  /**
   * The viewer under the policy of now, with loaders that know nothing yet. The signal ends what is written for it.
   *
   * @throws {Unauthenticated} when nobody is signed in, or who was may not be any more.
   */
  readonly renewed: (signal: AbortSignal | null) => Promise<Viewer>;
  /** Who asks, as far as no sign-in tells; for mutations that a token opens. */
  readonly stranger: (signal: AbortSignal | null) => Stranger;
  /** Puts a refused mutation of whoever is signed in on record, after it was undone, or a refused item of one (SA-20). */
  readonly refused: (viewer: Viewer, mutation: MutationName, refusal: Refused) => Promise<void>;
  /** How the request named itself (AP-05); null when it did not. */
  readonly named: NamedRequest | null;
  /** Null in production. */
  readonly development: Development | null;
};

/** Who asks. @throws {Unauthenticated} when nobody is signed in. */
export function requireViewer({ viewer }: Pick<Context, "viewer">): Viewer {
  if (viewer === null) throw new Unauthenticated("NO_TOKEN");
  return viewer;
}
