import { createHash, randomBytes } from "node:crypto";

/** 256 bits: nobody guesses one, however often they try. */
const BYTES = 32;

/** What a token looks like. Other text is none, and is not looked up. */
const TOKEN = /^[\w-]{43}$/;

/** A new token: its text goes into one mail, its hash into the table. */
export function newToken(): { readonly token: string; readonly hash: string } {
  const token = randomBytes(BYTES).toString("base64url");
  return { token, hash: hashOf(token) };
}

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * What is stored of a token, and what it is found by. An index compares hashes byte by byte and takes longer the more of
 * them agree; but nobody can choose what a hash begins with, so that this tells nothing of any token.
 */
export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
