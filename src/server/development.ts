import type { Development } from "../graphql/schema.ts";
import type { Clock } from "../kernel/instant.ts";
import type { Settings } from "../settings/settings.ts";
import { outboxOf } from "../store/mail/outbox.ts";
import type { Mailing } from "../store/mail/post.ts";
import { issueToken } from "./sign-in/issue-token.ts";
import { offersPersonas } from "./sign-in/personas.ts";

const DAY_SECONDS = 24 * 60 * 60;

/** What resolvers are given in development alone: a look at the mails, and a way in for who has accepted one. */
export function developmentOf(settings: Settings, clock: Clock, mailing: Mailing): Development | null {
  if (!settings.isDevelopment) return null;
  return {
    outbox: (viewer) => outboxOf(viewer, mailing),
    signInToken: async (orgKey, userId) =>
      offersPersonas(settings)
        ? issueToken(settings, { orgKey, user: userId, ttlSeconds: DAY_SECONDS }, clock.now())
        : null,
  };
}
