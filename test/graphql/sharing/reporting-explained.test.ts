import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";

const FILE = `
sightline: 1
organization: { key: acme, name: T, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 9, team: 0 }, superAdmin: root@x.test, hierarchy: REPORTING }
roles: { ceo: { name: Ceo }, head: { name: Head, parent: ceo }, rep: { name: Rep, parent: head } }
users:
  root@x.test: { name: Root, role: ceo, profile: administrator }
  cid@x.test: { name: Cid, role: ceo }
  ina@x.test: { name: Ina, role: head, reportsTo: cid@x.test }
  ray@x.test: { name: Ray, role: rep, reportsTo: ina@x.test }
modules: { deals: { label: Deals } }
records: { deals: { one: { name: One, owner: ray@x.test } } }
`;
const EXPLAIN = `query ($user: ID, $record: ID!) { explainAccess(user: $user, record: $record, action: READ) {
  paths { kind sentence rolePath } } }`;
const WHO = `{ users(search: "Ray") { edges { node { reportsTo { name } } } } }`;

describeOnBoth("Who reports to whom, in an explanation", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, FILE);
  });

  test.each([
    ["cid@x.test", null, null, ["Cid", "Ray"]],
    ["root@x.test", "cid@x.test", "Ina", ["Cid", "Ina", "Ray"]],
  ])(
    "AP-23 SH-70 %s about %s sees Ray's manager as %j, and the path as %j",
    async (asker, about, manager, path) => {
      const { users } = await gateway.data(asker, WHO);
      expect(users.edges[0].node.reportsTo?.name ?? null).toBe(manager);
      const { explainAccess } = await gateway.data(asker, EXPLAIN, {
        user: about === null ? null : await gateway.user(about),
        record: await gateway.record("deals", "one"),
      });
      const [hierarchy] = explainAccess.paths.filter((each: { kind: string }) => each.kind === "HIERARCHY");
      expect(hierarchy.rolePath).toEqual(path);
      expect(hierarchy.sentence).not.toContain("Ina");
    },
  );
});
