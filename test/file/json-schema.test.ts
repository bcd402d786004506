import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { organizationFileJsonSchema } from "../../src/file/json-schema.ts";
import { OPERATORS_OF } from "../../src/policy/criteria/criteria.ts";
import { FIELD_TYPES } from "../../src/policy/model/org.ts";
import { bad } from "./bad-file.ts";
import { GOOD_FILES, REFUSED_FILES } from "./files.ts";

const committed: unknown = JSON.parse(
  readFileSync(new URL("../../src/file/organization-file.schema.json", import.meta.url), "utf8"),
);
const validate = new Ajv({ strict: false, validateFormats: false }).compile(organizationFileJsonSchema());

describe("BU-05 the JSON Schema of an organisation file", () => {
  test("BU-05 is committed as it is generated (node src/file/derive-json-schema.ts, then npm run format)", () => {
    expect(committed).toEqual(JSON.parse(JSON.stringify(organizationFileJsonSchema())));
  });

  test.each(GOOD_FILES)("BU-05 accepts $name", ({ text }) => {
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  test.each(REFUSED_FILES)("BU-05 refuses $name", ({ text }) => {
    expect(validate(parse(text))).toBe(false);
  });

  test.each<[string, Parameters<typeof bad>[0]]>([
    ["an unknown section", { people: "{}" }],
    ["an unknown key", { roles: "{ ceo: { name: CEO, colour: red } }" }],
    ["a key that begins with a sign", { roles: "{ -ceo: { name: CEO } }" }],
    ["a missing name", { roles: "{ ceo: {} }" }],
    ["an unknown capability", { profiles: "{ p: { name: P, capabilities: [FLY] } }" }],
    ["an adjusted administrator", { profiles: "{ administrator: { capabilities: [] } }" }],
    ["field permissions, which are not enforced yet", { profiles: "{ p: { name: P, fields: {} } }" }],
    [
      "a number among the values of an application",
      {
        users: "{ root@acme.test: { name: R, role: ceo, applications: { DESK: { values: { role: 1 } } } } }",
      },
    ],
    ["a member of two kinds", { groups: "{ g: { name: G, members: [ { role: a, group: b } ] } }" }],
    [
      "a rule from a user",
      { sharingRules: "{ r: { module: leads, from: { user: a@b.c }, to: everyone, access: READ_ONLY } }" },
    ],
    ["everyone as a recipient", { shares: "[ { record: leads/lead-1, to: everyone, access: FULL } ]" }],
    [
      "related records",
      { shares: "[ { record: leads/lead-1, to: { role: rep }, access: FULL, includeRelated: true } ]" },
    ],
    [
      "an unknown operator",
      {
        sharingRules:
          "{ r: { module: leads, criteria: { field: note, op: LIKE, value: x }, to: everyone, access: READ_ONLY } }",
      },
    ],
    [
      "an empty tree",
      { sharingRules: "{ r: { module: leads, criteria: { all: [] }, to: everyone, access: READ_ONLY } }" },
    ],
    [
      "a value for IS_NULL",
      {
        sharingRules:
          "{ r: { module: leads, criteria: { field: note, op: IS_NULL, value: x }, to: everyone, access: READ_ONLY } }",
      },
    ],
    [
      "a list for STARTS_WITH",
      {
        sharingRules:
          "{ r: { module: leads, criteria: { field: note, op: STARTS_WITH, value: [x] }, to: everyone, access: READ_ONLY } }",
      },
    ],
    [
      "options of a text",
      { modules: "{ leads: { label: L, fields: { a: { type: TEXT, options: [x] } } } }" },
    ],
  ])("BU-05 refuses %s", (_title, sections) => {
    expect(validate(parse(bad(sections).text))).toBe(false);
  });

  test("BU-05 says of every key what it means", () => {
    expect(undescribed(organizationFileJsonSchema(), "")).toEqual([]);
  });

  test("BU-05 says which op fits which type", () => {
    const text = JSON.stringify(committed);
    for (const type of FIELD_TYPES) expect(text).toContain(`${type}: ${OPERATORS_OF[type].join(" ")}.`);
  });
});

/** The places of keys without a description, in a schema and whatever is inside. */
function undescribed(schema: unknown, place: string): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, object>> };
  const here = Object.entries(properties).filter(([, each]) => !("description" in each));
  return [
    ...here.map(([key]) => `${place}.${key}`),
    ...Object.entries(schema).flatMap(([key, inner]) => undescribed(inner, `${place}/${key}`)),
  ];
}
