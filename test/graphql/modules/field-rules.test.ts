import { beforeEach, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { sweep } from "../../swept.ts";
import { type Gateway, names, openGateway, rows } from "../gateway.ts";
import { moduleId } from "../noun-id.ts";
import { CREATE, changeField, MO, ROOT, removeField, SUE, withRules } from "./field-world.ts";

/** Every rule opens `full` and nothing else, but `empty`, which opens what has no city. */
const RULES = {
  status: "{ field: status, op: EQ, value: won }",
  "status-not": "{ all: [ { field: status, op: NE, value: new }, { field: revenue, op: GT, value: 1 } ] }",
  account: "{ all: [ { field: account, op: IS_NOT_NULL }, { field: revenue, op: GT, value: 1 } ] }",
  tags: "{ field: tags, op: CONTAINS, value: hot }",
  city: "{ field: city, op: EQ, value: Bonn }",
  empty: "{ field: city, op: IS_NULL }",
} as const;
type Rule = keyof typeof RULES;
const OPENS: Readonly<Record<Rule, string>> = {
  status: "Full",
  "status-not": "Full",
  account: "Full",
  tags: "Full",
  city: "Full",
  empty: "Bare",
};

describeOnBoth("SH-32 rules under a change of fields", (open) => {
  let gateway: Gateway;
  /** What Sue reads now. */
  const reads = async () =>
    names((await gateway.data(SUE, `{ records(module: "leads") { edges { node { name } } } }`))["records"]);
  const rule = async (key: Rule) => {
    const { sharingRules } = await gateway.data(
      ROOT,
      `{ sharingRules { edges { node { key status isReadable criteria } } } }`,
    );
    return rows(sharingRules).find((each) => each.key === key);
  };
  const rowOf = (key: Rule) => gateway.database.reader.sharingRule.findFirstOrThrow({ where: { key } });
  /** The names of the records with stored matches of the rule, whatever their generation, once void ones are swept. */
  const matched = async (key: Rule) => {
    await sweep(gateway.database);
    const { id } = await rowOf(key);
    const grants = await gateway.database.reader.recordGrant.findMany({
      where: { key: { startsWith: `c:${id}#` } },
      include: { record: true },
    });
    return grants.map(({ record }) => record.name);
  };
  const make = async (input: object) =>
    gateway.data(ROOT, CREATE, { input: { module: await moduleId(gateway, "leads"), ...input } });
  const broken = () =>
    gateway.database.reader.auditEvent.findMany({ where: { action: "BREAK_SHARING_RULE" } });

  describe.each<[string, Rule, () => Promise<unknown>]>([
    ["its field is deleted", "city", () => removeField(gateway, MO, "city")],
    [
      "a field that it uses beside others is deleted",
      "status-not",
      () => removeField(gateway, MO, "revenue"),
    ],
    ["a rule by what has no value: its field is deleted", "empty", () => removeField(gateway, MO, "city")],
    [
      "its field becomes of another type",
      "city",
      () => changeField(gateway, MO, "city", { type: "EMAIL", confirm: true }),
    ],
    [
      "its field becomes of another type, required",
      "status",
      () => changeField(gateway, MO, "status", { type: "TEXT", fillWith: "won", confirm: true }),
    ],
    [
      "its lookup points to another module",
      "account",
      () => changeField(gateway, MO, "account", { lookupModule: "partners", confirm: true }),
    ],
    [
      "an option that it names goes",
      "status",
      () => changeField(gateway, MO, "status", { options: ["new", "lost"], fillWith: "new", confirm: true }),
    ],
    [
      "an option of a list that it names goes",
      "tags",
      () => changeField(gateway, MO, "tags", { options: ["cold", "old"], confirm: true }),
    ],
  ])("%s", (_, key, change) => {
    beforeEach(async () => {
      gateway = await openGateway((await open()).database, withRules({ [key]: RULES[key] }));
    });

    test("SH-32 it admits nothing from the next request on, says so, and its matches are gone", async () => {
      expect(await reads()).toEqual([OPENS[key]]);
      expect(await matched(key)).toEqual([OPENS[key]]);
      expect(await rule(key)).toMatchObject({ status: "ACTIVE", isReadable: true });
      const { generation } = await rowOf(key);

      expect(await change()).not.toHaveProperty("errors");

      expect(await reads()).toEqual([]);
      expect(await matched(key)).toEqual([]);
      expect(await rule(key)).toMatchObject({ status: "ACTIVE", isReadable: false, criteria: null });
      expect((await rowOf(key)).generation).toBeGreaterThan(generation);
      expect(await broken()).toMatchObject([{ targetType: "SharingRule", targetId: (await rowOf(key)).id }]);
    });
  });

  describe.each<[string, Rule, readonly string[], () => Promise<unknown>]>([
    ["a label", "status", ["Full"], () => changeField(gateway, MO, "status", { label: "State" })],
    ["no label", "status", ["Full"], () => changeField(gateway, MO, "status", { label: null })],
    [
      "an option more",
      "status",
      ["Full"],
      () => changeField(gateway, MO, "status", { options: ["new", "won", "lost", "gone"] }),
    ],
    [
      "another order of options",
      "status",
      ["Full"],
      () => changeField(gateway, MO, "status", { options: ["lost", "won", "new"] }),
    ],
    ["a field more", "status", ["Full"], () => make({ key: "note", type: "TEXT" })],
    ["another field's end", "status", ["Full"], () => removeField(gateway, MO, "city")],
    [
      "an option that it does not name goes, and what had it gets one that it names",
      "status",
      ["Full", "Part"],
      () => changeField(gateway, MO, "status", { options: ["new", "won"], fillWith: "won", confirm: true }),
    ],
    [
      "an option that it does not name goes, and what had it has none",
      "tags",
      ["Full"],
      () => changeField(gateway, MO, "tags", { options: ["hot", "cold"], confirm: true }),
    ],
    [
      "what has no value gets one",
      "empty",
      [],
      () => changeField(gateway, MO, "city", { isRequired: true, fillWith: "Rome" }),
    ],
    [
      "what has no value gets the one that it names",
      "city",
      ["Bare", "Full"],
      () => changeField(gateway, MO, "city", { isRequired: true, fillWith: "Bonn" }),
    ],
  ])("%s", (_, key, expected, change) => {
    beforeEach(async () => {
      gateway = await openGateway((await open()).database, withRules({ [key]: RULES[key] }));
    });

    test(`SH-32 the rule goes on, and opens ${expected.join(" and ") || "nothing"}`, async () => {
      const { generation } = await rowOf(key);
      expect(await change()).not.toHaveProperty("errors");
      expect((await reads()).toSorted()).toEqual(expected);
      expect((await matched(key)).toSorted()).toEqual(expected);
      expect(await rule(key)).toMatchObject({ status: "ACTIVE", isReadable: true });
      expect((await rowOf(key)).generation).toBe(generation);
      expect(await broken()).toEqual([]);
    });
  });

  describe("what a field like it does", () => {
    beforeEach(async () => {
      gateway = await openGateway((await open()).database, withRules(RULES));
    });

    test("SH-32 a field made again with the same key and type does not bring its rules back", async () => {
      await removeField(gateway, MO, "city");
      await make({ key: "city", type: "TEXT", isRequired: true, fillWith: "Bonn" });
      for (const key of ["city", "empty"] as const) {
        expect(await rule(key)).toMatchObject({ isReadable: false });
        expect(await matched(key)).toEqual([]);
      }
      // Neither does a record that is written under it.
      await gateway.data(
        ROOT,
        `mutation ($input: CreateRecordInput!) { createRecord(input: $input) { id } }`,
        { input: { module: "leads", name: "Newer", values: { status: "new", city: "Bonn" } } },
      );
      expect(await reads()).toEqual(["Full"]);
      expect(await matched("city")).toEqual([]);
    });

    test("SH-32 a type and an option that come back do not either", async () => {
      await changeField(gateway, MO, "city", { type: "EMAIL", confirm: true });
      await changeField(gateway, MO, "city", {
        type: "TEXT",
        isRequired: true,
        fillWith: "Bonn",
        confirm: true,
      });
      await changeField(gateway, MO, "tags", { options: ["cold", "old"], confirm: true });
      await changeField(gateway, MO, "tags", { options: ["hot", "cold", "old"] });
      for (const key of ["city", "tags"] as const) {
        expect(await rule(key)).toMatchObject({ isReadable: false });
        expect(await matched(key)).toEqual([]);
      }
      expect(await rule("status")).toMatchObject({ isReadable: true });
    });

    test("EN-07 criteria that could not be read before stay unreadable when a field fits them again", async () => {
      await gateway.database.write(async (tx) => {
        const { id, orgId } = await tx.sharingRule.findFirstOrThrow({ where: { key: "city" } });
        const criteria = { field: "town", op: "EQ", value: "Bonn" };
        await tx.sharingRule.update({ where: { orgId_id: { orgId, id } }, data: { criteria } });
        await tx.organization.update({ where: { id: orgId }, data: { version: { increment: 1 } } });
      });
      expect(await rule("city")).toMatchObject({ isReadable: false });
      await make({ key: "town", type: "TEXT", isRequired: true, fillWith: "Bonn" });
      expect(await rule("city")).toMatchObject({ isReadable: false });
      expect(await matched("city")).toEqual([]);
    });

    test.each([
      ["INACTIVE", "INACTIVE"],
      ["APPLYING", "ACTIVE"],
    ] as const)("SH-32 a rule that is %s is broken too, and is %s then", async (status, after) => {
      await gateway.database.write(async (tx) => {
        const { id, orgId } = await tx.sharingRule.findFirstOrThrow({ where: { key: "city" } });
        const data = { status, totalRecords: 3, appliedRecords: 1, appliedUpToId: null };
        await tx.sharingRule.update({ where: { orgId_id: { orgId, id } }, data });
        await tx.organization.update({ where: { id: orgId }, data: { version: { increment: 1 } } });
      });
      await removeField(gateway, MO, "city");
      expect(await rule("city")).toMatchObject({ status: after, isReadable: false });
      expect(await matched("city")).toEqual([]);
      await make({ key: "city", type: "TEXT", isRequired: true, fillWith: "Bonn" });
      expect(await rule("city")).toMatchObject({ status: after, isReadable: false });
    });
  });
});
