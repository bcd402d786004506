import { afterAll, beforeAll, expect, test } from "vitest";
import type { Tx } from "../../src/database/database.ts";
import { untilWon } from "../../src/database/lost-race.ts";
import { openTestDatabase, type TestDatabase } from "../database.ts";

// What only Postgres can do to those who use it: let a statement run on for ever, and let two wait for each other.

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase("postgres", { readMs: 100 });
});
afterAll(() => opened.close());

test("EN-32 a statement that reads for longer than an operation may is ended by the database, a change is not", async () => {
  const { database } = opened;
  const error = await database.reader.$queryRaw`SELECT 1 FROM pg_sleep(600)`.catch(
    (thrown: unknown) => thrown,
  );
  expect(String(error)).toContain("statement timeout");
  const rows = await database.write((tx) => tx.$queryRaw`SELECT 1 AS "one" FROM pg_sleep(0.3)`);
  expect(rows).toEqual([{ one: 1 }]);
  // Its connection is free again.
  expect(await database.reader.$queryRaw`SELECT 2 AS "two"`).toEqual([{ two: 2 }]);
});

test("AP-10 two that wait for each other in statements of their own are both done in the end, each once", async () => {
  const { database } = opened;
  await database.write(async (tx) => {
    for (const key of ["a", "b"]) await organization(tx, key);
  });
  const holds = { a: Promise.withResolvers<void>(), b: Promise.withResolvers<void>() };
  let begun = 0;
  const both = (first: "a" | "b", then: "a" | "b") =>
    untilWon(() =>
      database.write(async (tx) => {
        begun += 1;
        await raise(tx, first);
        holds[first].resolve();
        await holds[then].promise;
        await raise(tx, then);
      }),
    );
  await Promise.all([both("a", "b"), both("b", "a")]);
  // One was undone and began again: otherwise nobody waited for the other, and nothing was tried here.
  expect(begun).toBe(3);
  const rows = await database.reader.organization.findMany({ select: { version: true } });
  expect(rows).toEqual([{ version: 3 }, { version: 3 }]);
});

const raise = (tx: Tx, key: string) =>
  tx.$executeRaw`UPDATE "Organization" SET "version" = "version" + 1 WHERE "key" = ${key}`;

const organization = (tx: Tx, key: string) =>
  tx.organization.create({
    data: {
      id: `00000000-0000-7000-8000-00000000000${key}`,
      key,
      name: key,
      timeZone: "UTC",
      edition: "FREE",
      regularSeats: 1,
      teamSeats: 0,
      createdAt: new Date(0),
    },
  });
