import { GraphQLObjectType, GraphQLSchema } from "graphql";

/** Queries that there are in development only, and the types that nothing else leads to. */
const DEVELOPMENT = {
  queries: new Set(["outbox"]),
  types: new Set(["OutboxMail", "MailKind", "MailStatus"]),
};

/** The same schema without what only development has: in production it cannot be asked for at all. */
export function withoutDevelopment(schema: GraphQLSchema): GraphQLSchema {
  const { query, types, ...config } = schema.toConfig();
  if (!query) throw new Error("a schema without queries");
  const { fields, ...rest } = query.toConfig();
  const kept = Object.entries(fields).filter(([name]) => !DEVELOPMENT.queries.has(name));
  return new GraphQLSchema({
    ...config,
    query: new GraphQLObjectType({ ...rest, fields: Object.fromEntries(kept) }),
    types: types.filter((type) => type !== query && !DEVELOPMENT.types.has(type.name)),
  });
}
