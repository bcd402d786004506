import { afterEach, beforeAll, expect, test } from "vitest";
import { fromGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import {
  actionsOf,
  eventsSince,
  expectDerived,
  lastEvent,
  mail,
  newRecord,
  refusal,
  revoke,
  SHARING,
  shared,
  shareMany,
  sharesOn,
} from "./sharing-world.ts";

describeOnBoth("revokeShares", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, SHARING);
  });
  afterEach(() => expectDerived(gateway.database));

  const counted = (count: number) => ({ revokeShares: { revokedShares: count } });

  test("SH-45 everything shared with a user goes, in every module, with an event each", async () => {
    const lead = await newRecord(gateway, "ray");
    const deal = await newRecord(gateway, "ray", "deals");
    for (const id of [lead, deal])
      for (const recipient of ["user:sue", "role:clerk"])
        await shared(gateway, "ray", id, { with: recipient, level: "FULL" });
    const since = await lastEvent(gateway);
    expect((await revoke(gateway, "ray", "user:sue")).data).toEqual(counted(2));
    for (const id of [lead, deal]) expect(await sharesOn(gateway, id)).toEqual(["ROLE Clerk FULL"]);
    expect(await actionsOf(gateway, "sue", lead)).toBe("");
    const events = await eventsSince(gateway, since);
    expect(events).toMatchObject([1, 2].map(() => ({ action: "UNSHARE_RECORD", actor: "Ray", after: null })));
    expect(events.map(({ targetId }) => targetId).sort()).toEqual(
      [lead, deal].map((id) => fromGlobalId(id)?.id).sort(),
    );
    expect((await revoke(gateway, "ray", "user:sue")).data).toEqual(counted(0));
  });

  test("SH-45 of one module, when it is named", async () => {
    const lead = await newRecord(gateway, "ray");
    const deal = await newRecord(gateway, "ray", "deals");
    for (const id of [lead, deal]) await shared(gateway, "ray", id, { with: "user:dan", level: "FULL" });
    expect((await revoke(gateway, "ray", "user:dan", "deals")).data).toEqual(counted(1));
    expect(await sharesOn(gateway, lead)).toEqual(["USER Dan FULL"]);
    expect(await sharesOn(gateway, deal)).toEqual([]);
    expect((await revoke(gateway, "ray", "user:dan", "forecasts")).data).toEqual(counted(0));
    await revoke(gateway, "ray", "user:dan");
  });

  test.each(["user:dan", "role:desk", "tree:desk", "group:mix"])(
    "SH-45 that very party: everything shared with %s, and nothing else",
    async (recipient) => {
      const id = await newRecord(gateway, "ray");
      // The user last: before, a share with the role would not be ALREADY_VISIBLE, afterwards it would.
      const all = ["user:dan", "role:desk", "tree:desk", "group:mix"];
      for (const each of all) await shared(gateway, "ray", id, { with: each });
      expect((await revoke(gateway, "ray", recipient)).data).toEqual(counted(1));
      expect(await sharesOn(gateway, id)).toHaveLength(3);
      for (const each of all) await revoke(gateway, "ray", each);
      expect(await sharesOn(gateway, id)).toEqual([]);
    },
  );

  test("SH-45 SH-42 only on records that the viewer may share: the rest stays and is not counted", async () => {
    await revoke(gateway, "root", "user:vic");
    const [own, handed, read, hidden] = [
      await newRecord(gateway, "sue"),
      await newRecord(gateway, "ray"),
      await newRecord(gateway, "ray"),
      await newRecord(gateway, "ray"),
    ];
    await shared(gateway, "ray", handed, { with: "user:sue", level: "FULL" });
    await shared(gateway, "ray", read, { with: "user:sue", level: "READ_WRITE" });
    for (const [as, id] of [
      ["sue", own],
      ["ray", handed],
      ["ray", read],
      ["ray", hidden],
    ] as const)
      await shared(gateway, as, id, { with: "user:vic" });
    expect((await revoke(gateway, "sue", "user:vic")).data).toEqual(counted(2));
    const left = await Promise.all([own, handed, read, hidden].map((id) => sharesOn(gateway, id)));
    expect(left.map((shares) => shares.includes("USER Vic READ_ONLY"))).toEqual([false, false, true, true]);
    expect((await revoke(gateway, "hal", "user:vic")).data).toEqual(counted(2));
  });

  test.each([
    ["an unknown module", "ray", "user:sue", "nothing", { code: "BAD_USER_INPUT", field: "input.module" }],
    [
      "a module of what hangs on records (SH-08)",
      "ray",
      "user:sue",
      "notes",
      { code: "BAD_USER_INPUT", field: "input.module" },
    ],
    [
      "an unknown module, and nobody",
      "ray",
      "user:agent",
      "nothing",
      { code: "BAD_USER_INPUT", field: "input.module" },
    ],
    [
      "the support agent, who is nobody (SA-06)",
      "root",
      "user:agent",
      undefined,
      { code: "NOT_FOUND", field: "input.with.user" },
    ],
    ["a deleted user", "root", "user:del", undefined, { code: "NOT_FOUND", field: "input.with.user" }],
    ["nobody, and no right", "tia", "user:agent", "leads", { code: "NOT_FOUND", field: "input.with.user" }],
    [
      "a team user in an organisation module",
      "tia",
      "user:sue",
      "leads",
      { code: "FORBIDDEN", requirement: "TU-12e" },
    ],
    ["a profile that does not share", "vic", "user:sue", "leads", { code: "FORBIDDEN" }],
    ["a profile that shares nowhere", "vic", "user:sue", undefined, { code: "FORBIDDEN" }],
    [
      "who is no member of the team module",
      "sue",
      "user:dan",
      "tickets",
      { code: "FORBIDDEN", requirement: "TU-21" },
    ],
  ])("AP-04 %s", async (_, as, from, module, expected) => {
    const id = await newRecord(gateway, "ray");
    await shared(gateway, "ray", id, { with: "user:sue" });
    const since = await lastEvent(gateway);
    expect(refusal(await revoke(gateway, as, from, module))).toEqual(expected);
    expect(await sharesOn(gateway, id)).toEqual(["USER Sue READ_ONLY"]);
    expect(await eventsSince(gateway, since)).toEqual([]);
    await revoke(gateway, "root", "user:sue");
  });

  test("AP-09 in batches: 1,100 shares cost a few statements more than one, and every one goes", async () => {
    const statements = async (count: number) => {
      await shareMany(gateway, count);
      await gateway.data(mail("ray"), "{ viewer { isSupport } }");
      const { result, statements } = await gateway.database.statementsOf(() =>
        revoke(gateway, "ray", "group:mix", "leads"),
      );
      expect(result.data).toEqual(counted(count));
      return statements.length;
    };
    const one = await statements(1);
    expect(await statements(1100)).toBeLessThanOrEqual(one + 40);
    const left = await gateway.database.reader.recordShare.count({ where: { partyKind: "GROUP" } });
    expect(left).toBe(0);
  });
});
