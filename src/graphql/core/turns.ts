import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isIntrospectionType,
  isObjectType,
} from "graphql";
import { turnsOf } from "../../store/core/turns.ts";
import type { Context } from "./context.ts";

/** What is in memory whole, with the policy: however much of it is asked for, no statement comes between. */
const IN_MEMORY: ReadonlySet<string> = new Set([
  "UserConnection",
  "RoleConnection",
  "GroupConnection",
  "PartyConnection",
  "ProfileConnection",
  "ModuleConnection",
  "SharingRuleConnection",
  "Field",
  "ModulePermissions",
]);

/**
 * The same schema, whose operations let others have a turn (EN-32): the executor goes through what is in memory without a
 * pause. Fields of records wait for nothing, since what they ask for together is one statement, however busy the process.
 */
export function takingTurns(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields()))
      if (IN_MEMORY.has(getNamedType(field.type).name)) wrap(field);
  }
  return schema;
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
