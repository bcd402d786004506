import {
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { schema } from "../../../src/graphql/schema.ts";

/** A place in the input of a mutation: the names on the way there. */
export type InputPlace = { readonly mutation: string; readonly path: readonly string[] };

/** Deeper than this an input only repeats itself, as filters do. */
const DEPTH = 4;

/** Every place in the inputs of all mutations that takes a global id. */
export function idPlaces(): readonly InputPlace[] {
  return inputPlaces((type) => type === "ID");
}

/** Every place in the inputs of all mutations that says what people will call something. */
export function namePlaces(): readonly InputPlace[] {
  const names: readonly unknown[] = ["name", "label", "options"];
  return inputPlaces((type, path) => type === "String" && names.includes(path.at(-1)));
}

type Wanted = (type: string, path: readonly string[]) => boolean;

function inputPlaces(isWanted: Wanted): readonly InputPlace[] {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  return mutations.flatMap(({ name, args }) =>
    args.flatMap((arg) => placesIn(isWanted, arg.type, []).map((path) => ({ mutation: name, path }))),
  );
}

function placesIn(
  isWanted: Wanted,
  type: GraphQLInputType,
  path: readonly string[],
): readonly (readonly string[])[] {
  const named = getNamedType(type);
  if (isWanted(named.name, path)) return [path];
  if (!isInputObjectType(named) || path.length >= DEPTH) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    placesIn(isWanted, field.type, [...path, field.name]),
  );
}

/**
 * The input with the value at the place, whatever was there: of an input of which one member is allowed, the only one;
 * lists have one item.
 */
export function withValue(mutation: string, input: object, path: readonly string[], leaf: string): object {
  const type = schema.getMutationType()?.getFields()[mutation]?.args[0]?.type;
  if (!type) throw new Error(`there is no mutation ${mutation}`);
  return put(type, input, path, leaf) as object;
}

function put(type: GraphQLInputType, value: unknown, path: readonly string[], leaf: string): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const [first] = Array.isArray(value) ? (value as readonly unknown[]) : [];
    return [put(nullable.ofType, first, path, leaf)];
  }
  const [name, ...rest] = path;
  if (name === undefined) return leaf;
  if (!isInputObjectType(nullable)) throw new Error("a path through something that is no input");
  const field = nullable.getFields()[name];
  if (!field) throw new Error(`there is no ${name} in ${nullable.name}`);
  const before = (nullable.isOneOf ? {} : (value ?? {})) as Readonly<Record<string, unknown>>;
  for (const each of Object.values(nullable.getFields())) {
    if (isNonNullType(each.type) && each.name !== name && !(each.name in before))
      throw new Error(`${nullable.name}.${each.name} is required and was not given`);
  }
  return { ...before, [name]: put(field.type, before[name], rest, leaf) };
}
