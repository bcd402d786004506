/** A mail, ready to be carried. */
export type Parcel = {
  /** The same at every attempt, and the beginning of its `Message-ID`: a receiver can tell that two are one. */
  readonly id: string;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** How an attempt to deliver ended. Reasons name no person. */
export type Delivery =
  | { readonly kind: "TAKEN" }
  /** For good: no other attempt would end otherwise. */
  | { readonly kind: "REFUSED"; readonly reason: string }
  /** Surely not taken, and worth another attempt. */
  | { readonly kind: "FAILED"; readonly reason: string }
  /** The whole mail was handed over and no answer came: it may have been taken. */
  | { readonly kind: "DOUBTFUL"; readonly reason: string }
  /** No mail can be sent now, this one as little as another. Surely not taken. */
  | { readonly kind: "UNREACHABLE"; readonly reason: string };

/** Carries mails to where they are read. */
export type Post = {
  /** Never longer than `DELIVERY_MS`. Ended by the signal it is doubtful, or has failed. Does not throw. */
  readonly deliver: (parcel: Parcel, signal: AbortSignal) => Promise<Delivery>;
};

/** No attempt takes longer, in milliseconds: then the signal ends it. */
export const DELIVERY_MS = 60_000;

/** How mails leave the house. */
export type Mailing = {
  /** Null: nobody carries them, and they wait until they are of no use. */
  readonly post: Post | null;
  /** The address of the page that takes tokens, to which the token is added; null when there is none. */
  readonly page: URL | null;
};

/** No post, no page: mails stay where they were written. */
export const NO_POST: Mailing = { post: null, page: null };

/**
 * Where a mail leads. The token stands behind the `#`, which browsers keep to themselves: it is in no log of a server
 * and in no address that a page passes on.
 */
export function linkTo({ page }: Mailing, token: string | null): string | null {
  if (page === null || token === null) return null;
  const link = new URL(page);
  link.hash = `token=${token}`;
  return link.href;
}
