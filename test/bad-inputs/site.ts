import {
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from "graphql";
import type { NodeType } from "../../src/kernel/global-id.ts";
import type { Dice } from "../random/dice.ts";

/** A field with arguments, and how one gets to it. */
export type Site = {
  /** `Type.field`. */
  readonly name: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly operation: "query" | "mutation";
  /** The noun that has the field, which is reached through `node`; null for a field of the root. */
  readonly under: NodeType | null;
};

/** Every field of the schema that takes arguments. @throws for one that nothing here can reach. */
export function sitesOf(schema: GraphQLSchema): readonly Site[] {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith("__") || type === schema.getSubscriptionType()) return [];
    return Object.values(type.getFields()).flatMap((field): readonly Site[] => {
      if (field.args.length === 0) return [];
      const name = `${type.name}.${field.name}`;
      if (type === query) return [{ name, field, operation: "query", under: null }];
      if (type === mutation) return [{ name, field, operation: "mutation", under: null }];
      if (!type.getInterfaces().some((each) => each.name === "Node"))
        throw new Error(`${name} takes arguments, and ${type.name} is no node: say how it is reached.`);
      return [{ name, field, operation: "query", under: type.name as NodeType }];
    });
  });
}

/**
 * What is asked of a type: most leaves, and some of what is below. Empty for a leaf. What became of the items of a mass
 * change is always asked.
 */
export function selectionOf(type: GraphQLOutputType, levels: number, dice: Dice): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  if (!isObjectType(named)) return "{ __typename }";
  const parts = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some((argument) => isNonNullType(argument.type))) return [];
    const below = getNamedType(field.type);
    const isOfItems = /^Mass(Item|Refusal)$/.test(named.name) || below.name === "MassItem";
    if (isLeafType(below)) return isOfItems || dice.chance(0.8) ? [field.name] : [];
    const isWanted = levels > 0 && (isOfItems || dice.chance(0.5));
    return isWanted ? [`${field.name} ${selectionOf(field.type, levels - 1, dice)}`] : [];
  });
  return `{ ${["__typename", ...parts].join(" ")} }`;
}
