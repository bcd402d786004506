import { afterEach, beforeAll, expect, test } from "vitest";
import { fromGlobalId, toGlobalId } from "../../../src/kernel/global-id.ts";
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
  SHARING,
  shared,
  sharesOn,
  unshare,
} from "./sharing-world.ts";

const NOTHING = toGlobalId("RecordShare", "00000000-0000-7000-8000-000000000000");

describeOnBoth("unshareRecord", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, SHARING);
  });
  afterEach(() => expectDerived(gateway.database));

  test("SH-45 a share ends at once, and the others stay", async () => {
    const id = await newRecord(gateway, "ray");
    const given = await shared(gateway, "ray", id, { with: "user:sue", level: "READ_WRITE" });
    await shared(gateway, "ray", id, { with: "group:mix" });
    const since = await lastEvent(gateway);
    const answer = await unshare(gateway, "ray", given.id);
    expect(answer.data).toEqual({ unshareRecord: { id, record: { id } } });
    expect(await actionsOf(gateway, "sue", id)).toBe("");
    expect(await actionsOf(gateway, "dan", id)).toBe("read");
    expect(await eventsSince(gateway, since)).toMatchObject([
      {
        action: "UNSHARE_RECORD",
        actor: "Ray",
        targetType: "Record",
        targetId: fromGlobalId(id)?.id,
        before: { shareId: fromGlobalId(given.id)?.id, level: "READ_WRITE", expiresAt: null },
        after: null,
      },
    ]);
    expect(refusal(await unshare(gateway, "ray", given.id))).toEqual({
      code: "NOT_FOUND",
      field: "input.share",
    });
  });

  test("SH-45 what somebody has by a share with their role stays when theirs ends", async () => {
    const id = await newRecord(gateway, "ray");
    const own = await shared(gateway, "ray", id, { with: "user:sue", level: "READ_WRITE" });
    await shared(gateway, "ray", id, { with: "role:desk" });
    await unshare(gateway, "ray", own.id);
    expect(await actionsOf(gateway, "sue", id)).toBe("read");
  });

  test("SH-46 who ends the share that they reach it by reads it no more: record is null", async () => {
    const id = await newRecord(gateway, "ray");
    const own = await shared(gateway, "ray", id, { with: "user:sue", level: "FULL" });
    const answer = await unshare(gateway, "sue", own.id);
    expect(answer.data).toEqual({ unshareRecord: { id, record: null } });
  });

  test.each(["ray", "hal", "rob", "root", "agent", "cleo", "rita"])(
    "SH-42 %s, who may share the record, ends a share of it",
    async (as) => {
      const id = await newRecord(gateway, "ray");
      await shared(gateway, "ray", id, { with: "user:cleo", level: "FULL" });
      const given = await shared(gateway, "ray", id, { with: "group:mix", level: "READ_WRITE" });
      expect((await unshare(gateway, as, given.id)).errors).toBeUndefined();
      expect(await sharesOn(gateway, id)).toEqual(["USER Cleo FULL"]);
    },
  );

  test.each([
    ["a READ_WRITE recipient", "dan"],
    ["a READ_ONLY recipient", "vic"],
    ["a peer whose profile does not share", "gus"],
    ["a team user who reads it", "tia"],
    ["a stranger", "mag"],
  ])("AP-03 for %s a share answers as one that never was", async (_, as) => {
    const id = await newRecord(gateway, "ray");
    await shared(gateway, "ray", id, { with: "user:vic" });
    await shared(gateway, "ray", id, { with: "user:tia" });
    const given = await shared(gateway, "ray", id, { with: "user:dan", level: "READ_WRITE" });
    const before = [await sharesOn(gateway, id), await lastEvent(gateway)];
    await gateway.data(mail(as), "{ viewer { isSupport } }");
    const { statementsOf } = gateway.database;
    const hidden = await statementsOf(() => unshare(gateway, as, given.id));
    const absent = await statementsOf(() => unshare(gateway, as, NOTHING));
    expect(refusal(hidden.result)).toEqual({ code: "NOT_FOUND", field: "input.share" });
    expect(refusal(hidden.result)).toEqual(refusal(absent.result));
    expect(hidden.statements.length).toBe(absent.statements.length);
    expect([await sharesOn(gateway, id), await lastEvent(gateway)]).toEqual(before);
  });

  test.each([
    ["no global id", "share-1", "BAD_USER_INPUT"],
    ["the id of something else", toGlobalId("User", "00000000-0000-7000-8000-000000000000"), "NOT_FOUND"],
  ])("AP-04 %s names no share", async (_, share, code) => {
    expect(refusal(await unshare(gateway, "ray", share))).toMatchObject({ code, field: "input.share" });
  });
});
