import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { onlyError, rows } from "../gateway.ts";
import { NOW } from "../world.ts";
import {
  ALL,
  DEAR,
  HOUR,
  iso,
  LOST,
  OF_DEAR,
  openRules,
  ROOT,
  type RuleWorld,
  SHARED,
  SUE,
  WON,
} from "./rule-world.ts";

describeOnBoth("sharing rules out of force", (open) => {
  let world: RuleWorld;
  beforeAll(async () => {
    world = await openRules(open);
  });
  afterEach(() => world.clear());

  describe("out of force", () => {
    test("SH-37 a rule without criteria goes out of force and comes back at once", async () => {
      const id = await world.make({ source: { everyone: true } });
      expect((await world.done("deactivate", { id })).status).toBe("INACTIVE");
      expect(await world.leads(SUE)).toBe(SHARED);
      expect(onlyError(await world.send("deactivate", { id })).extensions["code"]).toBe(
        "ACTION_NOT_AVAILABLE",
      );
      expect((await world.done("activate", { id })).status).toBe("ACTIVE");
      expect(await world.leads(SUE)).toBe(ALL);
      expect(onlyError(await world.send("activate", { id })).extensions["code"]).toBe("ACTION_NOT_AVAILABLE");
    });

    test("SH-37 a deactivated rule by criteria keeps no matches; activated, it is applied anew", async () => {
      const id = await world.make({ criteria: DEAR });
      await world.jobs.idle();
      await world.done("deactivate", { id });
      expect(await world.leads(SUE)).toBe(SHARED);
      await world.jobs.idle();
      expect(await world.matches(id)).toBe(0);
      expect(await world.done("update", { id, criteria: { any: [LOST, DEAR] } })).toMatchObject({
        status: "INACTIVE",
      });
      expect(await world.done("activate", { id })).toMatchObject({ status: "APPLYING", totalRecords: ALL });
      expect(await world.leads(SUE)).toBe(SHARED);
      await world.jobs.idle();
      expect(await world.leads(SUE)).toBe(SHARED + 1 + OF_DEAR);
    });

    test("SH-37 an expired rule keeps no matches; given a new end, it is applied anew", async () => {
      const id = await world.make({ criteria: DEAR, expiresAt: iso(NOW + HOUR) });
      await world.jobs.idle();
      world.clock.at = NOW + HOUR;
      expect(await world.leads(SUE)).toBe(SHARED);
      world.clock.at = NOW + 2 * HOUR;
      await world.jobs.idle();
      expect(await world.matches(id)).toBe(0);
      expect(await world.done("update", { id, name: "Late" })).toMatchObject({ status: "ACTIVE" });
      expect(await world.done("update", { id, expiresAt: null })).toMatchObject({
        status: "APPLYING",
        expiresAt: null,
      });
      await world.jobs.idle();
      expect(await world.leads(SUE)).toBe(SHARED + OF_DEAR);
    });

    test("SH-37 an expired rule without criteria is in force again as soon as it has a new end", async () => {
      const id = await world.make({ source: { everyone: true }, expiresAt: iso(NOW + HOUR) });
      world.clock.at = NOW + HOUR;
      expect(await world.leads(SUE)).toBe(SHARED);
      expect((await world.done("update", { id, expiresAt: iso(NOW + 2 * HOUR) })).status).toBe("ACTIVE");
      expect(await world.leads(SUE)).toBe(ALL);
    });

    test("a deleted rule admits nothing, and its matches are swept", async () => {
      const id = await world.make({ criteria: DEAR });
      await world.jobs.idle();
      await world.done("delete", { id });
      expect(await world.leads(SUE)).toBe(SHARED);
      expect(await world.matches(id)).toBe(OF_DEAR);
      await world.jobs.idle();
      expect(await world.matches(id)).toBe(0);
      const { sharingRules } = await world.gateway.data(ROOT, "{ sharingRules { edges { node { id } } } }");
      expect(rows(sharingRules).map((rule) => rule.id)).not.toContain(id);
    });
  });

  describe("unreadable", () => {
    /** As a change of a field that the criteria use leaves it (SH-32). */
    async function broken(criteria: object): Promise<string> {
      const id = await world.make({ criteria });
      await world.jobs.idle();
      await world.database.write(async (tx) => {
        await tx.sharingRule.updateMany({
          where: { id: Buffer.from(id, "base64url").toString("utf8").split(":")[1]! },
          data: { isBroken: true },
        });
        await tx.organization.updateMany({ data: { version: { increment: 1 } } });
      });
      expect(await world.rule(id)).toMatchObject({ isReadable: false, criteria: null });
      expect(await world.leads(SUE)).toBe(SHARED);
      return id;
    }

    test("SH-32 such a rule admits nothing and keeps no matches; with new criteria it is applied anew", async () => {
      const id = await broken(DEAR);
      await world.jobs.idle();
      expect(await world.matches(id)).toBe(0);
      await world.done("update", { id, level: "READ_WRITE" });
      expect((await world.rule(id)).isReadable).toBe(false);
      expect(await world.done("update", { id, criteria: DEAR })).toMatchObject({
        status: "APPLYING",
        isReadable: true,
      });
      await world.jobs.idle();
      expect(await world.leads(SUE)).toBe(SHARED + OF_DEAR);
    });

    test.each([
      ["deactivated first", true],
      ["as it is", false],
    ])("SH-32 activated, %s, its criteria are read under the fields of now", async (_, isInactive) => {
      const id = await broken(DEAR);
      if (isInactive) await world.done("deactivate", { id });
      expect(await world.done("activate", { id })).toMatchObject({
        status: "APPLYING",
        isReadable: true,
        criteria: DEAR,
      });
      await world.jobs.idle();
      expect(await world.leads(SUE)).toBe(SHARED + OF_DEAR);
    });

    test("SH-38 a twin that was made while the criteria could not be read keeps the rule from being activated", async () => {
      const id = await broken(DEAR);
      const twin = await world.make({ criteria: DEAR });
      const before = await world.rows();
      expect(onlyError(await world.send("activate", { id })).extensions).toMatchObject({
        code: "CONFLICT",
        requirement: "SH-38",
        twin,
      });
      expect(await world.rows()).toEqual(before);
    });

    test("SH-32 criteria that do not fit the fields of now stay out of force, and it says so", async () => {
      const id = await broken(WON);
      await world.done("deactivate", { id });
      await world.database.write(async (tx) => {
        await tx.sharingRule.updateMany({
          where: { status: "INACTIVE" },
          data: { criteria: { field: "status", op: "EQ", value: "offered no more" } },
        });
        await tx.organization.updateMany({ data: { version: { increment: 1 } } });
      });
      const before = await world.rows();
      const error = onlyError(await world.send("activate", { id }));
      expect(error.extensions).toMatchObject({ code: "CONFLICT", field: "input.id", requirement: "SH-32" });
      expect(error.message).toContain("do not fit the fields");
      expect(await world.rows()).toEqual(before);
    });
  });
});
