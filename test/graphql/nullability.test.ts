import { getNamedType, isInputObjectType, isListType, isNonNullType, isObjectType } from "graphql";
import { describe, expect, test } from "vitest";
import { schema } from "../../src/graphql/schema.ts";
import { NODE_TYPES } from "../../src/kernel/global-id.ts";

function typeOf(place: string): string {
  const [name, fieldName] = place.split(".");
  const type = schema.getType(name!);
  const fields = isObjectType(type) || isInputObjectType(type) ? type.getFields() : {};
  return String(fields[fieldName!]?.type);
}

const objects = Object.values(schema.getTypeMap()).filter(
  (type) => isObjectType(type) && !type.name.startsWith("__"),
);
const places = objects.flatMap((type) =>
  isObjectType(type)
    ? Object.values(type.getFields()).map((field) => ({
        place: `${type.name}.${field.name}`,
        type: field.type,
      }))
    : [],
);

describe("nullability", () => {
  test.each([
    // The names that must not move.
    ["Query.viewer", "Viewer"],
    ["Query.organization", "Organization"],
    ["Query.node", "Node"],
    ["Query.nodes", "[Node]!"],
    ["Query.module", "Module"],
    ["Query.record", "Record"],
    ["Query.records", "RecordConnection"],
    ["Query.users", "UserConnection"],
    ["Query.sharingRules", "SharingRuleConnection"],
    ["Query.explainAccess", "AccessExplanation"],
    ["Viewer.user", "User!"],
    ["Viewer.organization", "Organization!"],
    ["Viewer.capabilities", "[Capability!]!"],
    ["Viewer.isSupport", "Boolean!"],
    ["Record.id", "ID!"],
    ["Record.key", "String!"],
    ["Record.module", "Module!"],
    ["Record.name", "String!"],
    ["Record.owner", "User"],
    ["Record.createdBy", "User"],
    ["Record.createdAt", "DateTime!"],
    ["Record.updatedAt", "DateTime!"],
    ["Record.values", "JSON!"],
    ["Record.access", "RecordAccess!"],
    ["RecordAccess.read", "Boolean!"],
    ["RecordAccess.changeOwner", "Boolean!"],
    // What a policy can hide.
    ["User.email", "String"],
    ["User.status", "UserStatus"],
    ["User.profile", "Profile"],
    ["Organization.edition", "Edition"],
    ["Organization.timeZone", "String"],
    ["SharingRule.target", "Party"],
    ["SharingRule.criteria", "JSON"],
    ["SharingRule.includeSuperiors", "Boolean"],
    ["Record.shares", "RecordShareConnection"],
    // What it cannot.
    ["User.name", "String!"],
    ["User.isSupport", "Boolean!"],
    ["Organization.name", "String!"],
    ["Role.name", "String!"],
    ["Module.defaultAccess", "DefaultAccess!"],
    ["SharingRule.name", "String!"],
    ["PageInfo.hasNextPage", "Boolean!"],
    ["RecordFilter.compare", "RecordComparison"],
    ["RecordKey.module", "String!"],
  ])("AP-02 %s is %s", (place, type) => {
    expect(typeOf(place)).toBe(type);
  });

  test("AP-02 every connection, and every row of one, is nullable", () => {
    const connections = places.filter(({ type }) => getNamedType(type).name.endsWith("Connection"));
    expect(connections.length).toBeGreaterThan(10);
    expect(connections.filter(({ type }) => isNonNullType(type))).toEqual([]);
    const rows = places.filter(({ place }) => /Edge\.node$/.test(place));
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ type }) => isNonNullType(type))).toEqual([]);
  });

  test("AP-02 a relation to a noun is nullable, but where the row is a part of what holds it", () => {
    const nouns: ReadonlySet<string> = new Set(NODE_TYPES);
    const strict = places.filter(
      ({ type }) => nouns.has(getNamedType(type).name) && isNonNullType(type) && !isListType(type.ofType),
    );
    expect(strict.map(({ place }) => place).toSorted()).toEqual([
      "Field.module",
      "ModulePermissions.module",
      "Record.module",
      "Viewer.organization",
      "Viewer.user",
    ]);
  });

  test("AP-02 an input where exactly one member is allowed is @oneOf", () => {
    const oneOf = Object.values(schema.getTypeMap()).filter(
      (type) => isInputObjectType(type) && type.isOneOf,
    );
    expect(oneOf.map((type) => type.name).toSorted()).toEqual([
      "AddApplicationUsersItem",
      "PartyInput",
      "RecordFilter",
      "RuleSourceInput",
      "RuleTargetInput",
    ]);
  });
});
