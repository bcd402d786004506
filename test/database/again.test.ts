import { expect, test } from "vitest";
import { again, type Patience, pauseAfter } from "../../src/database/again.ts";

const SOON = { when: () => true, firstMs: 0, lastMs: 0 };

// How the work fails before it succeeds, the patience, and how often it is done with what comes of it.
test.each<[failures: readonly string[], change: Partial<Patience>, done: number, outcome: string]>([
  [[], {}, 1, "done"],
  [["busy", "busy"], { attempts: 3 }, 3, "done"],
  [["busy", "busy", "busy"], { attempts: 3 }, 3, "failed: busy"],
  [["busy"], { attempts: 1 }, 1, "failed: busy"],
  [["busy", "broken", "busy"], { when: (error) => error === "busy" }, 2, "failed: broken"],
  [["busy"], { forMs: -1 }, 1, "failed: busy"],
  [["busy", "busy"], { forMs: 60_000 }, 3, "done"],
])("work that fails as %j is done again by %o: %i times, %s", async (failures, change, done, outcome) => {
  let times = 0;
  const work = async () => {
    times += 1;
    const failure = failures[times - 1];
    if (failure !== undefined) throw failure;
    return "done";
  };
  const ended = await again(work, { ...SOON, ...change }).catch((error: unknown) => `failed: ${error}`);
  expect([times, ended]).toEqual([done, outcome]);
});

test.each([
  [1, 100],
  [2, 200],
  [4, 800],
  [5, 1_000],
  [2_000, 1_000],
])("after %i failures the pause is %i ms", (failures, pause) => {
  expect(pauseAfter(failures, { firstMs: 100, lastMs: 1_000 })).toBe(pause);
});
