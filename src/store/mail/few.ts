import type { Tx } from "../../database/database.ts";
import { few, inParts, oneOf } from "../../database/parts.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import type { OrgId, UserId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { MailKind } from "./letter.ts";

/** So many mails of one kind are written in an hour for one person, and to one address: no mailbox is flooded through us. */
export const MAILS_PER_HOUR = 20;

const HOUR_MS = 60 * 60 * 1_000;

/** Whom a mail goes to, and where: people may have been deleted and invited again, and addresses change. */
type Recipient = { readonly id: UserId; readonly address: string };

/**
 * Asked by whatever writes mail, before it does.
 *
 * @throws {InvalidInput} `LIMIT_EXCEEDED` when one of these people, or of these addresses, has had so many mails of the
 * kind in the last hour.
 */
export async function requireFewMails(
  tx: Tx,
  kind: MailKind,
  { orgId, now }: { readonly orgId: OrgId; readonly now: Instant },
  people: readonly Recipient[],
): Promise<void> {
  const lately = { orgId, kind, createdAt: { gt: new Date(now - HOUR_MS) } };
  for (const part of inParts(people)) {
    const most = {
      _count: { id: true },
      having: { id: { _count: { gte: MAILS_PER_HOUR } } },
      orderBy: { _count: { id: "desc" } },
      take: 1,
    } as const;
    const ids = oneOf(few(part.map(({ id }) => id)));
    const addresses = oneOf(few(part.map(({ address }) => address)));
    const [person] = await tx.mailMessage.groupBy({
      by: ["userId"],
      where: { ...lately, userId: ids },
      ...most,
    });
    const [place] = await tx.mailMessage.groupBy({
      by: ["address"],
      where: { ...lately, address: addresses },
      ...most,
    });
    const sent = Math.max(person?._count.id ?? 0, place?._count.id ?? 0);
    if (sent > 0) throw tooMany(sent);
  }
}

function tooMany(sent: number): InvalidInput {
  return new InvalidInput(
    null,
    `No more than ${MAILS_PER_HOUR} mails of this kind in an hour; ask again later.`,
    {
      code: "LIMIT_EXCEEDED",
      requirement: "AP-10",
      details: { limit: { name: "mailsPerHour", max: MAILS_PER_HOUR, actual: sent + 1 } },
    },
  );
}
