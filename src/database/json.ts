import { DbNull } from "@prisma/client/runtime/client";
import type { Prisma } from "./generated/sqlite/client.ts";

/** A value for a nullable JSON column: null is the database's null, not the JSON text `null`. */
export function jsonOrNull(value: unknown): Prisma.InputJsonValue | typeof DbNull {
  return value === null || value === undefined ? DbNull : (value as Prisma.InputJsonValue);
}
