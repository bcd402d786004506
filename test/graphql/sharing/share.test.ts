import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
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
  party,
  refusal,
  SHARING,
  share,
  shared,
  sharesOn,
} from "./sharing-world.ts";

const SECOND = 1000;
const iso = (at: number) => new Date(at).toISOString();
const ALL = "read update delete share changeOwner";
/** The id of nothing. */
const NOTHING = toGlobalId("User", "00000000-0000-7000-8000-000000000000");

describeOnBoth("shareRecord", (open) => {
  let gateway: Gateway;
  let now = NOW;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, SHARING, { clock: { now: () => now } });
  });
  afterEach(async () => {
    now = NOW;
    await expectDerived(gateway.database);
  });

  test("SH-41 the answer has the record and the share, made by the viewer", async () => {
    const id = await newRecord(gateway, "ray");
    const expiresAt = iso(NOW + SECOND);
    const answer = await share(gateway, "hal", id, { with: "group:mix", level: "READ_WRITE", expiresAt });
    expect(answer.data?.["shareRecord"]).toMatchObject({
      id,
      record: { id, name: "A record of ray" },
      share: {
        level: "READ_WRITE",
        expiresAt,
        isLive: true,
        sharedBy: { name: "Hal" },
        recipient: { kind: "GROUP", user: null, role: null, group: { name: "Mix" } },
      },
    });
  });

  test.each([
    ["user:sue", "READ_ONLY", "sue", "read"],
    ["user:sue", "READ_WRITE", "sue", "read update"],
    ["user:sue", "FULL", "sue", ALL],
    ["user:vic", "FULL", "vic", "read"], // The profile cuts it.
    ["user:sue", "FULL", "dan", ""],
    ["user:cleo", "FULL", "sue", ""], // A share does not climb to the superior.
    ["role:desk", "READ_ONLY", "sue", "read"],
    ["role:desk", "READ_ONLY", "cleo", ""],
    ["tree:desk", "READ_WRITE", "sue", "read update"],
    ["tree:desk", "READ_WRITE", "cleo", "read update"],
    ["group:mix", "FULL", "dan", ALL],
    ["group:mix", "FULL", "sue", ""],
    ["user:tia", "READ_WRITE", "tia", "read"], // TU-12: a team user only reads here.
  ])("SH-41 a share with %s at %s gives %s: %s", async (recipient, level, user, expected) => {
    const id = await newRecord(gateway, "ray");
    expect(await actionsOf(gateway, user, id)).toBe("");
    await shared(gateway, "ray", id, { with: recipient, level });
    expect(await actionsOf(gateway, user, id)).toBe(expected);
    expect(await actionsOf(gateway, "ray", id)).toBe(ALL);
  });

  test("SH-41 at the very instant of its end a share is void, without any job", async () => {
    const id = await newRecord(gateway, "ray");
    const expiresAt = iso(NOW + 10 * SECOND);
    await shared(gateway, "ray", id, { with: "user:sue", level: "READ_WRITE", expiresAt });
    now = NOW + 10 * SECOND - 1;
    expect(await actionsOf(gateway, "sue", id)).toBe("read update");
    now = NOW + 10 * SECOND;
    expect(await actionsOf(gateway, "sue", id)).toBe("");
    expect(await sharesOn(gateway, id)).toEqual([`USER Sue READ_WRITE until ${expiresAt}`]);
  });

  test.each([
    ["a lower level", { level: "FULL" }, { level: "READ_ONLY" }, "read"],
    ["a higher level", { level: "READ_ONLY" }, { level: "READ_WRITE" }, "read update"],
    ["an end", {}, { expiresAt: iso(NOW + SECOND) }, "read"],
    ["no end", { expiresAt: iso(NOW + SECOND) }, {}, "read"],
  ])("SH-41 a second share to the same party replaces the first: %s", async (_, first, second, expected) => {
    const id = await newRecord(gateway, "ray");
    const before = await shared(gateway, "ray", id, { with: "user:sue", ...first });
    const after = await shared(gateway, "hal", id, { with: "user:sue", ...second });
    expect(after.id).toBe(before.id);
    expect(after).toMatchObject({ level: "READ_ONLY", ...second, sharedBy: { name: "Hal" } });
    expect(await sharesOn(gateway, id)).toHaveLength(1);
    expect(await actionsOf(gateway, "sue", id)).toBe(expected);
  });

  test("SH-41 shares with different parties stand side by side, a role and its subordinates apart", async () => {
    const id = await newRecord(gateway, "ray");
    for (const recipient of ["user:sue", "role:desk", "tree:desk", "group:mix"])
      await shared(gateway, "ray", id, { with: recipient });
    expect(await sharesOn(gateway, id)).toEqual([
      "GROUP Mix READ_ONLY",
      "ROLE Desk READ_ONLY",
      "ROLE_AND_SUBORDINATES Desk READ_ONLY",
      "USER Sue READ_ONLY",
    ]);
  });

  test("EN-05 a share writes the grants of its record alone", async () => {
    const id = await newRecord(gateway, "ray");
    const other = await gateway.database.reader.record.findFirstOrThrow({ where: { key: "lead-1" } });
    const { orgId, moduleId, ownerSeq } = other;
    const never = { readUntil: 0n, updateUntil: 0n, deleteUntil: 0n, shareUntil: 0n };
    const strange = { orgId, moduleId, recordId: other.id, ownerSeq, key: "strange", ...never };
    await gateway.database.write((tx) => tx.recordGrant.create({ data: strange }));
    const given = await shared(gateway, "ray", id, { with: "user:sue" });
    expect(given.level).toBe("READ_ONLY");
    const { count } = await gateway.database.write((tx) =>
      tx.recordGrant.deleteMany({ where: { key: "strange" } }),
    );
    expect(count).toBe(1);
  });

  test("SA-20 a share leaves one event with what it replaced, by whom and in which request", async () => {
    const id = await newRecord(gateway, "ray");
    const since = await lastEvent(gateway);
    await shared(gateway, "ray", id, { with: "user:sue" });
    await shared(gateway, "hal", id, { with: "user:sue", level: "FULL", expiresAt: iso(NOW + SECOND) });
    const sue = await gateway.database.reader.user.findFirstOrThrow({ where: { email: mail("sue") } });
    const mine = { shareId: expect.any(String), party: `u:${sue.id}`, level: "READ_ONLY", expiresAt: null };
    const theirs = { ...mine, level: "FULL", expiresAt: iso(NOW + SECOND) };
    const target = { targetType: "Record", requestId: expect.any(String), isSupport: false };
    expect(await eventsSince(gateway, since)).toMatchObject([
      { action: "SHARE_RECORD", actor: "Ray", ...target, before: null, after: mine },
      { action: "SHARE_RECORD", actor: "Hal", ...target, before: mine, after: theirs },
    ]);
  });

  test("AP-09 a share costs the same whatever the number of shares", async () => {
    const [few, many] = [await newRecord(gateway, "ray"), await newRecord(gateway, "ray")];
    for (const recipient of ["user:vic", "user:tia", "role:desk", "tree:desk", "group:mix", "role:clerk"])
      await shared(gateway, "ray", many, { with: recipient });
    const cost = async (id: string) => {
      const input = { id, with: await party(gateway, "user:sue"), level: "FULL" };
      return gateway.statements(
        mail("ray"),
        "mutation ($input: ShareRecordInput!) { shareRecord(input: $input) { id } }",
        { input },
      );
    };
    const one = await cost(few);
    expect(await cost(many)).toBe(one);
    expect(one).toBeLessThanOrEqual(22);
  });

  describe("SH-42 who may share, and how far", () => {
    const CODES: Readonly<Record<string, object>> = {
      yes: {},
      reach: { code: "NOT_FOUND", field: "input.id" },
      no: { code: "FORBIDDEN" },
      level: { code: "FORBIDDEN", requirement: "SH-42" },
      "TU-12e": { code: "FORBIDDEN", requirement: "TU-12e" },
      "TU-21": { code: "FORBIDDEN", requirement: "TU-21" },
    };
    type Who = readonly [who: string, as: string, level: string, expected: keyof typeof CODES];
    const inLeads: readonly Who[] = [
      ["the owner", "ray", "FULL", "yes"],
      ["a superior", "hal", "FULL", "yes"],
      ["a peer", "rob", "FULL", "yes"],
      ["a holder of MODIFY_ALL_DATA", "root", "FULL", "yes"],
      ["the support agent", "agent", "FULL", "yes"],
      ["a FULL recipient", "cleo", "FULL", "yes"],
      ["a peer whose profile reads and shares", "rita", "READ_ONLY", "yes"],
      ["a peer whose profile reads and shares", "rita", "READ_WRITE", "level"],
      ["a peer whose profile reads and shares", "rita", "FULL", "level"],
      ["a peer whose profile reads, edits and shares", "max", "READ_WRITE", "yes"],
      ["a peer whose profile reads, edits and shares", "max", "FULL", "level"],
      ["a peer whose profile does not share", "gus", "READ_ONLY", "no"],
      ["a READ_WRITE recipient", "dan", "READ_ONLY", "no"],
      ["a READ_ONLY recipient", "vic", "READ_ONLY", "no"],
      ["a team user", "tia", "READ_ONLY", "TU-12e"],
      ["a stranger", "mag", "READ_ONLY", "reach"],
    ];
    test.each(inLeads)("SH-42 %s, %s, at %s: %s", async (_, as, level, expected) => {
      const id = await newRecord(gateway, "ray");
      await shared(gateway, "ray", id, { with: "user:cleo", level: "FULL" });
      await shared(gateway, "ray", id, { with: "user:dan", level: "READ_WRITE" });
      await shared(gateway, "ray", id, { with: "user:vic", level: "READ_ONLY" });
      await shared(gateway, "ray", id, { with: "user:tia", level: "READ_ONLY" });
      const [shares, since] = [await sharesOn(gateway, id), await lastEvent(gateway)];
      const answer = await share(gateway, as, id, { with: "user:sue", level });
      if (expected === "yes") {
        expect(answer.errors).toBeUndefined();
        expect(await sharesOn(gateway, id)).toEqual([...shares, `USER Sue ${level}`].sort());
      } else {
        expect(refusal(answer)).toMatchObject(CODES[expected] ?? {});
        expect(await sharesOn(gateway, id)).toEqual(shares);
        expect(await eventsSince(gateway, since)).toEqual([]);
      }
    });

    test.each<Who>([
      ["who reads by the default", "dan", "READ_ONLY", "no"],
      ["a superior, who does not count in a public module", "hal", "READ_ONLY", "no"],
      ["the owner", "ray", "FULL", "yes"],
    ])("SH-42 in a public module %s, %s, at %s: %s", async (_, as, level, expected) => {
      const id = await newRecord(gateway, "ray", "deals");
      const answer = await share(gateway, as, id, { with: "user:sue", level });
      if (expected === "yes") expect(answer.errors).toBeUndefined();
      else expect(refusal(answer)).toMatchObject(CODES[expected] ?? {});
    });

    test.each<Who>([
      ["who reads and writes by a rule", "cleo", "READ_ONLY", "no"],
      ["the owner", "ray", "READ_ONLY", "yes"],
    ])("SH-42 of a won lead %s, %s, at %s: %s", async (_, as, level, expected) => {
      const id = await newRecord(gateway, "ray", "leads", { status: "won" });
      expect(await actionsOf(gateway, "cleo", id)).toBe("read update");
      const answer = await share(gateway, as, id, { with: "user:sue", level });
      if (expected === "yes") expect(answer.errors).toBeUndefined();
      else expect(refusal(answer)).toMatchObject(CODES[expected] ?? {});
    });

    test.each([
      ["tom", "tom", "yes"],
      ["tom", "mag", "yes"],
      ["tom", "adi", "yes"],
      ["mag", "tom", "no"],
      ["pat", "pat", "TU-21"],
      ["req", "req", "TU-21"],
    ])("TU-21 a ticket of %s, shared by %s: %s", async (owner, as, expected) => {
      const id = await newRecord(gateway, owner, "tickets");
      const recipient = owner === "pat" ? "user:req" : "user:pat";
      const answer = await share(gateway, as, id, { with: recipient, level: "READ_ONLY" });
      if (expected === "yes") expect(answer.errors).toBeUndefined();
      else expect(refusal(answer)).toMatchObject(CODES[expected] ?? {});
    });
  });

  describe("SH-43 with whom", () => {
    const sh43 = { code: "BAD_USER_INPUT", field: "input.with.user", requirement: "SH-43" };
    const absent = { code: "NOT_FOUND", field: "input.with.user" };
    test.each([
      ["an inactive user", "ida", sh43],
      ["an invited user", "pam", sh43],
      ["a user whose profile does not see the module", "non", sh43],
      ["a user without the application", "app", sh43],
      ["SA-06 the support agent, as nobody,", "agent", absent],
      ["UA-61 a deleted user, as nobody,", "del", absent],
    ])("SH-43 %s is refused", async (_, user, expected) => {
      const id = await newRecord(gateway, "ray");
      const since = await lastEvent(gateway);
      const answer = await share(gateway, "ray", id, { with: `user:${user}` });
      expect(refusal(answer)).toEqual(expected);
      const input = { id, with: { user: NOTHING }, level: "READ_ONLY" };
      const nobody = await gateway.ask(
        mail("ray"),
        "mutation ($input: ShareRecordInput!) { shareRecord(input: $input) { id } }",
        { input },
      );
      if (expected === absent) expect(refusal(answer)).toEqual(refusal(nobody));
      expect(await sharesOn(gateway, id)).toEqual([]);
      expect(await eventsSince(gateway, since)).toEqual([]);
    });

    test("SH-43 TU-21 in a team module a user who is no member is refused", async () => {
      const id = await newRecord(gateway, "mag", "tickets");
      expect(refusal(await share(gateway, "mag", id, { with: "user:sue" }))).toEqual(sh43);
      expect((await share(gateway, "mag", id, { with: "user:req" })).errors).toBeUndefined();
      expect(await actionsOf(gateway, "req", id)).toBe("read");
    });

    test("SH-43 a role is not asked: those of its users who may see it do", async () => {
      const id = await newRecord(gateway, "ray");
      await shared(gateway, "ray", id, { with: "role:desk" });
      expect(await actionsOf(gateway, "vic", id)).toBe("read");
      expect(await actionsOf(gateway, "non", id)).toBe("");
    });
  });
});
