import { expect, test } from "vitest";
import type { DatabaseKind } from "../../src/database/database.ts";
import { openTestDatabase } from "../database.ts";
import { size } from "../size.ts";
import { agreeInWorld } from "./agreement.ts";

/** How many organisations live in one database together. */
const WORLDS_TOGETHER = 25;

/** Tests that the engine and the oracle agree in as many random organisations as the size of the run says. */
export function agreeOn(kind: DatabaseKind, firstSeed: number): void {
  const { worlds, decisions } = size.agreement[kind];
  let compared = 0;

  for (let seed = firstSeed; seed < firstSeed + worlds; seed += WORLDS_TOGETHER) {
    const last = seed + WORLDS_TOGETHER - 1;
    test(`EN-01 EN-11 SH-52 list = check = count = explanation = oracle on ${kind}, seeds ${seed} to ${last}`, async () => {
      const { database, close } = await openTestDatabase(kind);
      let counted = 0;
      try {
        for (let each = seed; each <= last; each += 1) {
          const inWorld = await agreeInWorld(database, each);
          compared += inWorld;
          if (inWorld > 0) counted += 1;
        }
      } finally {
        await close();
      }
      expect(counted, "worlds that count").toBe(WORLDS_TOGETHER);
    });
  }

  test(`EN-01 those were at least ${decisions} decisions on ${kind}`, () => {
    expect(compared).toBeGreaterThanOrEqual(decisions);
  });
}
