import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";

const NAMES = ["Löwenthal", "José", "Ida Straße", "İnci", "Jean-Luc", "商談 太郎", "Luca", "Kim Luc"];
const FILE = `
sightline: 1
organization: { key: acme, name: T, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 20, team: 0 }, superAdmin: root@x.test }
roles: { top: { name: Top } }
users:
  root@x.test: { name: Root, role: top, profile: administrator }
${NAMES.map((name, at) => `  "p${at}@x.test": { name: "${name}", role: top }`).join("\n")}
modules: { deals: { label: Deals } }
`;
const SEARCH = `query ($search: String, $first: Int, $after: String) { users(search: $search, first: $first, after: $after) {
  totalCount edges { node { name } } pageInfo { hasNextPage endCursor } } }`;

describeOnBoth("Searching people", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, FILE);
  });
  const search = async (text: string, user = "p4@x.test") => {
    const { users } = await gateway.data(user, SEARCH, { search: text });
    expect(users.totalCount).toBe(users.edges.length);
    return users.edges.map(({ node }: { node: { name: string } }) => node.name);
  };

  test.each([
    ["LÖWEN", ["Löwenthal"]],
    ["lowen", ["Löwenthal"]],
    ["wenth", ["Löwenthal"]],
    ["jose\u0301", ["José"]],
    ["strasse", ["Ida Straße"]],
    ["inci", ["İnci"]],
    ["luc", ["Luca", "Jean-Luc", "Kim Luc"]], // the name begins with it, then a word does
    ["商", ["商談 太郎"]],
    ["談", ["商談 太郎"]],
    ["  luc  jean ", ["Jean-Luc"]],
    ["o", ["José", "Löwenthal", "Root"].sort((a, b) => (a < b ? -1 : 1))],
    ["luc ida", []],
    ["nobody", []],
  ])("SH-54 UA-55 %j finds %j", async (text, names) => {
    expect(await search(text)).toEqual(names);
  });

  test("SH-54 a search is paged in the order of its ranks", async () => {
    const found: string[] = [];
    for (let after: string | null = null; ; ) {
      const { users } = await gateway.data("p4@x.test", SEARCH, { search: "luc", first: 1, after });
      expect(users.totalCount).toBe(3);
      found.push(users.edges[0].node.name);
      if (!users.pageInfo.hasNextPage) break;
      after = users.pageInfo.endCursor;
    }
    expect(found).toEqual(["Luca", "Jean-Luc", "Kim Luc"]);
  });

  test("SH-54 AP-23 an address is searched by who sees it", async () => {
    expect(await search("p6@", "root@x.test")).toEqual(["Luca"]);
    expect(await search("P4@X")).toEqual(["Jean-Luc"]); // one's own
    expect(await search("p6@")).toEqual([]);
  });

  test("SH-54 a renamed person is found by the new name alone", async () => {
    const id = await gateway.user("p6@x.test");
    await gateway.data(
      "root@x.test",
      `mutation ($id: ID!) { updateUser(input: { id: $id, name: "Ærø Ñandú" }) { user { id } } }`,
      { id },
    );
    expect(await search("nandu")).toEqual(["Ærø Ñandú"]);
    expect(await search("luca")).toEqual([]);
    await gateway.data(
      "root@x.test",
      `mutation ($id: ID!) { updateUser(input: { id: $id, name: "Luca" }) { user { id } } }`,
      { id },
    );
  });

  test("AP-17 a search of more than 400 characters is refused and named", async () => {
    const error = onlyError(await gateway.ask("p4@x.test", SEARCH, { search: "x".repeat(401) }));
    expect(error.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "search" });
    expect(await search("x".repeat(400))).toEqual([]);
  });
});
