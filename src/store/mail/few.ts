import type { Tx } from "../../database/database.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import type { OrgId, UserId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { MailKind } from "./letter.ts";

/** So many mails of one kind are written for one person in an hour: nobody's mailbox is flooded through us. */
export const MAILS_PER_HOUR = 20;

const HOUR_MS = 60 * 60 * 1_000;

/** @throws {InvalidInput} `LIMIT_EXCEEDED` when the person has had so many mails of the kind in the last hour. */
export async function requireFewMails(
  tx: Tx,
  kind: MailKind,
  { orgId, userId, now }: { readonly orgId: OrgId; readonly userId: UserId; readonly now: Instant },
): Promise<void> {
  const sent = await tx.mailMessage.count({
    where: { orgId, userId, kind, createdAt: { gt: new Date(now - HOUR_MS) } },
  });
  if (sent < MAILS_PER_HOUR) return;
  throw new InvalidInput(
    null,
    `No more than ${MAILS_PER_HOUR} mails of this kind in an hour; ask again later.`,
    {
      code: "LIMIT_EXCEEDED",
      requirement: "AP-10",
      details: { limit: { name: "mailsPerHour", max: MAILS_PER_HOUR, actual: sent + 1 } },
    },
  );
}
