import { GraphQLBoolean, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import type { Viewer } from "../store/viewer.ts";

/** The context that `main.ts` gives to resolvers. */
export type ViewerContext = { readonly viewer: Viewer | null };

const text = (resolve: (viewer: Viewer) => string) => ({ type: new GraphQLNonNull(GraphQLString), resolve });

/** The smallest surface: who is signed in. Serves until `graphql/schema.ts` takes its place in `main.ts`. */
export const viewerSchema = new GraphQLSchema({
  description: "Who may see and do what with which record, and why.",
  query: new GraphQLObjectType<unknown, ViewerContext>({
    name: "Query",
    fields: {
      viewer: {
        description: "Who is signed in; null when nobody is.",
        type: new GraphQLObjectType<Viewer, ViewerContext>({
          name: "Viewer",
          fields: {
            userName: { ...text(({ user }) => user.name), description: "The person's name." },
            organizationKey: { ...text(({ policy }) => policy.org.key), description: "The organisation's key." },
            isSupport: {
              description: "Whether this is the vendor's support agent.",
              type: new GraphQLNonNull(GraphQLBoolean),
              resolve: ({ user }) => user.license === "SUPPORT",
            },
          },
        }),
        resolve: (_parent, _arguments, { viewer }) => viewer,
      },
    },
  }),
});
