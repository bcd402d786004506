import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../../src/database/open.ts";
import { viewerOf } from "../../../src/store/core/viewer.ts";
import { recordRows } from "../../../src/store/records/row.ts";
import { storeOver } from "../../../src/store/store.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { describeOnBoth } from "../../database.ts";
import { onlyError } from "../gateway.ts";
import { LEADS, NOW } from "../world.ts";
import {
  ALL,
  compare,
  DEAR,
  HOUR,
  type Ids,
  iso,
  LOST,
  OF_DEAR,
  openRules,
  ROOT,
  type RuleWorld,
  SHARED,
  SUE,
} from "./rule-world.ts";

describeOnBoth("sharing rules made", (open) => {
  let world: RuleWorld;
  beforeAll(async () => {
    world = await openRules(open);
  });
  afterEach(() => world.clear());

  describe("made", () => {
    test("SH-36 a rule without criteria is in force when the mutation returns", async () => {
      const made = await world.done("create", {
        module: "leads",
        name: " All to Sue ",
        key: "all-to-sue",
        source: { everyone: true },
        target: { user: world.ids.sue },
        level: "READ_WRITE",
        includeSuperiors: true,
        expiresAt: iso(NOW + HOUR),
      });
      expect(made).toMatchObject({
        key: "all-to-sue",
        name: "All to Sue",
        module: { key: "leads" },
        level: "READ_WRITE",
        status: "ACTIVE",
        isReadable: true,
        includeSuperiors: true,
        expiresAt: iso(NOW + HOUR),
        criteria: null,
        source: { kind: "EVERYONE" },
        target: { kind: "USER", user: { name: "Sue" } },
      });
      expect(await world.leads(SUE)).toBe(ALL);
      expect(await world.matches(made.id)).toBe(0);
    });

    test("AP-12 a rule without a key gets a random one", async () => {
      const id = await world.make({ source: { role: world.ids.rep } });
      expect((await world.rule(id)).key).toMatch(/^[a-z2-7]{20}$/);
    });

    test.each<[string, (ids: Ids) => object, string]>([
      ["a role", ({ rep }) => ({ source: { role: rep } }), "ROLE"],
      [
        "a role and its subordinates",
        ({ head }) => ({ source: { roleAndSubordinates: head } }),
        "ROLE_AND_SUBORDINATES",
      ],
      ["a group", ({ emea }) => ({ source: { group: emea } }), "GROUP"],
    ])("SH-31 the source of a rule is %s", async (_, source, kind) => {
      const id = await world.make(source(world.ids));
      expect((await world.rule(id)).source.kind).toBe(kind);
      expect(await world.leads(SUE)).toBe(ALL);
    });

    test.each<[string, (ids: Ids) => object, string]>([
      ["a role", ({ service }) => ({ role: service }), "ROLE"],
      [
        "a role and its subordinates",
        ({ service }) => ({ roleAndSubordinates: service }),
        "ROLE_AND_SUBORDINATES",
      ],
      ["a group", ({ emea }) => ({ group: emea }), "GROUP"],
      ["everyone", () => ({ everyone: true }), "EVERYONE"],
    ])("SH-33 the target of a rule is %s", async (_, target, kind) => {
      const id = await world.make({ source: { everyone: true }, target: target(world.ids) });
      expect((await world.rule(id)).target.kind).toBe(kind);
      expect(await world.leads(SUE)).toBe(ALL);
    });

    test("SH-36 a rule with criteria admits nothing until they have been applied, and shows how far they are", async () => {
      const id = await world.make({ criteria: { any: [LOST, DEAR] } });
      const before = await world.rule(id);
      expect(before).toMatchObject({ status: "APPLYING", appliedRecords: 0, totalRecords: ALL });
      expect(before.criteria).toEqual({ any: [LOST, DEAR] });
      expect(await world.leads(SUE)).toBe(SHARED);
      await world.jobs.idle();
      expect(await world.rule(id)).toMatchObject({
        status: "ACTIVE",
        appliedRecords: ALL,
        totalRecords: ALL,
      });
      expect(await world.leads(SUE)).toBe(SHARED + 1 + OF_DEAR);
    });

    test("SH-32 with a source and criteria both must hold; references are global ids and come back as such", async () => {
      const criteria = { all: [compare("account", "IN", [world.ids.acc2]), compare("contact", "IS_NULL")] };
      const id = await world.make({ source: { group: world.ids.vips }, criteria });
      await world.jobs.idle();
      expect((await world.rule(id)).criteria).toEqual(criteria);
      // VIPs has no members, so that no owner is in the source.
      expect(await world.leads(SUE)).toBe(SHARED);
      await world.done("update", { id, source: null });
      // `lead-2`, and those from `lead-5` on with an odd number.
      expect(await world.leads(SUE)).toBe(SHARED + LEADS / 2 - 1);
    });

    test("SH-11 a rule made through one instance is in force on the next request of another", async () => {
      const elsewhere = await openStore(world.url, { auditKeys: AUDIT_KEYS });
      try {
        const there = storeOver(elsewhere, { now: () => NOW });
        const seen = async () => {
          const policy = await there.policies.get("acme");
          const sue = policy?.usersByEmail.get(SUE);
          if (!policy || !sue) throw new Error("Sue is not there");
          const rule = await elsewhere.reader.record.findMany({
            where: { key: "lead-2" },
            select: { id: true },
          });
          const viewer = viewerOf(there, policy, sue, NOW);
          return (await recordRows(viewer).load(rule[0]!.id as never)) !== null;
        };
        expect(await seen()).toBe(false);
        const id = await world.make({ source: { everyone: true } });
        expect(await seen()).toBe(true);
        await world.done("deactivate", { id });
        expect(await seen()).toBe(false);
        await world.done("activate", { id });
        expect(await seen()).toBe(true);
        await world.done("delete", { id });
        expect(await seen()).toBe(false);
      } finally {
        await elsewhere.close();
      }
    });

    test("AP-09 as many statements for two hundred references as for one", async () => {
      const statements = async (count: number, name: string) => {
        const value = Array.from({ length: count }, () => world.ids.acc2);
        const input = { module: "leads", name, target: { everyone: true }, level: "READ_ONLY" };
        const asked = { input: { ...input, criteria: compare("account", "IN", value) } };
        return world.gateway.statements(
          ROOT,
          "mutation ($input: CreateSharingRuleInput!) { createSharingRule(input: $input) { id } }",
          asked,
        );
      };
      expect(await statements(200, "Many")).toBe(await statements(1, "One"));
    });
  });

  describe("twins", () => {
    const first = { module: "leads", name: "First", key: "first", source: undefined, level: "READ_ONLY" };
    const criteria = { all: [LOST, { any: [DEAR, compare("tags", "CONTAINS", "hot")] }] };
    let twin: string;
    const input = () => ({ ...first, criteria, target: { role: world.ids.service } });
    const make = async () => {
      twin = (await world.done("create", input())).id;
    };

    test.each<[string, object, string, string | undefined]>([
      ["its name", { name: "First", key: "other", level: "READ_WRITE" }, "input.name", "SH-30"],
      ["its key", { name: "Other", key: "first", level: "READ_WRITE" }, "input.key", undefined],
      ["all that it says", { name: "Other", key: "other" }, "input", "SH-38"],
      [
        "all that it says, but its end and its superiors",
        { name: "Other", key: "other", includeSuperiors: true, expiresAt: iso(NOW + HOUR) },
        "input",
        "SH-38",
      ],
    ])(
      "SH-38 a second rule with %s is refused, naming the first, in whatever status it is",
      async (_, patch, field, requirement) => {
        await make();
        for (const settle of [() => world.jobs.idle(), () => world.done("deactivate", { id: twin })]) {
          const before = await world.rows();
          const { extensions } = onlyError(await world.send("create", { ...input(), ...patch }));
          expect(extensions).toMatchObject({ code: "CONFLICT", field, twin });
          expect(extensions["requirement"]).toBe(requirement);
          expect(await world.rows()).toEqual(before);
          await settle();
        }
      },
    );

    test.each<[string, (ids: Ids) => object]>([
      ["level", () => ({ level: "READ_WRITE" })],
      ["target", ({ service }) => ({ target: { roleAndSubordinates: service } })],
      ["source", ({ rep }) => ({ source: { role: rep } })],
      ["order of criteria", () => ({ criteria: { all: [...criteria.all].reverse() } })],
    ])("SH-38 a rule that differs in %s is no duplicate", async (_, patch) => {
      await make();
      const other = { ...input(), name: "Other", key: "other", ...patch(world.ids) };
      expect((await world.done("create", other)).name).toBe("Other");
    });

    test("SH-38 a rule is not changed into a duplicate, nor given a name that is taken; its own it keeps", async () => {
      await make();
      const id = await world.make({ source: { role: world.ids.rep } });
      await world.jobs.idle();
      const before = await world.rows();
      const change = { id, source: null, criteria, target: { role: world.ids.service } };
      expect(onlyError(await world.send("update", change)).extensions).toMatchObject({
        code: "CONFLICT",
        field: "input",
        twin,
      });
      expect(onlyError(await world.send("update", { id, name: "First" })).extensions).toMatchObject({
        code: "CONFLICT",
        field: "input.name",
        twin,
      });
      expect(await world.rows()).toEqual(before);
      await world.done("update", { id: twin, name: "First", criteria, level: "READ_ONLY" });
      expect((await world.rule(twin)).status).toBe("ACTIVE");
    });
  });
});
