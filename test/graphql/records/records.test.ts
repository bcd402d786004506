import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway, type Shown } from "../gateway.ts";
import { LEADS } from "../world.ts";

const ONE = `query ($id: ID, $key: RecordKey) { record(id: $id, key: $key) { key name values } }`;
const PAGE = `query ($module: String!, $filter: RecordFilter, $orderBy: [RecordOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  records(module: $module, filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { key } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount totalIsLowerBound } }`;

describeOnBoth("records", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
  });
  const keys = (records: { edges: { node: { key: string } }[] }) => records.edges.map(({ node }) => node.key);
  const list = async (user: string, variables: object) =>
    (await gateway.data(user, PAGE, { module: "leads", ...variables }))["records"];

  test("AP-01 walking pages of any size, from either end, gives the whole list once", async () => {
    const whole = keys(await list("ray@acme.test", { first: 100 })).concat(
      keys(await list("ray@acme.test", { last: LEADS - 100 })),
    );
    expect(new Set(whole).size).toBe(LEADS);
    for (const size of [7, 50, 100]) {
      const walked: string[] = [];
      for (let after: string | null = null; ; ) {
        const page: Shown = await list("ray@acme.test", { first: size, after });
        walked.push(...keys(page));
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        after = page.pageInfo.endCursor;
        if (!page.pageInfo.hasNextPage) break;
        expect(page.edges).toHaveLength(size);
      }
      expect(walked).toEqual(whole);
      const back: string[] = [];
      for (let before: string | null = null; ; ) {
        const page: Shown = await list("ray@acme.test", { last: size, before });
        back.unshift(...keys(page));
        expect(page.pageInfo.hasNextPage).toBe(before !== null);
        before = page.pageInfo.startCursor;
        if (!page.pageInfo.hasPreviousPage) break;
      }
      expect(back).toEqual(whole);
    }
  });

  test("AP-01 a page has 25 rows unless said otherwise, and counts exactly under the same reach", async () => {
    const page = await list("ray@acme.test", {});
    expect(page.edges).toHaveLength(25);
    expect(page).toMatchObject({ totalCount: LEADS, totalIsLowerBound: false });
    expect((await list("sue@acme.test", {})).totalCount).toBe(1);
    expect((await list("pia@acme.test", {})).totalCount).toBe(0);
  });

  test.each([
    ["first below", { first: 0 }, "first"],
    ["first above", { first: 101 }, "first"],
    ["last above", { last: 101 }, "last"],
    ["both ends", { first: 1, last: 1 }, "last"],
    ["a broken cursor", { after: "nonsense" }, "after"],
    ["a broken cursor", { before: "nonsense" }, "before"],
    ["an unknown module", { module: "nothing" }, "module"],
    ["an unknown field in the order", { orderBy: [{ field: "nothing" }] }, "orderBy.0.field"],
    [
      "an unknown field in the filter",
      { filter: { compare: { field: "nothing", op: "EQ", value: 1 } } },
      "filter.compare.field",
    ],
    [
      "a value of another type",
      { filter: { any: [{ compare: { field: "revenue", op: "EQ", value: "5" } }] } },
      "filter.any.0.compare.value",
    ],
    ["an empty list", { filter: { all: [] } }, "filter.all"],
  ])("AP-04 bad input names its argument: %s", async (_title, variables, field) => {
    const answer = await gateway.ask("ray@acme.test", PAGE, { module: "leads", ...variables });
    expect(answer.data).toEqual({ records: null });
    expect(onlyError(answer).extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
  });

  test("AP-02 a filter has exactly one member", async () => {
    const compare = { field: "status", op: "EQ", value: "won" };
    for (const filter of [{}, { compare, all: [{ compare }] }, { all: null }]) {
      const answer = await gateway.ask("ray@acme.test", PAGE, { module: "leads", filter });
      expect(onlyError(answer).extensions).toMatchObject({ code: "BAD_USER_INPUT" });
    }
  });

  test("SH-52 filters and orders speak of reached records", async () => {
    const won = { all: [{ compare: { field: "status", op: "IN", value: ["won", "lost"] } }] };
    expect(keys(await list("ray@acme.test", { filter: won }))).toEqual(["lead-2", "lead-1"]);
    expect(keys(await list("sue@acme.test", { filter: won }))).toEqual(["lead-1"]);
    const byRevenue = await list("ray@acme.test", {
      first: 2,
      orderBy: [{ field: "revenue", direction: "DESC" }],
    });
    expect(keys(byRevenue)).toEqual([`lead-${LEADS}`, `lead-${LEADS - 1}`]);
    const [mine, theirs] = await Promise.all([
      gateway.record("accounts", "acc-2"),
      gateway.record("accounts", "acc-1"),
    ]);
    const pointing = (account: string) => ({
      filter: { compare: { field: "account", op: "EQ", value: account } },
    });
    expect((await list("ray@acme.test", pointing(mine))).totalCount).toBeGreaterThan(50);
    expect((await list("ray@acme.test", pointing(theirs))).totalCount).toBe(0);
  });

  test("AP-03 record gives a record by exactly one of id and key", async () => {
    const id = await gateway.record("leads", "lead-3");
    for (const variables of [{ id }, { key: { module: "leads", key: "lead-3" } }]) {
      expect((await gateway.data("ray@acme.test", ONE, variables))["record"]).toMatchObject({
        key: "lead-3",
        name: "Three",
      });
    }
    for (const [variables, field] of [
      [{}, "id"],
      [{ id, key: { module: "leads", key: "lead-3" } }, "key"],
      [{ id: "lead-3" }, "id"],
      [{ key: { module: "nothing", key: "lead-3" } }, "key.module"],
      [{ key: { module: "leads", key: "lead-3\u0000" } }, "key.key"],
      [{ key: { module: "leads", key: "\ud800" } }, "key.key"],
    ] as const) {
      const answer = await gateway.ask("ray@acme.test", ONE, variables);
      expect(answer.data).toEqual({ record: null });
      expect(onlyError(answer).extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
    }
  });

  test("AP-03 out of reach, absent and of another noun are one answer with the same statements", async () => {
    const hidden = await gateway.record("leads", "other-1");
    const { toGlobalId } = await import("../../../src/kernel/global-id.ts");
    const absent = toGlobalId("Record", "01900000-0000-7000-8000-000000000000");
    const user = await gateway.user("ray@acme.test");
    const answers = await Promise.all(
      [hidden, absent, user].map((id) => gateway.ask("ray@acme.test", ONE, { id })),
    );
    for (const answer of answers)
      expect({ data: answer.data, errors: answer.errors }).toEqual({
        data: { record: null },
        errors: undefined,
      });
    const costs: number[] = [];
    for (const id of [hidden, absent, user])
      costs.push(await gateway.statements("ray@acme.test", ONE, { id }));
    expect(new Set(costs).size).toBe(1);
    const byKey: number[] = [];
    for (const key of ["other-1", "nothing"])
      byKey.push(await gateway.statements("ray@acme.test", ONE, { key: { module: "leads", key } }));
    expect(new Set(byKey).size).toBe(1);
  });

  test("SH-53 values hold every field; a lookup out of reach is hidden and nothing more", async () => {
    const values = async (user: string, key: string) =>
      (await gateway.data(user, ONE, { key: { module: "leads", key } }))["record"].values;
    expect(await values("ray@acme.test", "lead-1")).toEqual({
      status: "won",
      revenue: 5,
      account: { hidden: true },
      contact: { id: await gateway.user("sue@acme.test"), name: "Sue" },
      tags: ["hot"],
      signedAt: "2026-11-01T08:00:00.000Z",
    });
    expect(await values("ray@acme.test", "lead-2")).toMatchObject({
      account: { id: await gateway.record("accounts", "acc-2"), key: "acc-2", name: "Known to reps" },
      revenue: null,
    });
    expect(await values("ray@acme.test", "lead-3")).toEqual({
      status: "new",
      revenue: null,
      account: null,
      contact: null,
      tags: null,
      signedAt: null,
    });
    expect(await values("sue@acme.test", "lead-1")).toMatchObject({
      account: { key: "acc-1", name: "Hidden from reps" },
    });
  });

  test("SH-53 what else a record shows", async () => {
    const query = `{ record(key: { module: "leads", key: "lead-1" }) { id name createdAt updatedAt module { key label } owner { name isSupport } createdBy { name } } }`;
    expect((await gateway.data("sue@acme.test", query))["record"]).toMatchObject({
      id: await gateway.record("leads", "lead-1"),
      createdAt: "2026-10-01T08:00:00.000Z",
      module: { key: "leads", label: "Leads" },
      owner: { name: "Ray", isSupport: false },
      createdBy: { name: "Ray" },
    });
  });

  test.each([
    ["ray@acme.test", "leads", "lead-1", [true, true, true, true, true]],
    ["hal@acme.test", "leads", "lead-1", [true, true, true, true, true]],
    ["sue@acme.test", "leads", "lead-1", [true, false, false, false, false]],
    ["ann@acme.test", "leads", "lead-1", [true, false, false, false, false]], // the rule gives update, the profile does not
    ["rex@acme.test", "deals", "deal-1", [true, true, false, false, false]],
    ["ray@acme.test", "deals", "deal-1", [true, false, false, false, false]],
    ["tia@acme.test", "tickets", "ticket-1", [true, true, true, true, true]],
    ["agent@vendor.test", "leads", "lead-1", [true, true, false, true, true]],
  ])("EN-01 access says what %s may do with %s/%s: %s", async (user, module, key, expected) => {
    const query = `query ($key: RecordKey) { record(key: $key) { access { read update delete share changeOwner } } }`;
    const { record } = await gateway.data(user, query, { key: { module, key } });
    expect(Object.values(record.access)).toEqual(expected);
  });

  test("SH-42 shares are shown to who may share, and null for others", async () => {
    const query = `{ record(key: { module: "leads", key: "lead-1" }) { shares { totalCount edges { node { level isLive expiresAt recipient { kind user { name } group { name } } sharedBy { name } record { key } } } } } }`;
    const { record } = await gateway.data("ray@acme.test", query);
    expect(record.shares.totalCount).toBe(2);
    const common = { sharedBy: null, record: { key: "lead-1" } };
    expect(record.shares.edges.map((edge: Shown) => edge.node)).toEqual(
      expect.arrayContaining([
        {
          ...common,
          level: "READ_ONLY",
          isLive: true,
          expiresAt: null,
          recipient: { kind: "USER", user: { name: "Sue" }, group: null },
        },
        {
          ...common,
          level: "READ_WRITE",
          isLive: false,
          expiresAt: "2026-11-30T00:00:00.000Z",
          recipient: { kind: "GROUP", user: null, group: { name: "VIPs" } },
        },
      ]),
    );
    expect((await gateway.data("sue@acme.test", query))["record"].shares).toBeNull();
  });
});
