import { expect, test } from "vitest";
import type { Database } from "../../../../src/database/database.ts";
import { openJobs } from "../../../../src/store/core/jobs/jobs.ts";
import { MOST_RUNNING } from "../../../../src/store/people/transfers/begin.ts";
import { BACKGROUND } from "../../../../src/store/store.ts";
import { describeOnBoth } from "../../../database.ts";
import { type Gateway, onlyError } from "../../gateway.ts";
import { NOW } from "../../world.ts";
import { freshWorld, PEOPLE, ROOT } from "../people-world.ts";

const MASS =
  "mutation ($input: MassChangeOwnerInput!) { massChangeOwner(input: $input) { transfer { id endedAt } } }";
const DEACTIVATE = "mutation ($input: DeactivateUserInput!) { deactivateUser(input: $input) { __typename } }";
const HAL = "hal@acme.test";
const DEE = "dee@acme.test";

const MANY = 120;
/** So many records are looked at in a step: a long transfer has a dozen steps. */
const STEP = 10;

/** Rex owns many leads, which Dee does not read but for three; Ron owns as few as she reads; she may hand over what she reads. */
const TEXT = PEOPLE.replace(
  "profiles:\n",
  "profiles:\n  mover: { name: Mover, modules: { leads: [VIEW, EDIT, CHANGE_OWNER] }, capabilities: [] }\n",
)
  .replace("dee@acme.test: { name: Dee, role: desk", "dee@acme.test: { name: Dee, role: desk, profile: mover")
  .replace(
    "    rex-1:",
    `${Array.from({ length: MANY }, (_, at) => `    many-${String(at).padStart(3, "0")}: { owner: rex@acme.test, name: Many }\n`).join("")}    ron-1: { owner: ron@acme.test, name: Ron's }
    ron-2: { owner: ron@acme.test, name: Ron's }
    ron-3: { owner: ron@acme.test, name: Ron's }
    rex-1:`,
  )
  .replace(
    "shares:\n",
    `shares:
${["many-003", "many-050", "many-110", "ron-1", "ron-2", "ron-3"].map((key) => `  - { record: leads/${key}, to: { user: dee@acme.test }, access: FULL }`).join("\n")}
`,
  );

async function begin(gateway: Gateway, as: string, from: string, to: string) {
  const input = {
    from: await gateway.user(`${from}@acme.test`),
    to: await gateway.user(`${to}@acme.test`),
    modules: ["leads"],
  };
  return gateway.ask(as, MASS, { input });
}

/** Runs the background in small steps, and looks after each transaction of it. */
async function stepByStep(database: Database, look: () => Promise<void>): Promise<void> {
  const watched: Database = {
    ...database,
    write: async (work, options) => {
      const outcome = await database.write(work, options);
      await look();
      return outcome;
    },
  };
  await openJobs(
    BACKGROUND.filter(({ name }) => name === "TRANSFER_RECORDS"),
    { database: watched, clock: { now: () => NOW } },
    { maxBatch: STEP },
  ).idle();
}

describeOnBoth("transfers take turns", (open) => {
  test("UA-64 a short one waits for a step or two of a long one, not for its end", async () => {
    const { gateway, opened } = await freshWorld(open, TEXT);
    await gateway.store.jobs.stop();
    const [long, short] = [
      await begin(gateway, HAL, "rex", "sue"),
      await begin(gateway, ROOT, "ron", "sue"),
    ].map(({ data }) => data?.["massChangeOwner"].transfer.id as string);
    const { recordTransfer } = opened.database.reader;
    let movedMeanwhile: number | null = null;
    let steps = 0;
    await stepByStep(opened.database, async () => {
      steps += 1;
      const rows = await recordTransfer.findMany();
      const ended = rows.find(({ id }) => id === short)?.endedAt;
      if (ended != null) movedMeanwhile ??= rows.find(({ id }) => id === long)?.movedRecords ?? Number.NaN;
    });
    expect(steps).toBeGreaterThan(MANY / STEP);
    // Its own records are one step, and its end is another.
    expect(movedMeanwhile).toBeLessThanOrEqual(3 * STEP);
    expect(await recordTransfer.count({ where: { endedAt: null } })).toBe(0);
  });

  test("UA-64 of two that are equally long neither is ahead by more than a step", async () => {
    const { gateway, opened } = await freshWorld(open, TEXT);
    await gateway.store.jobs.stop();
    await begin(gateway, HAL, "rex", "sue");
    await begin(gateway, ROOT, "rex", "cleo");
    const { recordTransfer } = opened.database.reader;
    let ahead = 0;
    await stepByStep(opened.database, async () => {
      const [one, other] = await recordTransfer.findMany();
      ahead = Math.max(ahead, Math.abs((one?.movedRecords ?? 0) - (other?.movedRecords ?? 0)));
    });
    expect(ahead).toBe(STEP);
    const moved = (await recordTransfer.findMany()).map(({ movedRecords }) => movedRecords);
    expect(moved.reduce((sum, each) => sum + each, 0)).toBe(MANY + 1);
  });

  test("UA-64 what whoever began it does not read is not looked at: as many steps, whatever else there is", async () => {
    const { gateway, opened } = await freshWorld(open, TEXT);
    await gateway.store.jobs.stop();
    const steps: Record<string, number> = {};
    for (const from of ["rex", "ron", "ian"]) {
      await begin(gateway, DEE, from, "sue");
      steps[from] = 0;
      await stepByStep(opened.database, async () => {
        steps[from] = (steps[from] ?? 0) + 1;
      });
    }
    expect(steps["rex"]).toBe(steps["ron"]);
    expect(steps["ian"]).toBe(steps["ron"]);
    const counts = await opened.database.reader.recordTransfer.findMany({ orderBy: { id: "asc" } });
    expect(counts.map(({ movedRecords }) => movedRecords).sort()).toEqual([0, 3, 3]);
  });

  test("UA-64 of very many that are shared every one goes, and nothing else", async () => {
    const keys = Array.from({ length: 25 }, (_, at) => `many-${String(at * 4).padStart(3, "0")}`);
    const shares = keys.map((key) => `  - { record: leads/${key}, to: { role: desk }, access: FULL }`);
    const text = TEXT.replace("shares:\n", `shares:\n${shares.join("\n")}\n`);
    const { gateway, opened } = await freshWorld(open, text);
    await gateway.store.jobs.stop();
    await begin(gateway, DEE, "rex", "sue");
    await stepByStep(opened.database, async () => {});
    const gone = await opened.database.reader.record.findMany({
      where: { owner: { name: "Sue" }, key: { startsWith: "many" } },
    });
    expect(gone.map(({ key }) => key).sort()).toEqual(
      [...new Set([...keys, "many-003", "many-050", "many-110"])].sort(),
    );
  });
});

describeOnBoth("transfers are bounded", (open) => {
  const HEIRS = ["sue", "dee", "ray", "cleo", "hal", "adam", "root"];

  test("UA-64 AP-10 five of one person run at once, others' beside them, and more when they have ended", async () => {
    const { gateway, opened } = await freshWorld(open, TEXT);
    await gateway.store.jobs.stop();
    const answers = await Promise.all(HEIRS.map((heir) => begin(gateway, HAL, "rex", heir)));
    const refused = answers.filter(({ errors }) => errors !== undefined);
    expect(answers.length - refused.length).toBe(MOST_RUNNING);
    for (const answer of refused)
      expect(onlyError(answer).extensions).toMatchObject({
        code: "LIMIT_EXCEEDED",
        requirement: "UA-64",
        limit: { name: "runningTransfers", max: MOST_RUNNING, actual: MOST_RUNNING + 1 },
      });
    expect((await begin(gateway, ROOT, "rex", "sue")).errors).toBeUndefined();
    await stepByStep(opened.database, async () => {});
    expect((await begin(gateway, HAL, "ron", "rex")).errors).toBeUndefined();
  });

  test("UA-64 the very same is refused as long as it runs", async () => {
    const { gateway, opened } = await freshWorld(open, TEXT);
    await gateway.store.jobs.stop();
    expect((await begin(gateway, HAL, "rex", "sue")).errors).toBeUndefined();
    expect(onlyError(await begin(gateway, HAL, "rex", "sue")).extensions).toMatchObject({
      code: "CONFLICT",
      requirement: "UA-64",
    });
    expect((await begin(gateway, ROOT, "rex", "sue")).errors).toBeUndefined();
    await stepByStep(opened.database, async () => {});
    expect((await begin(gateway, HAL, "rex", "sue")).errors).toBeUndefined();
  });

  test("UA-64 whoever leaves does so, however many transfers run", async () => {
    const { gateway } = await freshWorld(open, TEXT);
    await gateway.store.jobs.stop();
    for (const heir of HEIRS.slice(0, MOST_RUNNING)) await begin(gateway, ROOT, "rex", heir);
    const input = {
      id: await gateway.user("rex@acme.test"),
      transferRecordsTo: await gateway.user("sue@acme.test"),
    };
    expect((await gateway.ask(ROOT, DEACTIVATE, { input })).errors).toBeUndefined();
  });
});
