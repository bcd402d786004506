import { type GraphQLInputType, getNamedType, getNullableType, isInputObjectType, isListType } from "graphql";
import type { NodeType } from "../../src/kernel/global-id.ts";
import { ATTRIBUTES, type Lures } from "./lures.ts";
import { type MutationField, nounOf } from "./mutation-inputs.ts";

/** A place of an input that holds an id. */
export type Leaf = {
  /** Keys and indexes from `input` on. */
  readonly path: readonly (string | number)[];
  /** The same without indexes: what one place of the schema is. */
  readonly place: string;
  /** What is meant there. */
  readonly noun: NodeType;
  /** The module whose records a lookup points to; null where it does not matter. */
  readonly module: string | null;
};

type Path = Leaf["path"];

/** Every place of the input that holds an id, those inside values and filters too, where the schema says nothing. */
export function leavesOf(mutation: MutationField, input: unknown, lures: Lures): readonly Leaf[] {
  const type = mutation.args.find(({ name }) => name === "input")!.type;
  return leavesIn(mutation.name, type, input, ["input"], lures);
}

function leavesIn(
  mutation: string,
  type: GraphQLInputType,
  value: unknown,
  path: Path,
  lures: Lures,
): readonly Leaf[] {
  const nullable = getNullableType(type) as GraphQLInputType;
  if (value === null || value === undefined) return [];
  if (isListType(nullable)) {
    const items = value as readonly unknown[];
    return items.flatMap((item, at) => leavesIn(mutation, nullable.ofType, item, [...path, at], lures));
  }
  if (!isInputObjectType(nullable)) {
    return getNamedType(nullable).name === "ID" ? [leafAt(mutation, path)] : [];
  }
  const given = value as Readonly<Record<string, unknown>>;
  if (nullable.name === "RecordComparison") return comparisonLeaves(mutation, given, path, lures);
  return Object.values(nullable.getFields()).flatMap((field) =>
    field.name === "values"
      ? valueLeaves(mutation, given["values"], [...path, "values"], lures)
      : leavesIn(mutation, field.type, given[field.name], [...path, field.name], lures),
  );
}

function leafAt(mutation: string, path: Path): Leaf {
  const names = path.filter((part) => typeof part === "string");
  // A condition is one place, however it is nested.
  const end = names.findIndex((name) => name === "all" || name === "any" || name === "compare");
  return {
    path,
    place: [mutation, ...(end === -1 ? names : names.slice(0, end))].join("."),
    noun: nounOf(mutation, names.at(-1) ?? ""),
    module: null,
  };
}

function lookupNamed(lures: Lures, name: string) {
  const all = Object.values(lures.comparables).flatMap((each) => each.slice(ATTRIBUTES.length));
  return all.find((field) => field.name === name && field.type === "LOOKUP");
}

function valueLeaves(mutation: string, values: unknown, path: Path, lures: Lures): readonly Leaf[] {
  return Object.entries((values ?? {}) as object).flatMap(([name, value]) => {
    const lookup = lookupNamed(lures, name);
    if (lookup === undefined || typeof value !== "string") return [];
    const { place } = leafAt(mutation, path);
    return [{ path: [...path, name], place, noun: "Record", module: lookup.module ?? null }];
  });
}

function comparisonLeaves(
  mutation: string,
  { field, value }: Readonly<Record<string, unknown>>,
  path: Path,
  lures: Lures,
): readonly Leaf[] {
  const lookup = lookupNamed(lures, String(field));
  if (lookup === undefined) return [];
  const at = (...part: (string | number)[]): Leaf => ({
    ...leafAt(mutation, [...path, "value", ...part]),
    noun: "Record",
    module: lookup.module ?? null,
  });
  if (typeof value === "string") return [at()];
  return Array.isArray(value) ? value.map((_, place) => at(place)) : [];
}

/** The input with another value at the place. */
export function withAt(input: unknown, path: Path, value: unknown): Record<string, unknown> {
  const copy = structuredClone({ input }) as Record<string | number, unknown>;
  let inside = copy;
  for (const part of path.slice(0, -1)) inside = inside[part] as typeof inside;
  inside[path.at(-1)!] = value;
  return copy["input"] as Record<string, unknown>;
}
