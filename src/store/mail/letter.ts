import type { Language } from "../../policy/model/org.ts";

export const MAIL_KINDS = ["INVITATION", "ADDRESS_CONFIRMATION", "ADDRESS_CHANGED"] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** What a mail is about, as names. None of them is a secret. */
export type MailFacts = {
  readonly organization: string;
  /** Whom it is to. */
  readonly person: string;
  /** Who caused it. */
  readonly by: string;
};

/** All that the text of a mail is made of. */
export type Letter = {
  readonly kind: MailKind;
  readonly language: Language;
  readonly facts: MailFacts;
  /** Where the mail leads; null when it leads nowhere, or not any more. */
  readonly link: string | null;
  /** The token of the link, for programs that take it without one. */
  readonly token: string | null;
};

/** A mail as it is read. */
export type Text = { readonly subject: string; readonly text: string; readonly html: string };
