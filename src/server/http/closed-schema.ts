import { NoSchemaIntrospectionCustomRule } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { ServerContext } from "./exchange.ts";

/** Keeps the schema to those who have it (AP-22). The "Did you mean …" that would spell it out falls in `presentError`. */
export const closedSchema: Plugin<object, ServerContext> = {
  onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule),
};
