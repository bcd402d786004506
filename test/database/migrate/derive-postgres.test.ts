import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { derivePostgresSchema, sqliteSchema } from "../../../src/database/migrate/derive-postgres.ts";

const derived = derivePostgresSchema(sqliteSchema());

// Model, field, its line in the Postgres schema without the spaces between.
test.each([
  ["Organization", "id", "id String @db.Uuid @id"],
  ["Organization", "key", "key String @unique"],
  ["Organization", "superAdminId", "superAdminId String? @db.Uuid"],
  ["Organization", "createdAt", "createdAt DateTime @db.Timestamptz(3)"],
  ["Organization", "version", "version Int @default(1)"],
  ["User", "orgId", "orgId String @db.Uuid"],
  ["User", "email", "email String?"],
  ["Record", "values", "values Json"],
  ["SharingRule", "key", "key String"],
  ["SharingRule", "expiresAt", "expiresAt DateTime? @db.Timestamptz(3)"],
  ["RecordShare", "party", "party String"],
  ["RecordGrant", "key", "key String"],
  ["RecordGrant", "readUntil", "readUntil BigInt"],
  ["SupportGrant", "agentId", "agentId String @db.Uuid"],
  ["SupportGrant", "expiresOn", "expiresOn String"],
])("%s.%s is derived as `%s`", (model, field, expected) => {
  expect(lineOf(model, field)).toBe(expected);
});

test("nothing but the provider, the folder of the client and the two column types differs", () => {
  const back = derived
    .replaceAll(/ @db\.(Uuid|Timestamptz\(3\))/g, "")
    .replace('provider = "postgresql"', 'provider = "sqlite"')
    .replace("generated/postgres", "generated/sqlite");
  expect(back).toBe(sqliteSchema());
});

test("relations and comments are no columns", () => {
  expect(
    derivePostgresSchema(`${HEAD}  user User @relation(fields: [orgId, userId])\n  /// id String`),
  ).not.toContain("@db");
});

test("the schema that the Postgres client was generated from is the derived one", () => {
  const path = new URL("../../../src/database/generated/postgres.prisma", import.meta.url);
  expect(readFileSync(path, "utf8")).toBe(derived);
});

test.each([
  ['provider = "sqlite"', "no provider"],
  ['"src/database/generated/sqlite"', "no folder for the client"],
])("a schema without %s is refused: %s", (part) => {
  expect(() => derivePostgresSchema(HEAD.replace(part, ""))).toThrow("schema.prisma");
});

const HEAD = 'output = "src/database/generated/sqlite"\nprovider = "sqlite"\n';

function lineOf(model: string, field: string): string | undefined {
  const body = new RegExp(`^model ${model} \\{\\n([^}]*)`, "m").exec(derived)?.[1] ?? "";
  const line = body.split("\n").find((text) => text.trim().startsWith(`${field} `));
  return line?.trim().replaceAll(/\s+/g, " ");
}
