import { expect, test } from "vitest";
import { describeOnBoth, openTestStore } from "../../database.ts";
import { type Answer, type Gateway, openGateway } from "../gateway.ts";
import { HELD, SUITE } from "./suite.ts";

const ENABLE = `mutation ($input: EnableApplicationInput!) { enableApplication(input: $input) { user { name } } }`;
const DISABLE = `mutation ($input: DisableApplicationInput!) { disableApplication(input: $input) { user { name } } }`;
const ASSIGN = `mutation ($input: AssignApplicationsInput!) { assignApplications(input: $input) { items { isDone refusal { code } } } }`;
const SEATS = `mutation ($input: SetSeatsInput!) { setSeats(input: $input) { organization { seats { regularUsed } } } }`;
const USED = `{ organization { seats { regularUsed } } }`;
const ADA = "ada@acme.test";
const ROOT = "root@acme.test";
const TIMES = 100;

/** One by one or by the list, each through its own gateway. */
function outcomeOf(answer: Answer): string {
  const item = answer.data?.["assignApplications"]?.items[0];
  if (item !== undefined) return item.isDone ? "DONE" : item.refusal.code;
  return answer.errors === undefined ? "DONE" : String(answer.errors[0]?.extensions["code"]);
}

describeOnBoth("the last seat", (open) => {
  test(`UA-10 UA-12 UA-13 two administrators give the last one ${TIMES} times: one does, one is told that there is none`, async () => {
    const { database, url } = await open();
    const elsewhere = await openTestStore(url);
    try {
      const here = await openGateway(database, SUITE);
      const there = await openGateway(elsewhere, null);
      await here.data(ROOT, SEATS, { input: { regular: HELD + 1 } });
      const people = [await here.user("lia@acme.test"), await here.user("pro@acme.test")] as const;
      const values = { role: "Viewer" };
      for (const user of people)
        await here
          .data(ADA, ASSIGN, {
            input: { items: [{ user, applications: [{ application: "ANALYTICS", values }] }] },
          })
          .then(() => here.data(ADA, DISABLE, { input: { user, application: "ANALYTICS" } }));
      const take = (gateway: Gateway, as: string, user: string) =>
        gateway.ask(as, ENABLE, { input: { user, application: "ANALYTICS", values } });
      const won = [0, 0];
      for (let time = 0; time < TIMES; time += 1) {
        const answers = await Promise.all([take(here, ADA, people[0]), take(there, ROOT, people[1])]);
        const outcomes = answers.map(outcomeOf);
        expect(outcomes.toSorted()).toEqual(["DONE", "NO_SEAT"]);
        const refused = answers[outcomes.indexOf("NO_SEAT")]?.errors?.[0];
        expect(refused?.extensions).toMatchObject({ field: "input.user", used: HELD + 1, total: HELD + 1 });
        expect((await there.data(ROOT, USED))["organization"].seats.regularUsed).toBe(HELD + 1);
        const winner = outcomes.indexOf("DONE");
        won[winner] = (won[winner] ?? 0) + 1;
        await here.data(ADA, DISABLE, { input: { user: people[winner], application: "ANALYTICS" } });
      }
      expect(won[0]! + won[1]!).toBe(TIMES);
    } finally {
      await elsewhere.close();
    }
  }, 300_000);

  test("UA-10 AP-07 of a list as many get one as there are, in its order, and the others say why", async () => {
    const gateway = await openGateway((await open()).database, SUITE);
    await gateway.data(ROOT, SEATS, { input: { regular: HELD + 2 } });
    const names = ["lia", "ray", "pro", "none"];
    const items = await Promise.all(
      names.map(async (name) => ({
        user: await gateway.user(`${name}@acme.test`),
        applications: [
          { application: "SALESIQ", values: { role: "Associate", department: "General" } },
          { application: "ANALYTICS", values: { role: "Viewer" } },
        ],
      })),
    );
    const { assignApplications } = await gateway.data(ADA, ASSIGN, { input: { items } });
    expect(assignApplications.items).toEqual([
      { isDone: true, refusal: null },
      // Who has a seat needs no other.
      { isDone: true, refusal: null },
      { isDone: true, refusal: null },
      { isDone: false, refusal: { code: "NO_SEAT" } },
    ]);
    expect((await gateway.data(ROOT, USED))["organization"].seats.regularUsed).toBe(HELD + 2);
  });
});
