import { beforeAll, expect, test, vi } from "vitest";
import { Turns } from "../../src/kernel/turns.ts";
import { describeOnBoth } from "../database.ts";
import { type Gateway, names, onlyError, openGateway } from "./gateway.ts";

const ROOT = "root@acme.test";
const RAY = "ray@acme.test";
const FIELDS = 300;
const PEOPLE = 200;

/** A module of very many fields, and very many people in one role. */
const WORLD = `
sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 500, team: 0 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep }
${Array.from({ length: PEOPLE }, (_, at) => `  p${at}@acme.test: { name: "Person ${String((at * 7) % PEOPLE).padStart(3, "0")}", role: rep }`).join("\n")}
groups:
  all: { name: All, members: [${Array.from({ length: PEOPLE }, (_, at) => `{ user: p${at}@acme.test }`).join(", ")}] }
modules:
  wide:
    label: Wide
    fields:
${Array.from({ length: FIELDS }, (_, at) => `      ${at}: { type: TEXT }`).join("\n")}
`;

describeOnBoth("lists of what is in memory", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, WORLD);
  });

  test("AP-10 lists that lead back to where they came from are counted as they are read, and end at a bound", async () => {
    const within = (levels: number) =>
      `{ module(key: "wide") { ${"fields { module { ".repeat(levels)} key ${"} } ".repeat(levels)} } }`;
    const once = await gateway.data(RAY, within(1));
    expect(once["module"].fields).toHaveLength(FIELDS);
    for (const levels of [2, 3, 5]) {
      const answer = await gateway.ask(RAY, within(levels));
      expect(onlyError(answer).extensions).toMatchObject({
        code: "LIMIT_EXCEEDED",
        requirement: "AP-10",
        limit: { name: "listed", max: 100_000 },
      });
      // It ends with the first list too many.
      expect((onlyError(answer).extensions["limit"] as { actual: number }).actual).toBeLessThan(110_000);
      expect(answer.data).toEqual({ module: null });
    }
  });

  test("AP-10 the same through fragments, and through aliases", async () => {
    const fields = Array.from({ length: 40 }, (_, at) => `a${at}: label`).join(" ");
    const more = (count: number) =>
      Array.from({ length: count }, (_, at) => `m${at}: fields { ...F }`).join(" ");
    const query = (count: number) =>
      `{ module(key: "wide") { ${more(count)} } } fragment F on Field { ${fields} }`;
    // 300 rows of 40 fields each time.
    expect(await gateway.data(RAY, query(8))).toBeTruthy();
    expect(onlyError(await gateway.ask(RAY, query(9))).extensions).toMatchObject({ code: "LIMIT_EXCEEDED" });
    expect(await gateway.data(RAY, query(8))).toBeTruthy();
  });

  test("EN-32 an operation that stays in memory lets others have a turn as it goes on", async () => {
    const query = `{ module(key: "wide") { fields { module { fields { key } } } } }`;
    // A clock of its own: a millisecond passes with each look at it, or none at all.
    const turnsTaken = async (passesMs: number) => {
      let now = 0;
      const clock = vi.spyOn(performance, "now").mockImplementation(() => {
        now += passesMs;
        return now;
      });
      const taken = vi.spyOn(Turns.prototype, "taken");
      try {
        const { module } = await gateway.data(RAY, query);
        expect(module.fields[0].module.fields).toHaveLength(FIELDS);
        return taken.mock.calls.length;
      } finally {
        clock.mockRestore();
        taken.mockRestore();
      }
    };
    // Reading the policy takes turns of its own.
    await gateway.data(RAY, query);
    expect(await turnsTaken(0)).toBeLessThan(FIELDS / 10);
    // Each of the 300 fields of the module asks whether its turn is over, and nearly all come after ten milliseconds.
    expect(await turnsTaken(1)).toBeGreaterThan(FIELDS / 2);
  });

  test("AP-01 AP-23 people, holders of a role and members of a group are by name, and pages of them meet", async () => {
    const expected = Array.from({ length: PEOPLE }, (_, at) => `Person ${String(at).padStart(3, "0")}`);
    const everybody: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { users }: Awaited<ReturnType<Gateway["data"]>> = await gateway.data(
        RAY,
        `query ($after: String) { users(first: 30, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { name } } } }`,
        { after },
      );
      expect(users.totalCount).toBe(PEOPLE + 2);
      everybody.push(...names(users));
      after = users.pageInfo.endCursor;
      more = users.pageInfo.hasNextPage;
    }
    expect(everybody).toEqual([...expected, "Ray", "Root"]);
    const { roles, groups } = await gateway.data(
      ROOT,
      `{ roles { edges { node { name children { edges { node { name } } } users(last: 3) { totalCount edges { node { name } } } } } }
         groups { edges { node { members(first: 2) { totalCount edges { node { user { name } } } } } } } }`,
    );
    expect(roles.edges.map(({ node }: { node: { name: string } }) => node.name)).toEqual(["CEO", "Rep"]);
    expect(names(roles.edges[0].node.children)).toEqual(["Rep"]);
    expect(roles.edges[1].node.users.totalCount).toBe(PEOPLE + 1);
    expect(names(roles.edges[1].node.users)).toEqual(["Person 198", "Person 199", "Ray"]);
    expect(
      groups.edges[0].node.members.edges.map(
        ({ node }: { node: { user: { name: string } } }) => node.user.name,
      ),
    ).toEqual(["Person 000", "Person 001"]);
  });

  test("EN-05 a list is of the policy of now: a new name has its new place at once", async () => {
    const id = await gateway.user("p0@acme.test");
    const first = `{ users(first: 1) { edges { node { name } } } roles { edges { node { users(first: 1) { edges { node { name } } } } } } }`;
    const before = await gateway.data(ROOT, first);
    expect(names(before["users"])).toEqual(["Person 000"]);
    await gateway.data(
      ROOT,
      `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { name } } }`,
      {
        input: { id, name: "A new name" },
      },
    );
    const after = await gateway.data(ROOT, first);
    expect(names(after["users"])).toEqual(["A new name"]);
    expect(names(after["roles"].edges[1].node.users)).toEqual(["A new name"]);
  });

  test("SH-54 a search has at most 20 words; the same word again is none", async () => {
    const search = (text: string) =>
      gateway.ask(RAY, `query ($s: String) { users(search: $s) { totalCount } }`, { s: text });
    expect((await search("person ".repeat(50))).data?.["users"].totalCount).toBe(PEOPLE - 1);
    const words = Array.from({ length: 21 }, (_, at) => `w${at}`).join(" ");
    expect(onlyError(await search(words)).extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "search",
    });
  });
});
