import { v7 } from "uuid";
import type { Tx } from "../../database/database.ts";
import { few, inParts, oneOf, rowsOf } from "../../database/parts.ts";
import type { OrgId, UserId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { JobName } from "../core/jobs/job.ts";
import type { Writing } from "../core/write.ts";
import { requireFewMails } from "./few.ts";
import type { MailFacts, MailKind } from "./letter.ts";
import { newToken } from "./token.ts";

/** What a token that goes by mail is for. There is a mail of the same name. */
export type TokenPurpose = "INVITATION" | "ADDRESS_CONFIRMATION";

/** Whom a mail goes to. */
export type Addressee = { readonly id: UserId; readonly name: string; readonly address: string };

/** What a change that wrote mail wakes. */
export const WAKES_MAIL: readonly JobName[] = ["SEND_MAIL"];

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How long a token opens what it opens, in milliseconds. */
export const TOKEN_MS: Readonly<Record<TokenPurpose, number>> = {
  INVITATION: 7 * DAY_MS,
  ADDRESS_CONFIRMATION: DAY_MS,
};

/** A mail that only tells something is worth sending for so long, in milliseconds. */
const NEWS_MS = 3 * DAY_MS;

/**
 * Gives each of these people a new token, and writes the mail that carries it, in this transaction. The token they had
 * for the same purpose is dead at once, and its mail, if it has not gone yet, does not go.
 *
 * @throws {InvalidInput} `LIMIT_EXCEEDED`, see `requireFewMails`.
 */
export async function mailTokens(
  { tx, viewer }: Writing,
  purpose: TokenPurpose,
  people: readonly Addressee[],
): Promise<void> {
  const { orgId, now } = viewer;
  await voidTokens(
    tx,
    orgId,
    people.map(({ id }) => id),
    [purpose],
  );
  const expiresAt = now + TOKEN_MS[purpose];
  const secrets = people.map((person) => ({ person, ...newToken() }));
  const dates = { createdAt: new Date(now), expiresAt: new Date(expiresAt) };
  for (const part of inParts(secrets))
    await tx.mailedToken.createMany({
      data: rowsOf(
        few(
          part.map(({ person: { id, address }, hash }) => ({
            orgId,
            userId: id,
            purpose,
            hash,
            address,
            ...dates,
          })),
        ),
      ),
    });
  await writeMail({ tx, viewer }, purpose, expiresAt, secrets);
}

/** Writes mails that carry nothing but news. @throws {InvalidInput} `LIMIT_EXCEEDED`, see `requireFewMails`. */
export function mailNews(
  writing: Writing,
  kind: Exclude<MailKind, TokenPurpose>,
  people: readonly Addressee[],
): Promise<void> {
  const letters = people.map((person) => ({ person, token: null }));
  return writeMail(writing, kind, writing.viewer.now + NEWS_MS, letters);
}

/** Ends what these people hold by mail: the tokens are dead, and mail that has not gone yet does not go. */
export async function voidTokens(
  tx: Tx,
  orgId: OrgId,
  userIds: readonly UserId[],
  purposes: readonly TokenPurpose[],
): Promise<void> {
  const withdrawn = { status: "WITHDRAWN", secret: null, claim: null } as const;
  for (const part of inParts(userIds)) {
    const open = { orgId, userId: oneOf(part) };
    await tx.mailedToken.deleteMany({ where: { ...open, purpose: oneOf(few(purposes)) } });
    await tx.mailMessage.updateMany({
      where: { ...open, kind: oneOf(few(purposes)), status: oneOf(few(["WAITING", "SENDING"] as const)) },
      data: withdrawn,
    });
  }
}

async function writeMail(
  { tx, viewer }: Writing,
  kind: MailKind,
  expiresAt: Instant,
  letters: readonly { readonly person: Addressee; readonly token: string | null }[],
): Promise<void> {
  const { orgId, now, policy, user } = viewer;
  await requireFewMails(
    tx,
    kind,
    viewer,
    letters.map(({ person }) => person),
  );
  const { language } = await tx.organization.findUniqueOrThrow({
    where: { id: orgId },
    select: { language: true },
  });
  const at = new Date(now);
  const rows = letters.map(({ person, token }) => ({
    orgId,
    id: v7({ msecs: now }),
    userId: person.id,
    address: person.address,
    kind,
    language,
    facts: {
      organization: policy.org.name,
      person: person.name,
      by: user.name,
    } satisfies MailFacts,
    secret: token,
    dueAt: at,
    createdAt: at,
    expiresAt: new Date(expiresAt),
  }));
  for (const part of inParts(rows)) await tx.mailMessage.createMany({ data: rowsOf(part) });
}
