import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";

/** Where the printed schema is kept. */
export const SDL_FILE = new URL("schema.graphql", import.meta.url);

/** The schema as text, sorted, so that a change of it is a change of that line alone. */
export function printSdl(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
