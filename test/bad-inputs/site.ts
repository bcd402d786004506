import {
  type GraphQLField,
  type GraphQLObjectType,
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
  /** The fields between that noun and the type that has the field, outermost first. */
  readonly through: readonly string[];
};

/** Every field of the schema that takes arguments. @throws for one that nothing here can reach. */
export function sitesOf(schema: GraphQLSchema): readonly Site[] {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith("__") || type === schema.getSubscriptionType()) return [];
    return Object.values(type.getFields()).flatMap((field): readonly Site[] => {
      if (field.args.length === 0) return [];
      const name = `${type.name}.${field.name}`;
      if (type === query) return [{ name, field, operation: "query", under: null, through: [] }];
      if (type === mutation) return [{ name, field, operation: "mutation", under: null, through: [] }];
      if (isNode(type)) return [{ name, field, operation: "query", under: asNoun(type), through: [] }];
      const [under, through] = wayTo(schema, type);
      return [{ name, field, operation: "query", under, through: [through] }];
    });
  });
}

function isNode(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some((each) => each.name === "Node");
}

function asNoun({ name }: GraphQLObjectType): NodeType {
  return name as NodeType;
}

/** The noun, and its field without arguments, that lead to what is no noun itself. */
function wayTo(schema: GraphQLSchema, wanted: GraphQLObjectType): readonly [NodeType, string] {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !isNode(type)) continue;
    const field = Object.values(type.getFields()).find(
      (each) => each.args.length === 0 && getNamedType(each.type) === wanted,
    );
    if (field !== undefined) return [asNoun(type), field.name];
  }
  throw new Error(`${wanted.name} has fields that take arguments, and is no node: say how it is reached.`);
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
    const isOfItems = /^Mass(User)?(Item|Refusal)$/.test(named.name) || /^Mass(User)?Item$/.test(below.name);
    if (isLeafType(below)) return isOfItems || dice.chance(0.8) ? [field.name] : [];
    const isWanted = levels > 0 && (isOfItems || dice.chance(0.5));
    return isWanted ? [`${field.name} ${selectionOf(field.type, levels - 1, dice)}`] : [];
  });
  return `{ ${["__typename", ...parts].join(" ")} }`;
}
