import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
  isScalarType,
} from "graphql";
import type { Arguments } from "./valid.ts";

export type Path = readonly (string | number)[];

/** A place in the arguments where something can be wrong. Inside JSON there are no types. */
export type Spot = { readonly path: Path; readonly type: GraphQLInputType | null; readonly name: string };

/** What is there when nothing is. */
export const ABSENT = Symbol("absent");

/** Every place in the arguments: what is given, what could be, and what is inside of it. */
export function spotsIn(declared: readonly GraphQLArgument[], given: Arguments): readonly Spot[] {
  return declared.flatMap(({ name, type }) => spotsAt([name], type, name, given[name]));
}

function spotsAt(path: Path, type: GraphQLInputType, name: string, value: unknown): readonly Spot[] {
  const nullable = getNullableType(type);
  const here: Spot = { path, type, name };
  if (value === undefined || value === null) return [here];
  if (isListType(nullable)) {
    const items = Array.isArray(value) ? value : [];
    return [here, ...items.flatMap((item, at) => spotsAt([...path, at], nullable.ofType, name, item))];
  }
  if (isInputObjectType(nullable)) {
    if (typeof value !== "object") return [here];
    const fields: readonly GraphQLInputField[] = Object.values(nullable.getFields());
    // Of a oneOf, what is not given is wrong to give: that is a way to spoil the whole.
    const open = nullable.isOneOf ? fields.filter((field) => Object.hasOwn(value, field.name)) : fields;
    return [
      here,
      ...open.flatMap((field) =>
        spotsAt([...path, field.name], field.type, field.name, (value as Arguments)[field.name]),
      ),
    ];
  }
  return isScalarType(nullable) && nullable.name === "JSON" ? [here, ...insideJson(path, value)] : [here];
}

function insideJson(path: Path, value: unknown): readonly Spot[] {
  if (typeof value !== "object" || value === null) return [];
  const parts = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return parts.flatMap(([key, part]: readonly [string | number, unknown]) => [
    { path: [...path, key], type: null, name: String(key) },
    ...insideJson([...path, key], part),
  ]);
}

/** What stands at the place; undefined when nothing does. */
export function valueAt(value: unknown, [first, ...rest]: Path): unknown {
  if (first === undefined) return value;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, first)) return undefined;
  return valueAt((value as Readonly<Record<string | number, unknown>>)[first], rest);
}

/** The same with another value at the place, or with nothing there. */
export function withValueAt(value: unknown, [first, ...rest]: Path, put: unknown): unknown {
  if (first === undefined) return put;
  if (Array.isArray(value)) {
    const next = value.map((item, at) => (at === first ? withValueAt(item, rest, put) : item));
    return next.filter((item) => item !== ABSENT);
  }
  const entries = new Map(Object.entries(value ?? {}));
  const next = withValueAt(entries.get(String(first)), rest, put);
  if (next === ABSENT) entries.delete(String(first));
  else entries.set(String(first), next);
  return Object.fromEntries(entries);
}
