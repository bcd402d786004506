import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Answer, type Gateway, onlyError, openGateway } from "../gateway.ts";
import { moduleId } from "../noun-id.ts";
import {
  CREATE,
  changeField,
  MO,
  RAY,
  ROOT,
  removeField,
  SUE,
  stored,
  WORLD,
  withRules,
} from "./field-world.ts";

describeOnBoth("fields", (open) => {
  let gateway: Gateway;
  const fresh = async () => {
    gateway = await openGateway((await open()).database, WORLD);
  };
  const create = async (as: string, input: object, module = "leads") =>
    gateway.ask(as, CREATE, { input: { module: await moduleId(gateway, module), ...input } });
  const events = (action: string) =>
    gateway.database.reader.auditEvent.findMany({ where: { action }, orderBy: { sequence: "asc" } });

  describe("made", () => {
    beforeAll(fresh);

    test.each<[string, object, object]>([
      [
        "a text",
        { key: "note", type: "TEXT", label: " Note " },
        { key: "note", label: "Note", type: "TEXT", isRequired: false, options: [], lookupModule: null },
      ],
      ["one without a label, called by its key", { key: "a.b_c-1", type: "NUMBER" }, { label: "a.b_c-1" }],
      [
        "a picklist",
        { key: "size", type: "PICKLIST", options: ["small", " large "] },
        { options: ["small", " large "] },
      ],
      ["a list of options", { key: "sizes", type: "MULTI_PICKLIST", options: ["s"] }, { options: ["s"] }],
      [
        "a lookup",
        { key: "partner", type: "LOOKUP", lookupModule: "partners", options: null },
        { lookupModule: { key: "partners" } },
      ],
      [
        "a lookup to its own module",
        { key: "next", type: "LOOKUP", lookupModule: "leads" },
        { type: "LOOKUP" },
      ],
    ])("%s is the last field of its module, without a value", async (_, input, expected) => {
      const { createField } = (await create(MO, input)).data ?? {};
      expect(createField.field).toMatchObject({ ...expected, module: { key: "leads" } });
      const { module } = await gateway.data(RAY, `{ module(key: "leads") { fields { key } } }`);
      expect(module.fields.at(-1)).toEqual({ key: createField.field.key });
      expect(await stored(gateway, createField.field.key)).toEqual({ full: null, part: null, bare: null });
      const [event] = await events("CREATE_FIELD").then((all) => all.slice(-1));
      expect(event).toMatchObject({
        targetType: "Field",
        before: null,
        after: { key: createField.field.key },
      });
    });

    test.each<[string, object, unknown]>([
      ["TEXT", { type: "TEXT", fillWith: "" }, ""],
      ["NUMBER", { type: "NUMBER", fillWith: -0 }, 0],
      ["BOOLEAN", { type: "BOOLEAN", fillWith: false }, false],
      ["DATE", { type: "DATE", fillWith: "2024-02-29" }, "2024-02-29"],
      ["DATETIME", { type: "DATETIME", fillWith: "2026-01-01T01:00:00+02:00" }, "2025-12-31T23:00:00.000Z"],
      ["EMAIL", { type: "EMAIL", fillWith: "a@b.test" }, "a@b.test"],
      ["PICKLIST", { type: "PICKLIST", options: ["a", "b"], fillWith: "b" }, "b"],
      ["MULTI_PICKLIST", { type: "MULTI_PICKLIST", options: ["a", "b"], fillWith: ["b", "a"] }, ["b", "a"]],
    ])("a required %s is filled with its value in stored form", async (type, input, expected) => {
      const key = `required-${type}`;
      const answer = await create(MO, { key, isRequired: true, ...input });
      expect(answer.data?.["createField"].field).toMatchObject({ key, isRequired: true });
      expect(await stored(gateway, key)).toEqual({ full: expected, part: expected, bare: expected });
    });

    test("SH-53 a required LOOKUP and USER are filled with what the asker reaches, and with nothing else", async () => {
      const lookup = { key: "via", type: "LOOKUP", lookupModule: "accounts", isRequired: true };
      const fillWith = await gateway.record("accounts", "acc-1");
      const filling = { code: "NOT_FOUND", field: "input.fillWith" };
      // Mo reads no account; a lead is no account.
      expect(onlyError(await create(MO, { ...lookup, fillWith })).extensions).toMatchObject(filling);
      const lead = await gateway.record("leads", "full");
      expect(onlyError(await create(ROOT, { ...lookup, fillWith: lead })).extensions).toMatchObject(filling);
      expect((await create(ROOT, { ...lookup, fillWith })).errors).toBeUndefined();
      const { records } = await gateway.data(
        RAY,
        `{ records(module: "leads") { edges { node { values } } } }`,
      );
      for (const { node } of records.edges)
        expect(node.values.via).toEqual({ id: fillWith, key: "acc-1", name: "Known to Ray" });

      const user = { key: "who", type: "USER", isRequired: true };
      expect(onlyError(await create(MO, { ...user, fillWith })).extensions).toMatchObject(filling);
      const sue = await gateway.user(SUE);
      expect((await create(MO, { ...user, fillWith: sue })).errors).toBeUndefined();
      expect(Object.values(await stored(gateway, "who"))).toHaveLength(3);
    });
  });

  describe("what becomes of values", () => {
    beforeEach(fresh);

    test.each<[string, string, () => Promise<Answer>, object]>([
      ["deleteField: every value goes", "city", () => removeField(gateway, MO, "city"), {}],
      [
        "another type: every value goes",
        "city",
        () => changeField(gateway, MO, "city", { type: "NUMBER", confirm: true }),
        {},
      ],
      [
        "another type that would read them: every value goes all the same",
        "tags",
        () => changeField(gateway, MO, "tags", { type: "PICKLIST", confirm: true }),
        {},
      ],
      [
        "another type of a required field: every value goes, and all get one",
        "status",
        () => changeField(gateway, MO, "status", { type: "NUMBER", fillWith: 7, confirm: true }),
        { full: 7, part: 7, bare: 7 },
      ],
      [
        "another module to point to: every value goes",
        "account",
        () => changeField(gateway, MO, "account", { lookupModule: "partners", confirm: true }),
        {},
      ],
      [
        "an option that goes: those values are filled",
        "status",
        () =>
          changeField(gateway, MO, "status", { options: ["new", "lost"], fillWith: "lost", confirm: true }),
        { full: "lost", part: "lost", bare: "new" },
      ],
      [
        "an option that goes: it is taken out of lists, and of the last one nothing is left",
        "tags",
        () => changeField(gateway, MO, "tags", { options: ["hot", "cold"], confirm: true }),
        { full: ["hot"] },
      ],
      [
        "an option that goes from a list that becomes required: what is left is kept",
        "tags",
        () =>
          changeField(gateway, MO, "tags", {
            options: ["hot", "cold"],
            isRequired: true,
            fillWith: ["cold"],
            confirm: true,
          }),
        { full: ["hot"], part: ["cold"], bare: ["cold"] },
      ],
      [
        "required: what has no value gets one; an empty text and a zero are values",
        "city",
        () => changeField(gateway, MO, "city", { isRequired: true, fillWith: "Rome" }),
        { full: "Bonn", part: "", bare: "Rome" },
      ],
      [
        "required: a zero is a value",
        "revenue",
        () => changeField(gateway, MO, "revenue", { isRequired: true, fillWith: 9 }),
        { full: 5, part: 0, bare: 9 },
      ],
      [
        "not required any more: nothing happens to values",
        "status",
        () => changeField(gateway, MO, "status", { isRequired: false }),
        { full: "won", part: "lost", bare: "new" },
      ],
      [
        "the same type and module named again: nothing happens to values",
        "account",
        () => changeField(gateway, MO, "account", { type: "LOOKUP", lookupModule: "accounts" }),
        { full: expect.any(String) },
      ],
    ])("%s", async (_, key, change, expected) => {
      const untouched = await gateway.database.reader.record.findMany({ orderBy: { id: "asc" } });
      const before = await stored(gateway, key);
      expect(await change()).not.toHaveProperty("errors");
      const after = await stored(gateway, key);
      expect(after).toEqual({ full: null, part: null, bare: null, ...expected });
      // Other values stay; a record is newer exactly when a value that is shown changed (AP-06).
      const rows = await gateway.database.reader.record.findMany({ orderBy: { id: "asc" } });
      const isGone = (await gateway.database.reader.field.count({ where: { key } })) === 0;
      for (const [at, row] of rows.entries()) {
        const was = untouched[at]!;
        const others = (values: unknown) => ({ ...(values as object), [key]: null });
        expect(others(row.values)).toEqual(others(was.values));
        const isSame = isGone || JSON.stringify(before[row.key]) === JSON.stringify(after[row.key]);
        expect(row.updatedAt > was.updatedAt, row.key).toBe(!isSame);
      }
    });

    test("a field made again has none of the values that were dropped", async () => {
      await removeField(gateway, MO, "city");
      await create(MO, { key: "city", type: "TEXT" });
      expect(await stored(gateway, "city")).toEqual({ full: null, part: null, bare: null });
    });
  });

  test("SH-32 more records than fit into one batch are all rewritten, with their matches", async () => {
    gateway = await openGateway(
      (await open()).database,
      withRules({ city: "{ field: city, op: EQ, value: Rome }" }),
    );
    const many = 620;
    await gateway.database.write(async (tx) => {
      const { id: _, ...row } = await tx.record.findFirstOrThrow({ where: { key: "bare" } });
      const data = Array.from({ length: many }, (_, n) => ({
        ...row,
        id: `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`,
        key: `many-${n}`,
        values: { status: "new", revenue: n },
      }));
      for (let from = 0; from < many; from += 100)
        await tx.record.createMany({ data: data.slice(from, from + 100) });
    });
    const count = async () =>
      (await gateway.data(SUE, `{ records(module: "leads") { totalCount } }`))["records"].totalCount;
    expect(await count()).toBe(0);
    expect(await changeField(gateway, MO, "city", { isRequired: true, fillWith: "Rome" })).not.toHaveProperty(
      "errors",
    );
    const values = Object.values(await stored(gateway, "city"));
    expect(values.filter((value) => value === "Rome")).toHaveLength(many + 1);
    expect(await count()).toBe(many + 1);
    expect(Object.values(await stored(gateway, "revenue")).filter((value) => value === 619)).toHaveLength(1);
  });
});
