import { randomUUID } from "node:crypto";
import type { Tx } from "../../database/database.ts";
import { jsonOrNull } from "../../database/json.ts";
import { isTwin } from "../../database/lost-race.ts";
import { few, rowsOf } from "../../database/parts.ts";
import {
  ERROR_CODES,
  type ErrorCode,
  type Fault,
  Forbidden,
  type InputCode,
  InvalidInput,
  isFault,
  NotFound,
} from "../../kernel/fault.ts";
import type { OrgId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Claim } from "./request.ts";
import type { Viewer } from "./viewer.ts";

/** How long an outcome is kept, in milliseconds: a day (AP-05). */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** No transaction stays open for as long as this: whoever claimed a key before and left no outcome is gone. */
const RUNNING_MS = 5 * 60 * 1000;

/** How a request named itself, and what it asked. */
export type NamedRequest = { readonly key: string; readonly hash: string };

/** What came of a request: what its command handed back, or how it was refused. */
type Outcome =
  | { readonly kind: "RESULT"; readonly result: unknown }
  | {
      readonly kind: "FAULT";
      readonly code: ErrorCode;
      readonly message: string;
      readonly field: string | null;
      readonly requirement: string | null;
      /** What else the refusal told; outcomes that older versions kept have none. */
      readonly details?: Readonly<Record<string, unknown>>;
    };

export type Claimed =
  | { readonly kind: "FIRST"; readonly claim: Claim }
  | { readonly kind: "REPEATED"; readonly result: unknown };

/**
 * Claims a key for a request of the viewer, or finds what came of the same request before (AP-05).
 *
 * @throws {InvalidInput} `CONFLICT` when the key names another request, or one that is still running.
 * @throws the fault that the request was refused with before.
 */
export async function claimKey(viewer: Viewer, { key, hash }: NamedRequest): Promise<Claimed> {
  const { orgId, user, now, store } = viewer;
  const own = { orgId, userId: user.id, key };
  const claim: Claim = { key, token: randomUUID() };
  const claimed = { claim: claim.token, claimedAt: new Date(now), hash };
  try {
    const found = await store.database.write(async (tx) => {
      await forgetOld(tx, orgId, now);
      const row = await tx.idempotencyKey.findUnique({ where: { orgId_userId_key: own } });
      if (row === null) {
        await tx.idempotencyKey.create({ data: { ...own, ...claimed } });
        return null;
      }
      if (row.hash !== hash) throw refused("The key was used for another request.");
      if (row.outcome !== null) return row.outcome as Outcome;
      if (now - row.claimedAt.getTime() < RUNNING_MS) throw refused("That request is still running.");
      const { count } = await tx.idempotencyKey.updateMany({
        where: { ...own, claim: row.claim },
        data: claimed,
      });
      if (count === 0) throw refused("That request is still running.");
      return null;
    });
    if (found === null) return { kind: "FIRST", claim };
    if (found.kind === "RESULT") return { kind: "REPEATED", result: found.result };
    throw faultOf(found);
  } catch (error) {
    if (isTwin(error)) throw refused("That request is still running.");
    throw error;
  }
}

/** Keeps what a command handed back, in its very transaction. @throws when the claim was taken over. */
export async function keepOutcome(tx: Tx, viewer: Viewer, claim: Claim, result: unknown): Promise<void> {
  await keep(tx, viewer, claim, { kind: "RESULT", result });
}

/**
 * After the command was undone: keeps how it was refused; a failure, a limit and a lost sign-in are no outcome, and
 * the key is free again.
 */
export async function keepRefusal(viewer: Viewer, claim: Claim, error: unknown): Promise<void> {
  await viewer.store.database.write(async (tx) => {
    if (isFault(error) && error.code !== "LIMIT_EXCEEDED") await keep(tx, viewer, claim, outcomeOf(error));
    else await tx.idempotencyKey.deleteMany({ where: claimedBy(viewer, claim) });
  });
}

/** So many keys go at once: each request that names itself forgets more than it adds. */
const FORGOTTEN = 20;

async function forgetOld(tx: Tx, orgId: OrgId, now: Instant): Promise<void> {
  const old = await tx.idempotencyKey.findMany({
    where: { orgId, claimedAt: { lt: new Date(now - KEPT_MS) } },
    select: { userId: true, key: true },
    take: FORGOTTEN,
  });
  if (old.length > 0) await tx.idempotencyKey.deleteMany({ where: { orgId, OR: rowsOf(few(old)) } });
}

async function keep(tx: Tx, viewer: Viewer, claim: Claim, outcome: Outcome): Promise<void> {
  const { count } = await tx.idempotencyKey.updateMany({
    where: claimedBy(viewer, claim),
    data: { outcome: jsonOrNull(outcome) },
  });
  if (count === 0) throw refused("The request took so long that a repetition of it took over.");
}

function claimedBy({ orgId, user }: Viewer, { key, token }: Claim) {
  return { orgId, userId: user.id, key, claim: token };
}

/** What a record held is not kept: a repetition may come when it may not be read any more. */
function outcomeOf(fault: Fault): Outcome {
  const { code, message } = fault;
  const { record: _, ...details } = "details" in fault ? fault.details : {};
  return {
    kind: "FAULT",
    code,
    message,
    field: "field" in fault ? fault.field : null,
    requirement: "requirement" in fault ? fault.requirement : null,
    details,
  };
}

function faultOf({
  code,
  message,
  field,
  requirement,
  details = {},
}: Extract<Outcome, { kind: "FAULT" }>): Fault {
  if (code === "NOT_FOUND") return new NotFound(field);
  if (code === "FORBIDDEN") return new Forbidden(message, requirement);
  if (!ERROR_CODES.includes(code)) throw new Error("an outcome with an unknown code was kept");
  return new InvalidInput(field, message, {
    code: code as InputCode,
    ...(requirement === null ? {} : { requirement }),
    details,
  });
}

function refused(sentence: string): InvalidInput {
  return new InvalidInput("Idempotency-Key", sentence, { code: "CONFLICT", requirement: "AP-05" });
}
