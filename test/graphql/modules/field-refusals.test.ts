import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Answer, type Gateway, onlyError, openGateway } from "../gateway.ts";
import { absentId, atVersion, fieldId, moduleId } from "../noun-id.ts";
import { CREATE, changeField, MO, RAY, ROOT, removeField, WORLD } from "./field-world.ts";

/** Partners have no records, and a field of each kind that something can be lost of. */
const EMPTY = WORLD.replace(
  "  partners: { label: Partners }\n",
  `  partners:
    label: Partners
    fields:
      city: { type: TEXT }
      size: { type: PICKLIST, options: [small, large], required: true }
      via: { type: LOOKUP, module: accounts }
`,
);

describeOnBoth("what is refused of fields", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, EMPTY);
  });
  const create = async (as: string, input: object, module = "leads") =>
    gateway.ask(as, CREATE, { input: { module: await moduleId(gateway, module), ...input } });
  const look = async () => ({
    modules: await gateway.data(
      ROOT,
      `{ modules { edges { node { fields { key label type options isRequired } } } } }`,
    ),
    records: await gateway.database.reader.record.findMany({ orderBy: { id: "asc" } }),
    events: await gateway.database.reader.auditEvent.count(),
  });
  async function refused(ask: () => Promise<Answer>) {
    const before = await look();
    const { extensions } = onlyError(await ask());
    expect(await look()).toEqual(before);
    return extensions;
  }

  const numbered = (count: number) => Array.from({ length: count }, (_, at) => `o${at}`);
  const text = { key: "note", type: "TEXT" };
  const picklist = { key: "size", type: "PICKLIST" };
  test.each<[string, object, string]>([
    ["a key with a space", { ...text, key: "my note" }, "input.key"],
    ["an empty key", { ...text, key: "" }, "input.key"],
    ...["id", "key", "module", "name", "owner", "createdBy", "createdAt", "updatedAt"].map(
      (key): [string, object, string] => [`the reserved key ${key}`, { ...text, key }, "input.key"],
    ),
    ["a blank label", { ...text, label: " " }, "input.label"],
    ["a text with options", { ...text, options: ["a"] }, "input.options"],
    ["a text with no options", { ...text, options: [] }, "input.options"],
    ["a text that points to a module", { ...text, lookupModule: "accounts" }, "input.lookupModule"],
    ["a picklist without options", picklist, "input.options"],
    ["a picklist with none", { ...picklist, options: [] }, "input.options"],
    ["an empty option", { ...picklist, options: ["a", ""] }, "input.options.1"],
    ["more options than a field may offer", { ...picklist, options: numbered(1_001) }, "input.options"],
    ["an option twice", { ...picklist, options: ["a", "b", "a"] }, "input.options.2"],
    ["an option that no database can keep", { ...picklist, options: ["a\u0000"] }, "input.options.0"],
    [
      "a picklist that points to a module",
      { ...picklist, options: ["a"], lookupModule: "leads" },
      "input.lookupModule",
    ],
    ["a lookup to nowhere", { key: "via", type: "LOOKUP" }, "input.lookupModule"],
    [
      "a lookup to nowhere, said so",
      { key: "via", type: "LOOKUP", lookupModule: null },
      "input.lookupModule",
    ],
    ["a lookup to no module", { key: "via", type: "LOOKUP", lookupModule: "nothing" }, "input.lookupModule"],
    [
      "a lookup with options",
      { key: "via", type: "LOOKUP", lookupModule: "accounts", options: ["a"] },
      "input.options",
    ],
    ["required without what to fill in", { ...text, isRequired: true }, "input.fillWith"],
    ["required and filled with null", { ...text, isRequired: true, fillWith: null }, "input.fillWith"],
    ["filled and not required", { ...text, fillWith: "x" }, "input.fillWith"],
    ["a text filled with a number", { ...text, isRequired: true, fillWith: 1 }, "input.fillWith"],
    [
      "a number filled with a text",
      { key: "n", type: "NUMBER", isRequired: true, fillWith: "1" },
      "input.fillWith",
    ],
    [
      "an option that is not offered",
      { ...picklist, options: ["a"], isRequired: true, fillWith: "b" },
      "input.fillWith",
    ],
    [
      "a lookup filled with what is no id",
      { key: "via", type: "LOOKUP", lookupModule: "accounts", isRequired: true, fillWith: "acc-1" },
      "input.fillWith",
    ],
  ])("createField with %s is BAD_USER_INPUT, whoever asks", async (_, input, field) => {
    for (const as of [MO, RAY])
      expect(await refused(() => create(as, input))).toMatchObject({ code: "BAD_USER_INPUT", field });
  });

  test("a field that needs filling needs it in a module without records too", async () => {
    const required = { ...text, isRequired: true };
    expect(await refused(() => create(MO, required, "partners"))).toEqual(
      await refused(() => create(MO, required, "leads")),
    );
  });

  test("a key that is taken is CONFLICT with the id of the field, to whom it concerns", async () => {
    const taken = { key: "city", type: "TEXT" };
    expect(await refused(() => create(MO, taken))).toMatchObject({
      code: "CONFLICT",
      field: "input.key",
      twin: await fieldId(gateway, "leads", "city"),
    });
    expect(await refused(() => create(RAY, taken))).toMatchObject({
      code: "FORBIDDEN",
      requirement: "CA-01",
    });
  });

  test.each<[string, string, object, string]>([
    ["a blank label", "city", { label: "" }, "input.label"],
    ["no type", "city", { type: null }, "input.type"],
    ["neither required nor not", "city", { isRequired: null }, "input.isRequired"],
    ["options for a text", "city", { options: ["a"] }, "input.options"],
    ["no options for a picklist", "status", { options: null }, "input.options"],
    ["an empty list of options", "status", { options: [] }, "input.options"],
    [
      "a text that becomes a picklist without options",
      "city",
      { type: "PICKLIST", confirm: true },
      "input.options",
    ],
    [
      "a text that becomes a lookup to nowhere",
      "city",
      { type: "LOOKUP", confirm: true },
      "input.lookupModule",
    ],
    ["a lookup to nowhere", "account", { lookupModule: null, confirm: true }, "input.lookupModule"],
    ["a picklist that points to a module", "status", { lookupModule: "accounts" }, "input.lookupModule"],
    ["required from now on, without what to fill in", "city", { isRequired: true }, "input.fillWith"],
    ["filled and not required", "city", { fillWith: "x" }, "input.fillWith"],
    ["filled and required no more", "status", { isRequired: false, fillWith: "new" }, "input.fillWith"],
    ["another type of a required field", "status", { type: "TEXT", confirm: true }, "input.fillWith"],
    ["fewer options of a required field", "status", { options: ["new"], confirm: true }, "input.fillWith"],
    [
      "filled with the option that goes",
      "status",
      { options: ["new"], fillWith: "won", confirm: true },
      "input.fillWith",
    ],
    [
      "filled with a value of the type before",
      "city",
      { type: "NUMBER", isRequired: true, fillWith: "x" },
      "input.fillWith",
    ],
  ])("updateField with %s is BAD_USER_INPUT, whoever asks", async (_, key, change, field) => {
    for (const as of [MO, RAY])
      expect(await refused(() => changeField(gateway, as, key, change))).toMatchObject({
        code: "BAD_USER_INPUT",
        field,
      });
  });

  test.each<[string, string, object]>([
    ["another type", "city", { type: "NUMBER" }],
    ["another module to point to", "via", { lookupModule: "leads" }],
    ["an option that goes", "size", { options: ["small"], fillWith: "small" }],
  ])("%s needs confirm: true, with values and without any", async (_, key, change) => {
    const update = async (as: string, confirm: object) =>
      gateway.ask(
        as,
        `mutation ($input: UpdateFieldInput!) { updateField(input: $input) { field { id } } }`,
        {
          input: await atVersion(gateway, {
            id: await fieldId(gateway, "partners", key),
            ...change,
            ...confirm,
          }),
        },
      );
    for (const confirm of [{}, { confirm: false }, { confirm: null }])
      expect(await refused(() => update(MO, confirm))).toMatchObject({
        code: "CONFIRMATION_REQUIRED",
        field: "input.confirm",
      });
    expect(await refused(() => update(RAY, {}))).toMatchObject({ code: "FORBIDDEN" });
  });

  test("deleteField needs confirm: true, with values and without any", async () => {
    for (const confirm of [false, null])
      expect(await refused(() => removeField(gateway, MO, "city", confirm))).toMatchObject({
        code: "CONFIRMATION_REQUIRED",
        field: "input.confirm",
      });
    const empty = async (as: string) =>
      gateway.ask(as, `mutation ($input: DeleteFieldInput!) { deleteField(input: $input) { id } }`, {
        input: { id: await fieldId(gateway, "partners", "city") },
      });
    expect(await refused(() => empty(MO))).toEqual(
      await refused(() => removeField(gateway, MO, "city", false)),
    );
    expect(await refused(() => empty(RAY))).toMatchObject({ code: "FORBIDDEN" });
  });

  test("a field and a module that are not there are NOT_FOUND, before anybody is refused", async () => {
    for (const as of [MO, RAY]) {
      const gone = { id: absentId("Field"), confirm: true };
      for (const name of ["updateField", "deleteField"]) {
        const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
        const query = `mutation ($input: ${input}!) { ${name}(input: $input) { __typename } }`;
        expect(await refused(() => gateway.ask(as, query, { input: gone }))).toMatchObject({
          code: "NOT_FOUND",
          field: "input.id",
        });
      }
      const nowhere = { input: { ...text, module: absentId("Module") } };
      expect(await refused(() => gateway.ask(as, CREATE, nowhere))).toMatchObject({
        code: "NOT_FOUND",
        field: "input.module",
      });
    }
  });
});
