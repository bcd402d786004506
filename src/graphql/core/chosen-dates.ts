import {
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
} from "graphql";
import { admitDate } from "../../store/core/admit-date.ts";
import type { Context } from "./context.ts";

/**
 * The same schema, in which no argument takes a date that the viewer may not choose (D20): whatever argument, since all
 * that has the type is asked. Constants of filters have their types from fields of modules, and are asked where they are
 * read.
 */
export function admittingDates(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const places = field.args.flatMap((arg) => datePlaces(arg, []));
      if (places.length === 0) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: Context, info) => {
        const { viewer } = context;
        if (viewer !== null) {
          for (const place of places)
            for (const date of datesAt(args, place))
              admitDate(viewer, typeof date === "string" ? { day: date } : { at: date.getTime() });
        }
        return resolve(source, args, context, info);
      };
    }
  }
  return schema;
}

type Place = readonly string[];

/** What was read and comes back chooses nothing, however old it is. */
const READ_BEFORE = new Set(["expectedUpdatedAt"]);

/** The places of dates in an argument, by names; what leads back to itself has none further down. */
export function datePlaces(
  { name, type }: Pick<GraphQLArgument | GraphQLInputField, "name" | "type">,
  above: readonly GraphQLInputType[],
): readonly Place[] {
  const named = getNamedType(type);
  if (READ_BEFORE.has(name)) return [];
  if (named.name === "DateTime" || named.name === "Date") return [[name]];
  if (!isInputObjectType(named) || above.includes(named)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    datePlaces(field, [...above, named]).map((place) => [name, ...place]),
  );
}

/** What stands at a place, in each item of the lists on the way. */
function datesAt(value: unknown, [name, ...rest]: Place): readonly (Date | string)[] {
  if (Array.isArray(value))
    return value.flatMap((each) => datesAt(each, name === undefined ? [] : [name, ...rest]));
  if (value == null) return [];
  if (name === undefined) return [value as Date | string];
  return datesAt((value as Readonly<Record<string, unknown>>)[name], rest);
}
