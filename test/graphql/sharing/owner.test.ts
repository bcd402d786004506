import { afterEach, beforeAll, expect, test } from "vitest";
import { fromGlobalId, toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import {
  actionsOf,
  eventsSince,
  expectDerived,
  handOver,
  lastEvent,
  mail,
  newRecord,
  refusal,
  SHARING,
  shared,
} from "./sharing-world.ts";

const ALL = "read update delete share changeOwner";
const HAND_OVER = "mutation ($input: ChangeOwnerInput!) { changeOwner(input: $input) { id } }";

describeOnBoth("changeOwner", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, SHARING);
  });
  afterEach(() => expectDerived(gateway.database));

  const uuid = async (name: string) => fromGlobalId(await gateway.user(mail(name)))?.id;

  test("SH-46 the new owner has everything, the old one what is left, and the record is newer", async () => {
    const id = await newRecord(gateway, "ray");
    const before = await gateway.database.reader.record.findFirstOrThrow({
      where: { id: fromGlobalId(id)?.id ?? "" },
    });
    const answer = await handOver(gateway, "ray", id, "sue");
    expect(answer.data).toEqual({ changeOwner: { id, record: null } });
    expect(await actionsOf(gateway, "sue", id)).toBe(ALL);
    for (const stranger of ["ray", "hal", "rob", "dan"])
      expect(await actionsOf(gateway, stranger, id)).toBe("");
    const after = await gateway.database.reader.record.findFirstOrThrow({ where: { id: before.id } });
    expect(after.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
    expect({ ...after, updatedAt: null }).toEqual({
      ...before,
      ownerId: await uuid("sue"),
      ownerSeq: after.ownerSeq,
      ownerRoleId: after.ownerRoleId,
      updatedAt: null,
    });
  });

  test("SH-46 who still reads the record afterwards gets it", async () => {
    const id = await newRecord(gateway, "ray");
    const answer = await handOver(gateway, "hal", id, "rob");
    expect(answer.data?.["changeOwner"].record).toMatchObject({ id, owner: { name: "Rob" } });
    expect(await actionsOf(gateway, "ray", id)).toBe(ALL); // as a peer
  });

  test("SH-31 matches of a rule follow the new owner", async () => {
    const id = await newRecord(gateway, "ray");
    expect(await actionsOf(gateway, "sue", id)).toBe("");
    await handOver(gateway, "ray", id, "hal"); // reps-to-desk: records of heads
    expect(await actionsOf(gateway, "sue", id)).toBe("read");
    await handOver(gateway, "hal", id, "rob");
    expect(await actionsOf(gateway, "sue", id)).toBe("");
  });

  const CODES = {
    yes: {},
    reach: { code: "NOT_FOUND", field: "input.id" },
    no: { code: "FORBIDDEN" },
    "TU-12d": { code: "FORBIDDEN", requirement: "TU-12d" },
    "TU-21": { code: "FORBIDDEN", requirement: "TU-21" },
  };
  test.each<[who: string, as: string, expected: keyof typeof CODES]>([
    ["the owner", "ray", "yes"],
    ["a superior", "hal", "yes"],
    ["a peer", "rob", "yes"],
    ["a peer whose profile changes owners and does not share", "gus", "yes"],
    ["a holder of MODIFY_ALL_DATA", "root", "yes"],
    ["the support agent", "agent", "yes"],
    ["a FULL recipient", "cleo", "yes"],
    ["a READ_WRITE recipient", "dan", "no"],
    ["a READ_ONLY recipient", "vic", "no"],
    ["a peer whose profile shares and does not change owners", "rita", "no"],
    ["a team user", "tia", "TU-12d"],
    ["a stranger", "mag", "reach"],
  ])("SH-46 %s, %s, hands a record over: %s", async (_, as, expected) => {
    const id = await newRecord(gateway, "ray");
    await shared(gateway, "ray", id, { with: "user:cleo", level: "FULL" });
    await shared(gateway, "ray", id, { with: "user:dan", level: "READ_WRITE" });
    await shared(gateway, "ray", id, { with: "user:vic" });
    await shared(gateway, "ray", id, { with: "user:tia" });
    const since = await lastEvent(gateway);
    const answer = await handOver(gateway, as, id, "sue");
    if (expected === "yes") {
      expect(answer.errors).toBeUndefined();
      expect(await actionsOf(gateway, "sue", id)).toBe(ALL);
    } else {
      expect(refusal(answer)).toMatchObject(CODES[expected]);
      expect(await actionsOf(gateway, "sue", id)).toBe("");
      expect(await eventsSince(gateway, since)).toEqual([]);
    }
  });

  test.each<[owner: string, as: string, expected: keyof typeof CODES]>([
    ["tom", "tom", "yes"],
    ["tom", "mag", "yes"],
    ["req", "adi", "yes"],
    ["mag", "tom", "no"],
    ["req", "req", "TU-21"],
    ["pat", "pat", "TU-21"],
  ])("TU-21 a ticket of %s, handed over by %s: %s", async (owner, as, expected) => {
    const id = await newRecord(gateway, owner, "tickets");
    const answer = await handOver(gateway, as, id, "adi");
    if (expected === "yes") expect(answer.errors).toBeUndefined();
    else expect(refusal(answer)).toMatchObject(CODES[expected]);
  });

  const tu33 = { code: "BAD_USER_INPUT", field: "input.owner", requirement: "TU-33" };
  const absent = { code: "NOT_FOUND", field: "input.owner" };
  test.each([
    ["an inactive user", "leads", "ida", tu33],
    ["an invited user", "leads", "pam", tu33],
    ["a user whose profile does not see the module", "leads", "non", tu33],
    ["a user without the application", "leads", "app", tu33],
    ["a team user, in an organisation module", "leads", "tom", { code: "FORBIDDEN", requirement: "TU-12b" }],
    ["who is no member, in a team module", "tickets", "sue", tu33],
    ["not even an administrator, in a team module", "tickets", "root", tu33],
    ["the support agent (SA-06)", "leads", "agent", absent],
    ["a deleted user", "leads", "del", absent],
    ["the present owner", "leads", "root", { code: "CONFLICT", field: "input.owner" }],
  ])("TU-33 nothing goes to %s", async (_, module, to, expected) => {
    const owner = module === "tickets" ? "mag" : "root";
    const id = await newRecord(gateway, owner, module);
    const since = await lastEvent(gateway);
    expect(refusal(await handOver(gateway, "root", id, to))).toEqual(expected);
    expect(await actionsOf(gateway, owner, id)).toBe(ALL);
    expect(await eventsSince(gateway, since)).toEqual([]);
  });

  test.each([
    ["vic", "leads"],
    ["tom", "tickets"],
    ["req", "tickets"],
  ])("TU-33 %s, who sees %s, may be made an owner", async (to, module) => {
    const id = await newRecord(gateway, module === "tickets" ? "mag" : "ray", module);
    expect((await handOver(gateway, "root", id, to)).errors).toBeUndefined();
    expect((await handOver(gateway, "root", id, to)).errors?.[0]?.extensions["code"]).toBe("CONFLICT");
  });

  test("SA-06 the agent does not make itself an owner", async () => {
    const id = await newRecord(gateway, "ray");
    expect(refusal(await handOver(gateway, "agent", id, "agent"))).toEqual(absent);
    expect(
      (await handOver(gateway, "agent", await newRecord(gateway, "agent"), "ray")).errors,
    ).toBeUndefined();
  });

  test("SH-24 what an inactive owner leaves is handed over", async () => {
    const id = await gateway.record("leads", "of-ida");
    expect((await handOver(gateway, "root", id, "sue")).errors).toBeUndefined();
    await handOver(gateway, "root", id, "rob");
  });

  test.each([
    ["no global id, and a record out of reach", "dan", { owner: "nobody" }, "BAD_USER_INPUT", "input.owner"],
    [
      "a record out of reach, and no such user",
      "dan",
      { owner: toGlobalId("User", "00000000-0000-7000-8000-000000000000") },
      "NOT_FOUND",
      "input.id",
    ],
    [
      "no such user, and no right",
      "vic",
      { owner: toGlobalId("User", "00000000-0000-7000-8000-000000000000") },
      "NOT_FOUND",
      "input.owner",
    ],
    ["no right, and an owner who may not own", "vic", { owner: "ida" }, "FORBIDDEN", null],
    ["no right, and the present owner", "vic", { owner: "ray" }, "FORBIDDEN", null],
    [
      "no right to keep a level, and an owner who may not own",
      "gus",
      { owner: "ida", previousOwnerKeeps: "READ_ONLY" },
      "FORBIDDEN",
      null,
    ],
  ])("AP-04 %s", async (_, as, said, code, field) => {
    const id = await newRecord(gateway, "ray");
    await shared(gateway, "ray", id, { with: "user:vic" });
    const owner = /^...$/.test(said.owner) ? await gateway.user(mail(said.owner)) : said.owner;
    const found = refusal(await gateway.ask(mail(as), HAND_OVER, { input: { id, ...said, owner } }));
    expect([found["code"], found["field"] ?? null]).toEqual([code, field]);
    expect(await actionsOf(gateway, "ray", id)).toBe(ALL);
  });

  test("SA-20 one event: both owners, the shares that went and the one that was made", async () => {
    const id = await newRecord(gateway, "ray");
    await shared(gateway, "ray", id, { with: "user:sue" });
    const since = await lastEvent(gateway);
    await handOver(gateway, "hal", id, "rob", { keepShares: false, previousOwnerKeeps: "FULL" });
    const [ray, rob, sue] = [await uuid("ray"), await uuid("rob"), await uuid("sue")];
    const share = (user: string | undefined, level: string) => ({
      shareId: expect.any(String),
      party: `u:${user}`,
      level,
      expiresAt: null,
    });
    expect(await eventsSince(gateway, since)).toMatchObject([
      {
        action: "CHANGE_OWNER",
        actor: "Hal",
        targetType: "Record",
        targetId: fromGlobalId(id)?.id,
        requestId: expect.any(String),
        before: { ownerId: ray, shares: [share(sue, "READ_ONLY")] },
        after: { ownerId: rob, shares: [share(ray, "FULL")] },
      },
    ]);
  });
});
