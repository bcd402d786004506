import { schemaOf } from "../../src/graphql/schema.ts";

/** The schema of a server in production: what only development has shows what it is asked for, tokens included. */
export const schema = schemaOf({ isDevelopment: false });
