import { beforeEach, expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { exportOrganization } from "../../../src/file/export.ts";
import { printOrganizationFile } from "../../../src/file/print.ts";
import { openPace } from "../../../src/store/core/jobs/pace.ts";
import { sweepShares } from "../../../src/store/sharing/sweep-shares.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { NOW } from "../world.ts";
import {
  actionsOf,
  eventsSince,
  expectDerived,
  lastEvent,
  mail,
  newRecord,
  SHARING,
  share,
  shared,
  shareMany,
  sharesOn,
} from "./sharing-world.ts";

/** More shares than are swept in one batch. */
const MANY = 620;

const SEEN = `{ records(module: "leads", first: 3) { totalCount edges { node { id } } } }`;

describeOnBoth("what was shared with a party that is gone, and is not swept yet", (open) => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await openGateway((await open()).database, SHARING);
    // Nobody sweeps.
    await gateway.store.jobs.stop();
  });

  const removeGroup = async (of = gateway) => {
    const input = { id: await of.id("Group", "mix"), force: true };
    return of.ask(
      mail("root"),
      `mutation ($input: DeleteGroupInput!) { deleteGroup(input: $input) { id } }`,
      {
        input,
      },
    );
  };
  const removeRole = async (key: string, heir: string) => {
    const input = {
      id: await gateway.id("Role", key),
      transferTo: await gateway.id("Role", heir),
      force: true,
    };
    await gateway.data(
      mail("root"),
      `mutation ($input: DeleteRoleInput!) { deleteRole(input: $input) { id } }`,
      {
        input,
      },
    );
  };
  /** Batches of background work: so many at most. */
  const sweepBatches = async (most: number) => {
    let batches = 0;
    const isOver = () => ++batches > most;
    const { database } = gateway;
    await sweepShares.run({ database, clock: { now: () => NOW }, pace: openPace(200), isOver });
  };
  const left = () => gateway.database.reader.recordShare.count({ where: { partyKind: "GROUP" } });
  const exported = async () => printOrganizationFile(await exportOrganization(gateway.database, "acme"));
  const countOf = async (as: string) => (await gateway.data(mail(as), SEEN))["records"].totalCount as number;

  test("SH-39 EN-32 a group goes with as many statements for many shares as for one", async () => {
    const few = await openGateway((await open()).database, SHARING);
    await few.store.jobs.stop();
    await shareMany(few, 1);
    await shareMany(gateway, MANY);
    const sent = async (of: Gateway) => {
      const { result, statements } = await of.database.statementsOf(() => removeGroup(of));
      expect(result).not.toHaveProperty("errors");
      return statements.length;
    };
    expect(await sent(gateway)).toBe(await sent(few));
    expect(await left()).toBe(MANY);
  });

  test("SH-39 nobody has anything of them, and nothing tells of them, however far the sweep has come", async () => {
    const before = await countOf("dan");
    await shareMany(gateway, MANY);
    const id = await newRecord(gateway, "ray");
    const one = await shared(gateway, "ray", id, { with: "group:mix", level: "FULL" });
    expect(await countOf("dan")).toBe(before + MANY + 1);
    const file = await exported();
    const since = await lastEvent(gateway);
    await removeGroup();
    for (const batches of [0, 1, 1, 100]) {
      const last = await left();
      await sweepBatches(batches);
      expect(await left()).toBeLessThan(batches === 0 ? MANY + 2 : last);
      expect(await countOf("dan")).toBe(before);
      expect(await actionsOf(gateway, "dan", id)).toBe("");
      expect(await sharesOn(gateway, id)).toEqual([]);
      const node = `query ($id: ID!) { node(id: $id) { id } }`;
      expect((await gateway.ask(mail("root"), node, { id: one.id })).data).toEqual({ node: null });
      const now = await exported();
      expect(now).not.toContain("group:");
      expect(file).toContain("group:");
    }
    expect(await left()).toBe(0);
    await expectDerived(gateway.database);
    const { reader } = gateway.database;
    expect([await reader.group.count(), await reader.shareRemoval.count()]).toEqual([0, 0]);
    const events = (await eventsSince(gateway, since)).filter(({ action }) => action === "UNSHARE_RECORD");
    expect(events).toHaveLength(MANY + 1);
    expect(new Set(events.map(({ actor }) => actor))).toEqual(new Set(["Root"]));
    expect(new Set(events.map(({ requestId }) => requestId)).size).toBe(1);
    expect(new Set(events.map(({ targetId }) => targetId)).size).toBe(MANY + 1);
  });

  test("SH-39 a group made anew under its key meanwhile has nothing of it, and keeps what it is given", async () => {
    await shareMany(gateway, MANY);
    const id = await newRecord(gateway, "ray");
    await shared(gateway, "ray", id, { with: "group:mix" });
    await removeGroup();
    await sweepBatches(1);
    const make = `mutation ($input: CreateGroupInput!) { createGroup(input: $input) { group { key } } }`;
    const members = [{ user: await gateway.user(mail("dan")) }];
    const before = await countOf("dan");
    await gateway.data(mail("root"), make, { input: { key: "mix", name: "Mix again", members } });
    expect(await countOf("dan")).toBe(before);
    const group = await gateway.database.reader.group.findFirstOrThrow({ where: { key: "mix" } });
    expect(group.name).toBe("Mix again");
    expect(await share(gateway, "ray", id, { with: "group:mix" })).not.toHaveProperty("errors");
    expect(await sharesOn(gateway, id)).toEqual(["GROUP Mix again READ_ONLY"]);
    await sweepBatches(100);
    expect(await sharesOn(gateway, id)).toEqual(["GROUP Mix again READ_ONLY"]);
    expect(await countOf("dan")).toBe(before + 1);
    expect(await left()).toBe(1);
  });

  test("SH-39 a role goes the same way, with what is shared with it and with its subordinates", async () => {
    const id = await newRecord(gateway, "ray");
    for (const recipient of ["role:desk", "tree:desk", "role:clerk"])
      await shared(gateway, "ray", id, { with: recipient });
    await removeRole("desk", "ceo");
    expect(await sharesOn(gateway, id)).toEqual(["ROLE Clerk READ_ONLY"]);
    expect(await exported()).not.toContain("desk");
    const { reader } = gateway.database;
    expect(await reader.role.count({ where: { isRemoved: true } })).toBe(1);
    await sweepBatches(100);
    expect(await reader.recordShare.count()).toBe(1);
    expect(await reader.role.count({ where: { isRemoved: true } })).toBe(0);
    expect(await sharesOn(gateway, id)).toEqual(["ROLE Clerk READ_ONLY"]);
  });

  test("SH-39 BU-01 a file that is applied meanwhile finds nothing of them, and may name the key anew", async () => {
    await shareMany(gateway, 20);
    await removeGroup();
    const text = SHARING;
    const { isChanged, leftOver } = await applyOrganizationFile(
      gateway.database,
      { text, name: "acme.yaml" },
      null,
      { now: NOW },
    );
    expect(isChanged).toBe(true);
    expect(leftOver.map(({ noun }) => noun)).not.toContain("groups");
    expect(leftOver.map(({ noun }) => noun)).not.toContain("shares");
    expect(await left()).toBe(0);
    expect(await gateway.database.reader.group.count()).toBe(1);
  });
});
