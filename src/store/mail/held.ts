import type { Db } from "../../database/database.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId } from "../../kernel/id.ts";
import { type Instant, isLive } from "../../kernel/instant.ts";
import type { Held } from "../core/write.ts";
import { hashOf, isToken } from "./token.ts";
import type { TokenPurpose } from "./write.ts";

/** A token that is open: whose it is, to which address it went, and until when it opens anything. */
export type HeldToken = Held & { readonly address: string; readonly expiresAt: Instant };

/** The open token of a purpose that a text is; null for any other text. */
export async function heldToken(db: Db, purpose: TokenPurpose, token: string): Promise<HeldToken | null> {
  if (!isToken(token)) return null;
  const row = await db.mailedToken.findUnique({ where: { hash: hashOf(token) } });
  if (row === null || row.purpose !== purpose) return null;
  return {
    orgId: asId(row.orgId),
    userId: asId(row.userId),
    address: row.address,
    expiresAt: row.expiresAt.getTime(),
  };
}

/** @throws {InvalidInput} `ACTION_NOT_AVAILABLE` when the token came too late, with what to do then. */
export function requireInTime(
  { expiresAt }: HeldToken,
  now: Instant,
  sentence: string,
  requirement: string,
): void {
  if (isLive(expiresAt, now)) return;
  throw new InvalidInput("input.token", sentence, { code: "ACTION_NOT_AVAILABLE", requirement });
}
