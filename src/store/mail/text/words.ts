import type { Language } from "../../../policy/model/org.ts";
import type { MailFacts, MailKind } from "../letter.ts";
import { DE } from "./de.ts";
import { EN } from "./en.ts";
import { JA } from "./ja.ts";
import { ZH } from "./zh.ts";

/** What a mail of one kind says, in plain text. */
export type Words = {
  readonly subject: string;
  /** Paragraphs before the link. */
  readonly before: readonly string[];
  /** What the link does, as a button says it; null: this kind of mail leads nowhere. */
  readonly action: string | null;
  /** Paragraphs after it. */
  readonly after: readonly string[];
};

/** The mails of one language. */
export type Phrases = {
  /** As HTML names the language. */
  readonly tag: string;
  /** Stands before a token that is shown without a link. */
  readonly token: string;
} & { readonly [Kind in MailKind]: (facts: MailFacts) => Words };

/** Every language there is, with every mail. */
export const PHRASES: Readonly<Record<Language, Phrases>> = { EN, DE, JA, ZH };
