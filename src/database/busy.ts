import { InvalidInput } from "../kernel/fault.ts";
import { Prisma } from "./generated/sqlite/client.ts";

/**
 * Runs a transaction. One that could not begin in its time, since everybody writes, is refused as busy: nothing of it has
 * happened, and who asks again is served in turn.
 *
 * @throws {InvalidInput} `LIMIT_EXCEEDED` with the milliseconds that were waited.
 */
export async function unlessBusy<T>(transaction: () => Promise<T>, waitMs: number): Promise<T> {
  try {
    return await transaction();
  } catch (error) {
    if (!couldNotBegin(error)) throw error;
    throw new InvalidInput(null, "The database is busy writing; ask again in a moment.", {
      code: "LIMIT_EXCEEDED",
      requirement: "AP-10",
      details: { limit: { name: "milliseconds", max: waitMs } },
    });
  }
}

function couldNotBegin(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  // No connection was free, or another process held the file.
  return (error.code === "P2028" && error.message.includes("Unable to start")) || error.code === "P1008";
}
