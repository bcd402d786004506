/**
 * What a request may bring that nobody signed in for, before anything of it is read or coerced (AP-18): enough to sign in
 * and to look at the schema. Never more than a member may bring.
 */
export const ANONYMOUS = {
  /** Bytes of its body. */
  bytes: 64_000,
  /** Values in its variables and extensions, those inside lists and objects among them. */
  values: 100,
} as const;
