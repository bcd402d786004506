import { beforeEach, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { rows } from "../gateway.ts";
import { AGENT, accessIn, COLLEAGUE, openSupportWorld, ROOT, type World } from "./support-world.ts";

const HISTORY = `{ organization { supportAccesses { totalCount edges { node {
  agentEmail expiresOn isOpen reason revokedBy { name } grantedBy { name } done { action times } } } } } }`;

const CREATE = `mutation ($name: String!) { createRecord(input: { module: "leads", name: $name, values: {} }) { id } }`;

describeOnBoth("support access is looked back at", (open) => {
  let world: World;
  beforeEach(async () => {
    world = await openSupportWorld((await open()).database, "2026-12-01T12:00:00Z");
  });

  test("SA-14 live and past grants, who opened and closed them, and what was done under each", async () => {
    accessIn(await world.grant({ expiresOn: "2026-12-24", reason: "First" }, "porter@acme.test"));
    await world.data(AGENT, CREATE, { name: "One" });
    await world.data(AGENT, CREATE, { name: "Two" });
    // What others do meanwhile is not the agent's.
    await world.data(ROOT, CREATE, { name: "Three" });
    world.at("2026-12-03T12:00:00Z");
    accessIn(await world.revoke());
    world.at("2026-12-05T12:00:00Z");
    accessIn(await world.grant({ expiresOn: "2026-12-06", agent: COLLEAGUE }));
    world.at("2026-12-08T12:00:00Z");
    accessIn(await world.grant({ expiresOn: "2026-12-24", reason: "Third" }));
    const id = await world.record("leads", "lead-1");
    await world.data(
      AGENT,
      `mutation ($id: ID!) { updateRecord(input: { id: $id, name: "Changed" }) { id } }`,
      { id },
    );

    const { supportAccesses } = (await world.data(ROOT, HISTORY))["organization"];
    expect(supportAccesses.totalCount).toBe(3);
    const written = rows(supportAccesses).map(({ done, ...access }) => ({
      ...access,
      done: done.filter(({ action }: { action: string }) => action.endsWith("_RECORD")),
    }));
    const root = { name: "Root" };
    expect(written).toEqual([
      {
        agentEmail: AGENT,
        expiresOn: "2026-12-24",
        isOpen: true,
        reason: "Third",
        revokedBy: null,
        grantedBy: root,
        done: [{ action: "UPDATE_RECORD", times: 1 }],
      },
      {
        agentEmail: COLLEAGUE,
        expiresOn: "2026-12-06",
        isOpen: false,
        reason: null,
        revokedBy: null,
        grantedBy: root,
        done: [],
      },
      {
        agentEmail: AGENT,
        expiresOn: "2026-12-24",
        isOpen: false,
        reason: "First",
        revokedBy: root,
        grantedBy: { name: "Porter" },
        done: [{ action: "CREATE_RECORD", times: 2 }],
      },
    ]);
  });

  test("SA-14 AP-01 the history is walked in pages of any size, forwards and backwards", async () => {
    for (let day = 1; day <= 5; day += 1) {
      world.at(`2026-12-0${day}T12:00:00Z`);
      accessIn(await world.grant({ expiresOn: "2026-12-24", reason: `${day}` }));
      accessIn(await world.revoke());
    }
    const page = `query ($first: Int, $after: String, $last: Int, $before: String) { organization {
      supportAccesses(first: $first, after: $after, last: $last, before: $before) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { reason } } } } }`;
    const read = async (args: object) => {
      const { supportAccesses } = (await world.data(ROOT, page, args))["organization"];
      expect(supportAccesses.totalCount).toBe(5);
      return { of: rows(supportAccesses).map(({ reason }) => reason), info: supportAccesses.pageInfo };
    };
    const first = await read({ first: 2 });
    const second = await read({ first: 2, after: first.info.endCursor });
    const third = await read({ first: 2, after: second.info.endCursor });
    expect([first.of, second.of, third.of]).toEqual([["5", "4"], ["3", "2"], ["1"]]);
    expect([first.info.hasNextPage, third.info.hasNextPage]).toEqual([true, false]);
    expect((await read({ last: 2, before: third.info.startCursor })).of).toEqual(["3", "2"]);
  });

  test("AP-09 a page costs the same, however many accesses there are and were", async () => {
    accessIn(await world.grant({ expiresOn: "2026-12-24" }));
    const one = await world.statements(ROOT, HISTORY);
    for (let hour = 13; hour < 20; hour += 1) {
      accessIn(await world.revoke());
      world.at(`2026-12-01T${hour}:00:00Z`);
      accessIn(await world.grant({ expiresOn: "2026-12-24" }));
    }
    expect(await world.statements(ROOT, HISTORY)).toBe(one);
  });

  test("SA-14 D01 AP-23 without MANAGE_SUPPORT_ACCESS nothing of it is seen, by the agent least of all", async () => {
    const { id } = accessIn(await world.grant({ expiresOn: "2026-12-24" }));
    const query = `query ($id: ID!) { node(id: $id) { id } organization {
      supportAccess { id } supportAccesses { totalCount } supportAgents { email } longestSupportDays } }`;
    for (const who of ["ray@acme.test", "settler@acme.test", AGENT]) {
      expect(await world.data(who, query, { id })).toEqual({
        node: null,
        organization: {
          supportAccess: null,
          supportAccesses: null,
          supportAgents: null,
          longestSupportDays: null,
        },
      });
    }
  });
});
