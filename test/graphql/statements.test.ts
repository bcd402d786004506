import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../database.ts";
import { AGENT, type Gateway, openGateway } from "./gateway.ts";

const EVERYTHING = `fragment Everything on RecordConnection {
  totalCount totalIsLowerBound pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  edges { cursor node { ...Whole } } }
fragment Whole on Record { id key name createdAt updatedAt values
  module { key label permissions fields { key lookupModule { key } } }
  owner { ...Person } createdBy { ...Person }
  access { read update delete share changeOwner }
  shares { totalCount edges { node { level isLive record { name owner { name } } recipient { kind user { ...Person } group { members { edges { node { kind } } } } } sharedBy { name } } } } }
fragment Person on User { id name email status role { name parent { name } users { totalCount } } profile { name } reportsTo { name } }`;

describeOnBoth("statements of one operation", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
  });

  const pageOf = (first: number) =>
    `{ records(module: "leads", first: ${first}) { ...Everything } } ${EVERYTHING}`;

  /** Sign-in: the version. The page: its places, its rows, its count. Then all to be judged, lookups' rows, shares, their records. */
  const BOUND = 9;

  test.each(["ray@acme.test", "root@acme.test", "ann@acme.test", "hal@acme.test", AGENT])(
    "AP-09 a page of 100 costs %s as many statements as a page of 10",
    async (user) => {
      const [ten, hundred] = [
        await gateway.statements(user, pageOf(10)),
        await gateway.statements(user, pageOf(100)),
      ];
      expect(hundred).toBe(ten);
      expect(hundred).toBeLessThanOrEqual(BOUND);
    },
  );

  test("AP-09 two aliases cost at most twice one, and the aliases of a count nothing", async () => {
    const one = await gateway.statements("ray@acme.test", pageOf(100));
    const two = await gateway.statements(
      "ray@acme.test",
      `{ a: records(module: "leads", first: 100) { ...Everything } b: records(module: "leads", last: 100) { ...Everything } } ${EVERYTHING}`,
    );
    expect(two).toBeLessThanOrEqual(2 * one);
    const counted = await gateway.statements("ray@acme.test", `{ records(module: "leads") { totalCount } }`);
    const again = `{ records(module: "leads") { totalCount a: totalCount b: totalCount pageInfo { hasNextPage } c: pageInfo { hasNextPage hasPreviousPage } } }`;
    expect(await gateway.statements("ray@acme.test", again)).toBe(counted);
  });

  test("AP-09 aliases on every row cost what one does", async () => {
    const fields = Array.from(
      { length: 8 },
      (_, at) =>
        `v${at}: values s${at}: shares { totalCount } x${at}: access { read } o${at}: owner { name }`,
    ).join(" ");
    const page = (inner: string) =>
      `{ records(module: "leads", first: 100) { edges { node { ${inner} } } } }`;
    const one = await gateway.statements(
      "ray@acme.test",
      page("values shares { totalCount } access { read } owner { name }"),
    );
    expect(await gateway.statements("ray@acme.test", page(fields))).toBe(one);
  });

  test("AP-01 the count and the look back cost a statement only when asked for", async () => {
    const { records } = await gateway.data(
      "ray@acme.test",
      `{ records(module: "leads", first: 1) { pageInfo { endCursor } } }`,
    );
    const page = (inner: string) =>
      `{ records(module: "leads", first: 10, after: "${records.pageInfo.endCursor}") { edges { node { key } } ${inner} } }`;
    const bare = await gateway.statements("ray@acme.test", page(""));
    expect(await gateway.statements("ray@acme.test", page("totalCount"))).toBe(bare + 1);
    expect(await gateway.statements("ray@acme.test", page("pageInfo { hasNextPage endCursor }"))).toBe(bare);
    expect(await gateway.statements("ray@acme.test", page("pageInfo { hasPreviousPage }"))).toBe(bare + 1);
  });

  test("AP-09 structure is read from the policy: no statement beside the version, rules' progress and seats", async () => {
    const structure = `{ viewer { capabilities user { name role { name } profile { modules { permissions } } } }
      users(filter: ALL) { totalCount edges { node { email role { children { edges { node { name } } } } } } }
      roles { edges { node { users { totalCount } } } } groups { edges { node { members { totalCount } } } }
      modules { edges { node { permissions fields { key } } } } profiles { totalCount }
      a: sharingRules { edges { node { name criteria target { kind } } } } organization { edition } }`;
    expect(await gateway.statements("root@acme.test", structure)).toBe(1);
    const more = `{ a: organization { seats { regular } } b: organization { seats { team } } sharingRules { edges { node { appliedRecords totalRecords } } } }`;
    expect(await gateway.statements("root@acme.test", more)).toBe(3);
  });
});
