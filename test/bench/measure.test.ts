import { describe, expect, test } from "vitest";
import { interleaved, type Repeating, timesOf } from "./measure.ts";

/** Measures work that notes its turns, by a clock on which each takes so many milliseconds. */
async function measured<Name extends string>(names: readonly Name[], tookMs: number, repeating: Repeating) {
  const turns: Name[] = [];
  let clock = 0;
  const work = names.map((name) => [
    name,
    async () => {
      turns.push(name);
      clock += tookMs;
    },
  ]);
  const times = await interleaved<Name>(Object.fromEntries(work), repeating, () => clock);
  return { turns, times };
}

describe("measuring side by side", () => {
  test("EN-20 takes turns, the other way round in every second round", async () => {
    const { turns, times } = await measured(["a", "b"], 60, { repetitions: 5, warmUp: 0 });
    expect(turns.join("")).toBe("abbaabbaab");
    expect([times.a.repetitions, times.b.repetitions]).toEqual([5, 5]);
  });

  test.each([
    [0.001, 1_000],
    [1, 500],
    [5, 100],
    [20, 30],
  ])(
    "EN-20 what takes %d ms is repeated %i times, after it was warmed up for half a second",
    async (tookMs, often) => {
      const { turns, times } = await measured(["a"], tookMs, { repetitions: 30, warmUp: 5 });
      expect(times.a.repetitions).toBe(often);
      expect(turns.length).toBe(often + Math.max(5, Math.min(1_000, 500 / tookMs)));
    },
  );

  test("EN-26 what is slow is measured three times when patience is at its end, and warmed up once", async () => {
    const { turns, times } = await measured(["a"], 20, { repetitions: 30, warmUp: 5, patience: 0.001 });
    expect([times.a.repetitions, turns.length]).toEqual([3, 4]);
  });

  test("EN-20 medians and percentiles lie between neighbours", () => {
    expect(timesOf([4, 1, 3, 2, 5])).toEqual({ medianMs: 3, p95Ms: 4.8, p99Ms: 4.96, repetitions: 5 });
    expect(timesOf([4, 2]).medianMs).toBe(3);
  });
});
