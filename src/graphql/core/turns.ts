import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isIntrospectionType,
  isLeafType,
  isObjectType,
} from "graphql";
import { turnsOf } from "../../store/core/turns.ts";
import type { Context } from "./context.ts";

/**
 * The same schema, whose operations let others have a turn (EN-32). The executor resolves what is in memory without a
 * pause, however much there is of it: before a field that goes on below, or makes JSON, it waits when its turn is over.
 */
export function takingTurns(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) if (isWork(field)) wrap(field);
  }
  return schema;
}

function isWork(field: GraphQLField<unknown, Context>): boolean {
  const type = getNamedType(field.type);
  return !isLeafType(type) || type.name === "JSON";
}

function wrap(field: GraphQLField<unknown, Context>): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    if (context.viewer === null) return resolve(source, args, context, info);
    const turns = turnsOf(context.viewer);
    if (!turns.isOver()) return resolve(source, args, context, info);
    return turns.taken().then(() => resolve(source, args, context, info));
  };
}
