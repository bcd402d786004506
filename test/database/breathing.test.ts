import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { openTestDatabase } from "../database.ts";

/** More statements than others may have to wait for; a turn comes after some hundred. */
const MOST = 20_000;

describe("a long transaction on SQLite", () => {
  test.each(["write", "snapshot"] as const)(
    "EN-32 others read, and have their turns, while a %s goes from statement to statement",
    async (kind) => {
      const { database, close } = await openTestDatabase("sqlite");
      onTestFinished(close);
      let turns = 0;
      let isOpen = true;
      const others = (async () => {
        while (isOpen) {
          await database.reader.organization.count();
          await nextTurn();
          turns += 1;
        }
      })();
      let statements = 0;
      await database[kind](
        async (tx) => {
          for (; turns < 3 && statements < MOST; statements += 1) await tx.organization.count();
        },
        { timeoutMs: 600_000 },
      );
      isOpen = false;
      await others;
      expect(turns).toBeGreaterThanOrEqual(3);
      expect(statements).toBeLessThan(MOST);
    },
  );
});
