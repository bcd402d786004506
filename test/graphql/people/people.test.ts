import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, names, openGateway } from "../gateway.ts";

describeOnBoth("people", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
    // A record of the agent's own, as it is left behind by what it created (SA-08).
    const { database } = gateway;
    const agent = await database.reader.user.findFirstOrThrow({ where: { email: AGENT } });
    await database.write((tx) =>
      tx.record.updateMany({
        where: { key: "agent-1" },
        data: { ownerId: agent.id, ownerSeq: agent.seq, ownerRoleId: null, createdById: agent.id },
      }),
    );
  });

  test.each([
    ["ALL", ["Ann", "Hal", "Ian", "Pam", "Pia", "Ray", "Rex", "Root", "Sue", "Tia"]],
    ["ACTIVE", ["Ann", "Hal", "Pia", "Ray", "Rex", "Root", "Sue", "Tia"]],
    ["INACTIVE", ["Ian"]],
    ["PENDING", ["Pam"]],
    ["RESTRICTED", []],
    ["ADMINISTRATORS", ["Root"]],
  ])("UA-52 users(filter: %s) lists %j", async (filter, expected) => {
    const query = `query ($filter: UserListFilter) { users(filter: $filter) { totalCount edges { node { name } } } }`;
    const { users } = await gateway.data("ray@acme.test", query, { filter });
    expect(names(users)).toEqual(expected);
    expect(users.totalCount).toBe(expected.length);
  });

  test("UA-52 the list is of active people unless said otherwise, and search finds names, and addresses for who sees them", async () => {
    const found = async (user: string, search?: string) =>
      names(
        (
          await gateway.data(
            user,
            `query ($search: String) { users(search: $search) { edges { node { name } } } }`,
            { search },
          )
        )["users"],
      );
    expect(await found("ray@acme.test")).not.toContain("Ian");
    expect((await found("ray@acme.test", "r")).slice(0, 3)).toEqual(["Ray", "Rex", "Root"]);
    expect(await found("pia@acme.test", "sue@")).toEqual(["Sue"]);
    expect(await found("ray@acme.test", "sue@")).toEqual([]); // nobody learns an address by searching for it
  });

  test("SA-06 the agent is found nowhere, but by name as owner and creator", async () => {
    const agent = await gateway.user(AGENT);
    const everywhere = `query ($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id }
      users(filter: ALL) { totalCount edges { node { isSupport } } } found: users(filter: ALL, search: "agent") { totalCount } roles { edges { node { users { edges { node { isSupport } } } } } } }`;
    for (const user of ["root@acme.test", "ray@acme.test", AGENT]) {
      const data = await gateway.data(user, everywhere, { id: agent, ids: [agent] });
      expect([data["node"], data["nodes"]]).toEqual([null, [null]]);
      expect(data["users"].totalCount).toBe(10);
      expect(data["found"].totalCount).toBe(0);
      expect(JSON.stringify(data)).not.toContain('"isSupport":true');
    }
    const record = `{ record(key: { module: "leads", key: "agent-1" }) { owner { id name isSupport email status role { name } profile { name } license createdAt reportsTo { name } isAdministrator } createdBy { isSupport } } }`;
    expect((await gateway.data("root@acme.test", record))["record"]).toEqual({
      owner: {
        id: agent,
        name: expect.any(String),
        isSupport: true,
        email: null,
        status: null,
        role: null,
        profile: null,
        license: null,
        createdAt: null,
        reportsTo: null,
        isAdministrator: false,
      },
      createdBy: { isSupport: true },
    });
    expect(
      (await gateway.data(AGENT, `{ viewer { isSupport user { isSupport email } } }`))["viewer"],
    ).toEqual({
      isSupport: true,
      user: { isSupport: true, email: AGENT },
    });
  });
});
