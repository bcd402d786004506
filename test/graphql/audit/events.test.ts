import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { AGENT, onlyError } from "../gateway.ts";
import { NOW } from "../world.ts";
import { type Events, openEvents, WILL } from "./audit-world.ts";

const CHANGES =
  "filter: { actions: [UPDATE_RECORD, SHARE_RECORD, CHANGE_OWNER, DELETE_RECORD, UPDATE_ROLE, UPDATE_PROFILE] }";

const [ROOT, HAL, RAY, REX, SUE] = ["root", "hal", "ray", "rex", "sue"].map(
  (name) => `${name}@acme.test`,
) as [string, string, string, string, string];

describeOnBoth("SA-22 who reads which events", (open) => {
  let events: Events;
  beforeAll(async () => {
    events = await openEvents((await open()).database);
    const { gateway, change } = events;
    const record = (key: string) => gateway.record("leads", key);
    await change(RAY, "updateRecord", {
      id: await record("lead-3"),
      name: "Third",
      values: { revenue: 7, account: await gateway.record("accounts", "acc-2") },
    });
    await change(REX, "updateRecord", { id: await record("other-1"), name: "Another" });
    await change(RAY, "shareRecord", {
      id: await record("lead-2"),
      with: { user: await gateway.user(SUE) },
      level: "READ_ONLY",
    });
    await change(RAY, "changeOwner", { id: await record("lead-7"), owner: await gateway.user(SUE) });
    await change(RAY, "deleteRecord", { id: await record("lead-8") });
    await change(ROOT, "updateRole", { id: await gateway.id("Role", "rep"), name: "Representative" });
    await change(ROOT, "deleteSharingRule", { id: await gateway.id("SharingRule", "won-to-vips") });
    await change(ROOT, "updateProfile", {
      id: await gateway.id("Profile", "people"),
      name: "Personnel",
      expectedVersion: await profileVersion(events),
    });
  });

  const OWN = [
    "Ray DELETE_RECORD hidden",
    "Ray CHANGE_OWNER hidden",
    "Ray SHARE_RECORD Two",
    "Ray UPDATE_RECORD Third",
  ];

  test.each([
    [RAY, OWN],
    [HAL, [...OWN.slice(0, 3), "Rex UPDATE_RECORD Another", OWN[3]!]],
    [REX, ["Rex UPDATE_RECORD Another"]],
    [SUE, []],
    [
      ROOT,
      [
        "Root UPDATE_PROFILE Personnel",
        "Root DELETE_SHARING_RULE won-to-vips",
        "Root UPDATE_ROLE Representative",
        "Ray DELETE_RECORD Lead 8",
        "Ray CHANGE_OWNER Lead 7",
        "Ray SHARE_RECORD Two",
        "Rex UPDATE_RECORD Another",
        "Ray UPDATE_RECORD Third",
      ],
    ],
    [
      WILL,
      [
        "Root UPDATE_PROFILE hidden",
        "Root DELETE_SHARING_RULE hidden",
        "Root UPDATE_ROLE Representative",
        "Ray DELETE_RECORD Lead 8",
        "Ray CHANGE_OWNER hidden",
        "Ray SHARE_RECORD hidden",
        "Rex UPDATE_RECORD hidden",
        "Ray UPDATE_RECORD hidden",
      ],
    ],
  ])("SA-22 %s reads %j", async (user, expected) => {
    const lines = await events.lines(user);
    expect(lines.filter((line) => !line.startsWith("the system"))).toEqual(expected);
    expect(lines.some((line) => line.startsWith("the system"))).toBe([ROOT, WILL].includes(user));
    const hidden = (await events.read(user)).filter(({ target }) => target === null);
    for (const { changes } of hidden) expect(changes).toBeNull();
  });

  test("SA-22 numbers and totals are for those who read everything", async () => {
    const query = "{ auditEvents(first: 2) { totalCount totalIsLowerBound edges { node { sequence } } } }";
    const all = await events.gateway.data(WILL, query);
    const last = (await events.gateway.database.reader.auditHead.findFirstOrThrow()).sequence;
    expect(all["auditEvents"]).toMatchObject({ totalCount: last, totalIsLowerBound: false });
    expect(all["auditEvents"].edges[0].node.sequence).toBe(last);
    const some = await events.gateway.data(RAY, query);
    expect(some["auditEvents"]).toMatchObject({ totalCount: 2, totalIsLowerBound: true });
    expect(some["auditEvents"].edges[0].node.sequence).toBeNull();
  });

  test("SA-22 what an event changed is a diff to read, and values point to what the reader reads", async () => {
    const asked = `filter: { actions: [UPDATE_RECORD], actor: "${await events.gateway.user(RAY)}" }`;
    const [event] = await events.read(RAY, asked);
    expect(event.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: "name", beforeText: "Three", afterText: "Third" }),
        expect.objectContaining({
          field: "values.revenue",
          label: "Expected revenue",
          before: null,
          after: 7,
        }),
        expect.objectContaining({
          field: "values.account",
          before: null,
          after: { id: expect.any(String), key: "acc-2", name: "Known to reps" },
          afterText: "Known to reps",
        }),
      ]),
    );
    const [, moved] = await events.read(ROOT, `filter: { actions: [CHANGE_OWNER, UPDATE_ROLE] }`);
    expect(moved.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: "ownerId", beforeText: "Ray", afterText: "Sue" }),
      ]),
    );
  });

  test("SH-42 SA-22 a share is told to those who may share the record now", async () => {
    const asked = "filter: { actions: [SHARE_RECORD] }";
    const fields = async (user: string) => {
      const found = (await events.read(user, asked))[0].changes as { field: string; afterText: string }[];
      return found.map(({ field, afterText }) => `${field}: ${afterText}`);
    };
    expect(await fields(RAY)).toEqual(expect.arrayContaining(["party: Sue", "level: READ_ONLY"]));
    expect(await fields(HAL)).toEqual(expect.arrayContaining(["party: Sue"]));
  });

  test("D01 D11 SA-22 the agent reads the log, and no settings in it", async () => {
    const lines = await events.lines(AGENT);
    expect(lines).toEqual(
      expect.arrayContaining(["Root UPDATE_ROLE Representative", "Ray UPDATE_RECORD Third"]),
    );
    const [applied] = await events.read(AGENT, "filter: { actions: [APPLY_ORGANIZATION_FILE] }");
    expect(applied.changes.map(({ field }: { field: string }) => field)).toEqual(["version"]);
    expect(applied.target).toMatchObject({ type: "Organization" });
    const [whole] = await events.read(ROOT, "filter: { actions: [APPLY_ORGANIZATION_FILE] }");
    expect(whole.changes.length).toBeGreaterThan(5);
    expect(JSON.stringify(applied)).not.toContain("supportAccess");
  });

  test("SA-22 filters find by actor, action, target, time and support, alone and together", async () => {
    const { gateway, lines } = events;
    const [ray, rex] = [await gateway.user(RAY), await gateway.user(REX)];
    const third = await gateway.record("leads", "lead-3");
    expect(await lines(ROOT, `filter: { actor: "${rex}" }`)).toEqual(["Rex UPDATE_RECORD Another"]);
    expect(await lines(ROOT, `filter: { target: "${third}" }`)).toEqual([
      "Ray UPDATE_RECORD Third",
      "the system CREATE_RECORD Third",
    ]);
    expect(await lines(HAL, `filter: { actions: [UPDATE_RECORD] }`)).toEqual([
      "Rex UPDATE_RECORD Another",
      "Ray UPDATE_RECORD Third",
    ]);
    expect(await lines(HAL, `filter: { actor: "${ray}", actions: [SHARE_RECORD, UPDATE_RECORD] }`)).toEqual([
      "Ray SHARE_RECORD Two",
      "Ray UPDATE_RECORD Third",
    ]);
    const [at, later] = [new Date(NOW).toISOString(), new Date(NOW + 1).toISOString()];
    expect((await lines(ROOT, `filter: { from: "${at}", to: "${later}" }`)).length).toBeGreaterThan(5);
    expect(await lines(ROOT, `filter: { from: "${later}" }`)).toEqual([]);
    expect(await lines(ROOT, `filter: { to: "${at}" }`)).toEqual([]);
    expect(await lines(ROOT, `filter: { isSupport: true, actions: [UPDATE_RECORD] }`)).toEqual([]);
    expect((await lines(ROOT, `filter: { isSupport: false }`)).length).toBeGreaterThan(5);
  });

  test("SA-22 a filter finds nothing by what is not shown", async () => {
    const { gateway, lines } = events;
    const [seventh, rule] = [await gateway.record("leads", "lead-7"), await gateway.user(ROOT)];
    expect(await lines(RAY, `filter: { target: "${seventh}" }`)).toEqual([]);
    expect(await lines(WILL, `filter: { target: "${seventh}" }`)).toEqual([]);
    expect(await lines(ROOT, `filter: { target: "${seventh}" }`)).toEqual([
      "Ray CHANGE_OWNER Lead 7",
      "the system CREATE_RECORD Lead 7",
    ]);
    expect(await lines(RAY, `filter: { actor: "${rule}" }`)).toEqual([]);
    expect(await lines(REX, `filter: { actor: "${await gateway.user(RAY)}" }`)).toEqual([]);
  });

  test.each([
    ["filter.actor", 'filter: { actor: "nobody" }'],
    ["filter.target", 'filter: { target: "bm9ib2R5" }'],
    ["filter.actions", "filter: { actions: [] }"],
    ["filter.to", 'filter: { from: "2026-11-02T00:00:00Z", to: "2026-11-01T00:00:00Z" }'],
    ["after", 'after: "x"'],
    ["before", 'before: "WzEsIjEiXQ"'],
    ["first", "first: 101"],
  ])("AP-04 a fault of %s is told by its name", async (field, args) => {
    const answer = await events.gateway.ask(ROOT, `{ auditEvents(${args}) { edges { node { id } } } }`);
    expect(onlyError(answer).extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
  });

  test.each([ROOT, HAL, RAY])(
    "AP-01 %s walks pages of any size, there and back, and reads all once",
    async (user) => {
      const whole = (await events.read(user, `first: 100, ${CHANGES}`)).map(({ id }) => id as string);
      for (const size of [1, 2, 3, 7]) {
        const there: string[] = [];
        let after: string | null = null;
        do {
          const page = await pageOf(
            `${CHANGES}, first: ${size}${after === null ? "" : `, after: "${after}"`}`,
          );
          there.push(...page.ids);
          after = page.info.hasNextPage ? page.info.endCursor : null;
        } while (after !== null);
        expect(there).toEqual(whole);
        const back: string[] = [];
        let before: string | null = null;
        do {
          const page = await pageOf(
            `${CHANGES}, last: ${size}${before === null ? "" : `, before: "${before}"`}`,
          );
          back.unshift(...page.ids);
          before = page.info.hasPreviousPage ? page.info.startCursor : null;
        } while (before !== null);
        expect(back).toEqual(whole);
      }

      async function pageOf(args: string) {
        const { auditEvents } = await events.gateway.data(
          user,
          `{ auditEvents(${args}) { edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        );
        return {
          ids: auditEvents.edges.map(({ node }: { node: { id: string } }) => node.id) as string[],
          info: auditEvents.pageInfo as {
            hasNextPage: boolean;
            hasPreviousPage: boolean;
            startCursor: string;
            endCursor: string;
          },
        };
      }
    },
  );

  test("AP-01 a cursor says nothing of how many events there are", async () => {
    const { auditEvents } = await events.gateway.data(
      RAY,
      "{ auditEvents(first: 1) { edges { cursor node { id at } } } }",
    );
    const [{ cursor, node }] = auditEvents.edges;
    const [at, id] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as [number, string];
    expect(at).toBe(Date.parse(node.at));
    expect(Buffer.from(node.id, "base64url").toString("utf8")).toBe(`AuditEvent:${id}`);
  });

  test("AP-09 more events cost no more statements", async () => {
    const query = (first: number) =>
      `{ auditEvents(first: ${first}) { totalCount edges { node { actor { name } target { name } changes { field before after } } } } }`;
    for (const user of [ROOT, HAL]) {
      const [two, hundred] = [
        await events.gateway.statements(user, query(2)),
        await events.gateway.statements(user, query(100)),
      ];
      expect(hundred).toBeLessThanOrEqual(Math.max(two, 12));
    }
  });

  test("AP-03 an event out of reach is none, and no more is told to whoever knows its id", async () => {
    const [own] = await events.read(REX);
    const node = async (user: string) =>
      (await events.gateway.data(user, `{ node(id: "${own.id}") { ... on AuditEvent { action } } }`))["node"];
    expect(await node(REX)).toEqual({ action: "UPDATE_RECORD" });
    expect(await node(HAL)).toEqual({ action: "UPDATE_RECORD" });
    expect(await node(RAY)).toBeNull();
  });
});

async function profileVersion({ gateway }: Events): Promise<number> {
  const id = await gateway.id("Profile", "people");
  const { node } = await gateway.data(ROOT, `{ node(id: "${id}") { ... on Profile { version } } }`);
  return node.version as number;
}
