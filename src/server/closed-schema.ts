import { NoSchemaIntrospectionCustomRule, validate } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { ServerContext } from "./exchange.ts";

/** Keeps the schema to those who have it (AP-22): no introspection, and no "Did you mean …" that spells it out. */
export const closedSchema: Plugin<object, ServerContext> = {
  onValidate: ({ addValidationRule, setValidationFn }) => {
    addValidationRule(NoSchemaIntrospectionCustomRule);
    setValidationFn((schema, document, rules, options, typeInfo) =>
      validate(schema, document, rules, { ...options, hideSuggestions: true }, typeInfo),
    );
  },
  onExecute: ({ args }) => void Object.assign(args, { hideSuggestions: true }),
  onSubscribe: ({ args }) => void Object.assign(args, { hideSuggestions: true }),
};
