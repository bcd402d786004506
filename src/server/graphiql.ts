import { renderGraphiQL as renderOffline } from "@graphql-yoga/render-graphiql";
import type { GraphiQLOptions } from "graphql-yoga";

/** Its page carries all of its scripts: it works with no network (AP-30). */
export const renderGraphiQL = (options?: GraphiQLOptions): string => renderOffline(options);

/** What GraphiQL opens with, unless the server was given something else. */
export const GRAPHIQL: GraphiQLOptions = {
  title: "Sightline",
  defaultQuery: `# Sign in with the headers below: {"Authorization": "Bearer …"}; \`sightline token\` prints a token.
query { __typename }
`,
  inputValueDeprecation: true,
  schemaDescription: true,
};
