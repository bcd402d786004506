import { expect, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import type { Job } from "../../../src/store/core/jobs/job.ts";
import { type Jobs, openJobs } from "../../../src/store/core/jobs/jobs.ts";

/** Jobs that work on nothing. */
const PLACE = {
  database: { kind: "sqlite", closing: new AbortController().signal } as Database,
  clock: { now: () => 0 },
};

const job = (name: Job["name"], run: Job["run"]): Job => ({ name, lane: "DATABASE", run, everyMs: null });

test("UA-64 after each step of a long job the others of its lane have their turn, in the order in which they became due", async () => {
  const done: string[] = [];
  const long = job("TRANSFER_RECORDS", async function* () {
    for (const step of [1, 2, 3]) {
      done.push(`transfer ${step}`);
      if (step === 2) jobs.wake(["SWEEP_SHARES", "APPLY_SHARING_RULES"]);
      yield;
    }
  });
  const rules = job("APPLY_SHARING_RULES", async () => {
    done.push("rules");
  });
  const shares = job("SWEEP_SHARES", async function* () {
    done.push("shares 1");
    yield;
    done.push("shares 2");
  });
  const jobs: Jobs = openJobs([rules, long, shares], PLACE);
  await jobs.idle();
  expect(done).toEqual([
    ...["rules", "transfer 1", "shares 1", "transfer 2"],
    // Woken in the middle of step 2: the rules anew, and the shares go on with what they had begun.
    ...["shares 2", "rules", "transfer 3"],
  ]);
});

test("UA-64 what fails in the middle is begun anew, and told", async () => {
  let begun = 0;
  const failing = job("TRANSFER_RECORDS", async function* () {
    begun += 1;
    yield;
    if (begun === 1) throw new Error("the database is gone");
  });
  const told: unknown[] = [];
  const jobs = openJobs([failing], PLACE, { onFailure: (error) => told.push(error) });
  await expect(jobs.idle()).rejects.toThrow("the database is gone");
  await jobs.idle();
  await jobs.stop();
  expect([begun, told.length]).toEqual([2, 1]);
});
