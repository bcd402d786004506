import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { onlyError } from "../gateway.ts";
import { LEADS, NOW } from "../world.ts";
import {
  ALL,
  DEAR,
  HOUR,
  type Ids,
  iso,
  LOST,
  OF_DEAR,
  openRules,
  type RuleWorld,
  SHARED,
  SID,
  SUE,
} from "./rule-world.ts";

describeOnBoth("sharing rules changed", (open) => {
  let world: RuleWorld;
  beforeAll(async () => {
    world = await openRules(open);
  });
  afterEach(() => world.clear());

  describe("changed", () => {
    test.each<[string, (ids: Ids) => object, number, number]>([
      ["target", ({ ray }) => ({ target: { user: ray } }), SHARED, LEADS],
      ["level", () => ({ level: "READ_WRITE_DELETE" }), SHARED + OF_DEAR, LEADS],
      ["superiors", () => ({ includeSuperiors: true }), SHARED + OF_DEAR, LEADS],
      ["end", () => ({ expiresAt: iso(NOW + HOUR) }), SHARED + OF_DEAR, LEADS],
      ["name", () => ({ name: "Renamed" }), SHARED + OF_DEAR, LEADS],
      ["source", ({ vips }) => ({ source: { group: vips } }), SHARED, LEADS],
      ["criteria, written as they are", () => ({ criteria: DEAR }), SHARED + OF_DEAR, LEADS],
    ])("SH-36 EN-05 another %s touches no record and is in force at once", async (_, patch, ofSue, ofRay) => {
      const id = await world.make({ criteria: DEAR });
      await world.jobs.idle();
      const { statements, result } = await world.database.statementsOf(() =>
        world.done("update", { id, ...patch(world.ids) }),
      );
      expect(result.status).toBe("ACTIVE");
      expect(
        statements.filter((sql) => /^\s*(INSERT|UPDATE|DELETE)\b.*\bRecord(Grant)?\b/s.test(sql)),
      ).toEqual([]);
      expect([await world.leads(SUE), await world.leads("ray@acme.test")]).toEqual([ofSue, ofRay]);
      expect(await world.matches(id)).toBe(OF_DEAR);
    });

    test("SH-36 with new criteria the old matches count no more, and the new ones not before all are there", async () => {
      const id = await world.make({ criteria: DEAR });
      await world.jobs.idle();
      const changed = await world.done("update", { id, criteria: LOST });
      expect(changed).toMatchObject({
        status: "APPLYING",
        appliedRecords: 0,
        totalRecords: ALL,
        criteria: LOST,
      });
      expect(await world.leads(SUE)).toBe(SHARED);
      await world.jobs.idle();
      expect((await world.rule(id)).status).toBe("ACTIVE");
      expect(await world.leads(SUE)).toBe(SHARED + 1);
      expect(await world.matches(id)).toBe(1);
    });

    test("SH-36 criteria taken away leave a rule by source, in force at once; their matches go", async () => {
      const id = await world.make({ source: { role: world.ids.rep }, criteria: DEAR });
      await world.jobs.idle();
      expect(await world.done("update", { id, criteria: null })).toMatchObject({
        status: "ACTIVE",
        criteria: null,
      });
      expect(await world.leads(SUE)).toBe(ALL);
      await world.jobs.idle();
      expect(await world.matches(id)).toBe(0);
    });

    test("SH-36 while a rule is being applied it is neither changed nor deleted, but deactivated it is, and that ends it", async () => {
      const id = await world.make({ criteria: DEAR });
      for (const verb of ["update", "delete"] as const) {
        const before = await world.rows();
        expect(onlyError(await world.send(verb, { id })).extensions).toMatchObject({
          code: "RULE_APPLYING",
          field: "input.id",
          requirement: "SH-36",
        });
        expect(await world.rows()).toEqual(before);
      }
      expect(onlyError(await world.send("activate", { id })).extensions["code"]).toBe("ACTION_NOT_AVAILABLE");
      expect(await world.done("deactivate", { id })).toMatchObject({ status: "INACTIVE", totalRecords: 0 });
      await world.jobs.idle();
      expect((await world.rule(id)).status).toBe("INACTIVE");
      expect(await world.leads(SUE)).toBe(SHARED);
      expect(await world.done("delete", { id })).toBe(id);
      expect(await world.rule(id)).toBeNull();
    });

    test("SH-10 whoever holds MANAGE_DATA_SHARING may, also without reaching the records", async () => {
      const made = await world.done(
        "create",
        {
          module: "tickets",
          name: "T",
          source: { everyone: true },
          target: { role: world.ids.rep },
          level: "READ_ONLY",
        },
        SID,
      );
      expect(await world.done("update", { id: made.id, level: "READ_WRITE" }, SID)).toMatchObject({
        level: "READ_WRITE",
      });
      expect(await world.done("delete", { id: made.id }, SID)).toBe(made.id);
    });

    test("every change leaves its event, what the background does one without an actor", async () => {
      const id = await world.make({ criteria: DEAR });
      await world.jobs.idle();
      await world.done("update", { id, level: "READ_WRITE" });
      await world.done("deactivate", { id });
      await world.done("activate", { id });
      await world.jobs.idle();
      await world.done("delete", { id });
      const targetId = Buffer.from(id, "base64url").toString("utf8").split(":")[1]!;
      const events = await world.database.reader.auditEvent.findMany({
        where: { targetId },
        orderBy: { sequence: "asc" },
      });
      const by = events.map(({ action, actorId }) => [action, actorId !== null]);
      expect(by).toEqual([
        ["CREATE_SHARING_RULE", true],
        ["APPLY_SHARING_RULE", false],
        ["UPDATE_SHARING_RULE", true],
        ["DEACTIVATE_SHARING_RULE", true],
        ["ACTIVATE_SHARING_RULE", true],
        ["APPLY_SHARING_RULE", false],
        ["DELETE_SHARING_RULE", true],
      ]);
      expect(events[2]).toMatchObject({ before: { level: "READ_ONLY" }, after: { level: "READ_WRITE" } });
    });
  });
});
