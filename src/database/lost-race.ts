import { causeOf } from "./adapter-cause.ts";
import { again } from "./again.ts";
import { Prisma } from "./generated/sqlite/client.ts";

/** Runs a transaction again when the database chose another one over it, which undid it whole; five times at most. */
export function untilWon<T>(transaction: () => Promise<T>): Promise<T> {
  return again(transaction, { when: isLostRace, attempts: 5, firstMs: 1, lastMs: 8 });
}

/** The same where two that make what there is once may begin at the same moment: the second finds what the first made. */
export function untilWonOrFound<T>(transaction: () => Promise<T>): Promise<T> {
  const when = (error: unknown) => isLostRace(error) || isTwin(error);
  return again(transaction, { when, attempts: 5, firstMs: 1, lastMs: 8 });
}

/** Whether a row could not be written since another one has its key: of two at the same moment, one was first. */
export function isTwin(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

/** A deadlock or a serialisation failure. In a raw statement they have the code of any error of the database. */
function isLostRace(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2034" || causeOf(error)["kind"] === "TransactionWriteConflict";
}
