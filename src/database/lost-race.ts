import { Prisma } from "./generated/sqlite/client.ts";

/** A transaction that lost to another one in the database is tried again; more often than this, it is a failure. */
const ATTEMPTS = 5;

/** Runs a transaction again when the database chose another one over it, which undid it whole. */
export async function untilWon<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!isLostRace(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Whether a row could not be written since another one has its key: of two at the same moment, one was first. */
export function isTwin(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

/** A deadlock or a serialisation failure. */
function isLostRace(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2034";
}
