import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { interleaved, timesOf } from "./measure.ts";

/** Work that notes its turns. */
function noting(turns: string[], tookMs = 0) {
  return (name: string) => async () => {
    turns.push(name);
    if (tookMs > 0) await sleep(tookMs);
  };
}

describe("measuring side by side", () => {
  test("EN-20 takes turns, the other way round in every second round", async () => {
    const turns: string[] = [];
    const work = noting(turns, 60);
    const found = await interleaved({ a: work("a"), b: work("b") }, { repetitions: 5, warmUp: 0 });
    expect(turns.join("")).toBe("abbaabbaab");
    expect([found.a.repetitions, found.b.repetitions]).toEqual([5, 5]);
  });

  test("EN-20 what is quick is repeated more often, and warmed up before; not without end", async () => {
    const turns: string[] = [];
    const { a } = await interleaved({ a: noting(turns)("a") }, { repetitions: 30, warmUp: 5 });
    expect(a.repetitions).toBeGreaterThan(30);
    expect(a.repetitions).toBeLessThanOrEqual(1_000);
    expect(turns.length).toBeGreaterThan(a.repetitions + 5);
  });

  test("EN-26 what is slow is measured three times when patience is at its end, and warmed up once", async () => {
    const turns: string[] = [];
    const { a } = await interleaved(
      { a: noting(turns, 20)("a") },
      { repetitions: 30, warmUp: 5, patience: 0.001 },
    );
    expect([a.repetitions, turns.length]).toEqual([3, 4]);
  });

  test("EN-20 medians and percentiles lie between neighbours", () => {
    expect(timesOf([4, 1, 3, 2, 5])).toEqual({ medianMs: 3, p95Ms: 4.8, p99Ms: 4.96, repetitions: 5 });
    expect(timesOf([4, 2]).medianMs).toBe(3);
  });
});
