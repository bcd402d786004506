import { beforeAll, expect, test, vi } from "vitest";
import { asId } from "../../../src/kernel/id.ts";
import { Turns } from "../../../src/kernel/turns.ts";
import { deriveGrants, matchingRules } from "../../../src/store/grants/derive.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../../graphql/gateway.ts";

const RULES = 60;
const RECORDS = 30;

const WORLD = `
sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 9, team: 0 }, superAdmin: root@acme.test }
roles: { ceo: { name: CEO }, rep: { name: Rep, parent: ceo } }
users: { root@acme.test: { name: Root, role: ceo, profile: administrator } }
modules: { leads: { label: Leads, fields: { size: { type: NUMBER } } } }
sharingRules:
${Array.from({ length: RULES }, (_, at) => `  rule-${at}: { module: leads, criteria: { field: size, op: GT, value: ${at} }, to: { role: rep }, access: READ_ONLY }`).join("\n")}
records:
  leads:
${Array.from({ length: RECORDS }, (_, at) => `    r-${at}: { owner: root@acme.test, name: R ${at}, values: { size: ${at} } }`).join("\n")}
`;

describeOnBoth("the criteria of many rules, asked of many records", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, WORLD);
  });

  test("EN-32 others have their turns between two rules", async () => {
    const { database, store } = gateway;
    const policy = await store.policies.get("acme");
    if (policy === null) throw new Error("there is no policy");
    const ids = (await database.reader.record.findMany()).map(({ id }) => asId<"Record">(id));
    const rules = matchingRules(policy.org.rules, policy.modules, 0);
    /** How many turns others have, when a look at the clock takes so long. */
    const turnsTaken = async (passesMs: number) => {
      let now = 0;
      const clock = vi.spyOn(performance, "now").mockImplementation(() => {
        now += passesMs;
        return now;
      });
      const taken = vi.spyOn(Turns.prototype, "taken");
      try {
        await database.write((tx) => deriveGrants(database.kind, tx, policy.org.id, ids, rules));
        return taken.mock.calls.length;
      } finally {
        clock.mockRestore();
        taken.mockRestore();
      }
    };
    const statements = await turnsTaken(0);
    // Each rule of each record looks whether the turn is over, which it is at every tenth.
    expect(await turnsTaken(1)).toBeGreaterThan(statements + (RULES * RECORDS) / 20);
  });
});
