import { expect, test } from "vitest";
import { describeOnBoth, openTestStore } from "../../database.ts";
import { openGateway } from "../gateway.ts";
import { AGENT, accessIn, COLLEAGUE, openSupportWorld, ROOT } from "./support-world.ts";

const GRANT = `mutation ($agent: String!) { grantSupportAccess(input: { agent: $agent, expiresOn: "2026-12-24", acknowledgeDataVisible: true }) { supportAccess { id isOpen } } }`;

/** Two grants meet so often. */
const TIMES = 100;

describeOnBoth("SA-05 two grants at once", (open, kind) => {
  test(`SA-05 through two gateways over one database one of them wins, ${TIMES} times`, async () => {
    const { database, url } = await open();
    let now = Date.parse("2026-12-01T12:00:00Z");
    const here = await openSupportWorld(database, "2026-12-01T12:00:00Z");
    const elsewhere = await openTestStore(url);
    try {
      const agents = `${AGENT}:Engineer,${COLLEAGUE}:Engineer`;
      const there = await openGateway(elsewhere, null, {
        clock: { now: () => now },
        settings: { SIGHTLINE_SUPPORT_AGENTS: agents, SIGHTLINE_SUPPORT_POSITIONS: "Engineer" },
      });
      for (let time = 0; time < TIMES; time += 1) {
        // One of the clocks may be ahead.
        now += 1_000;
        here.at(now + (time % 3) - 1);
        const [one, other] = await Promise.all(
          time % 2 === 0
            ? [here.ask(ROOT, GRANT, { agent: AGENT }), there.ask(ROOT, GRANT, { agent: COLLEAGUE })]
            : [there.ask(ROOT, GRANT, { agent: COLLEAGUE }), here.ask(ROOT, GRANT, { agent: AGENT })],
        );
        const codes = [one, other].map((answer) => answer.errors?.[0]?.extensions["code"] ?? "DONE");
        expect(codes.toSorted(), `${kind}, time ${time}`).toEqual(["CONFLICT", "DONE"]);
        expect(await database.reader.supportGrant.count({ where: { revokedAt: null } })).toBe(1);
        now += 1_000;
        here.at(now);
        accessIn(await here.revoke());
        expect(await database.reader.supportGrant.count({ where: { revokedAt: null } })).toBe(0);
      }
    } finally {
      await elsewhere.close();
    }
  });
});
