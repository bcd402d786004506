import { readFile } from "node:fs/promises";
import {
  buildSchema,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";
import { describe, expect, test } from "vitest";
import { schema } from "../../src/graphql/schema.ts";
import { printSdl, SDL_FILE } from "../../src/graphql/sdl.ts";
import { ERROR_CODES } from "../../src/kernel/fault.ts";
import { NODE_TYPES } from "../../src/kernel/global-id.ts";
import { CAPABILITIES } from "../../src/policy/capability.ts";
import { OPERATORS } from "../../src/policy/model/condition.ts";
import { isNumbered } from "../architecture/facts.ts";

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith("__") && !isSpecifiedScalarType(type),
);

describe("the printed schema", () => {
  test("AP-30 it is current: `npm run sdl` would change nothing", async () => {
    expect(await readFile(SDL_FILE, "utf8")).toBe(printSdl(schema));
  });

  test("AP-30 it is sorted and reads back as the same schema", async () => {
    const text = await readFile(SDL_FILE, "utf8");
    expect(printSdl(buildSchema(text))).toBe(text);
  });

  test("AP-30 every type, field, argument and enum value is described", () => {
    const places = types.flatMap(placesOf);
    expect(places.length).toBeGreaterThan(400);
    expect(places.flatMap(([name, description]) => (description?.trim() ? [] : [name]))).toEqual([]);
  });

  test("AP-30 no description carries the number of a requirement", () => {
    const numbered = types.flatMap(placesOf).filter(([, description]) => isNumbered(description ?? ""));
    expect(numbered).toEqual([]);
  });

  test.each([
    ["AP-04 ErrorCode", "ErrorCode", ERROR_CODES],
    ["CA-01 Capability", "Capability", CAPABILITIES],
    ["SH-32 ComparisonOp", "ComparisonOp", OPERATORS],
    ["SH-46 RecordAction", "RecordAction", ["READ", "UPDATE", "DELETE", "SHARE", "CHANGE_OWNER"]],
    [
      "UA-52 UserListFilter",
      "UserListFilter",
      ["ALL", "ACTIVE", "INACTIVE", "PENDING", "RESTRICTED", "ADMINISTRATORS"],
    ],
  ])("%s has exactly its members", (_title, name, members) => {
    const type = schema.getType(name);
    const names = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
    expect(names.toSorted()).toEqual([...members].toSorted());
  });

  test("AP-01 every noun with a global id is a Node, and no other type is", () => {
    const nodes = types.filter(
      (type) => isObjectType(type) && type.getInterfaces().some((each) => each.name === "Node"),
    );
    expect(nodes.map((type) => type.name).toSorted()).toEqual([...NODE_TYPES].toSorted());
  });

  test("AP-01 every connection pages by first, last, after and before, and counts", () => {
    const connections = types.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields()).filter((field) =>
            getNamedType(field.type).name.endsWith("Connection"),
          )
        : [],
    );
    expect(connections.length).toBeGreaterThan(10);
    for (const field of connections) {
      expect(field.args.map((argument) => `${argument.name}: ${argument.type}`)).toEqual(
        expect.arrayContaining(["first: Int", "last: Int", "after: String", "before: String"]),
      );
      const connection = getNamedType(field.type);
      const fields = isObjectType(connection) ? connection.getFields() : {};
      expect(String(fields["totalCount"]?.type)).toBe("Int!");
      expect(String(fields["totalIsLowerBound"]?.type)).toBe("Boolean!");
      expect(String(fields["pageInfo"]?.type)).toBe("PageInfo!");
    }
  });
});

type Place = readonly [name: string, description: string | null | undefined];

/** The type and everything in it that can be described. */
function placesOf(type: GraphQLNamedType): readonly Place[] {
  const own: Place = [type.name, type.description];
  if (isEnumType(type)) return [own, ...type.getValues().map(inside(type.name))];
  if (isInputObjectType(type)) return [own, ...Object.values(type.getFields()).map(inside(type.name))];
  if (!isObjectType(type) && !isInterfaceType(type)) return [own];
  const fields = Object.values(type.getFields());
  const named = inside(type.name);
  return [own, ...fields.flatMap((field) => [named(field), ...field.args.map(inside(named(field)[0]))])];
}

function inside(holder: string) {
  return ({
    name,
    description,
  }: {
    readonly name: string;
    readonly description?: string | null | undefined;
  }): Place => [`${holder}.${name}`, description];
}
