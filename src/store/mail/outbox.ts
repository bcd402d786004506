import type { Instant } from "../../kernel/instant.ts";
import type { Viewer } from "../core/viewer.ts";
import type { MailFacts, MailKind, Text } from "./letter.ts";
import { linkTo, type Mailing } from "./post.ts";
import { render } from "./text/render.ts";

/** What became of a mail so far. */
export type MailStatus = "WAITING" | "SENDING" | "SENT" | "GIVEN_UP" | "WITHDRAWN";

/** A mail of the outbox, as its receiver reads it; of one that has gone or is void the token is not there any more. */
export type OutboxMail = Text & {
  readonly id: string;
  readonly address: string;
  readonly kind: MailKind;
  readonly status: MailStatus;
  /** What it leads to; null when it carries nothing, or not any more. */
  readonly token: string | null;
  readonly isDoubtful: boolean;
  readonly failure: string | null;
  readonly createdAt: Instant;
};

/** So many mails are shown. */
const SHOWN = 100;

/** The newest mails of the viewer's organisation, those first that were written last. For development: it opens accounts. */
export async function outboxOf({ store, orgId }: Viewer, mailing: Mailing): Promise<readonly OutboxMail[]> {
  const rows = await store.database.reader.mailMessage.findMany({
    where: { orgId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: SHOWN,
  });
  return rows.map((row) => ({
    ...render({
      kind: row.kind,
      language: row.language,
      facts: row.facts as MailFacts,
      link: linkTo(mailing, row.secret),
      token: row.secret,
    }),
    id: row.id,
    address: row.address,
    kind: row.kind,
    status: row.status,
    token: row.secret,
    isDoubtful: row.isDoubtful,
    failure: row.failure,
    createdAt: row.createdAt.getTime(),
  }));
}
