import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
} from "graphql";
import type { Plugin } from "graphql-yoga";
import { InvalidInput, MOST_FAULTS_TOLD } from "../../kernel/fault.ts";
import type { ServerContext } from "./exchange.ts";

type Args = {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: unknown;
  readonly variableValues?: unknown;
};

/**
 * Refuses variables that are not what the operation declares, all of their faults together (AP-13), before the operation
 * is priced. Pricing and the executor coerce them again, and would go on to the last fault however many there are.
 */
export function refusesWrongVariables(hideSuggestions: boolean): Plugin<object, ServerContext> {
  return {
    onExecute: ({ args }) => check(args, hideSuggestions),
    onSubscribe: ({ args }) => check(args, hideSuggestions),
  };
}

/** What is proposed for a wrong name would be names of the schema, which may be closed. */
function check({ schema, document, operationName, variableValues }: Args, hideSuggestions: boolean): void {
  const operation = getOperationAST(document, typeof operationName === "string" ? operationName : null);
  // Without one operation to run the executor refuses the request.
  if (!operation) return;
  const { errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    (variableValues ?? {}) as Readonly<Record<string, unknown>>,
    { maxErrors: MOST_FAULTS_TOLD, hideSuggestions },
  );
  if (errors === undefined) return;
  const faults = errors.slice(0, MOST_FAULTS_TOLD).map(faultOf);
  const [first] = faults;
  if (first !== undefined) throw new InvalidInput(first.field, first.message, { details: { faults } });
}

/** `Variable "$input" got invalid value 1 at "input.name"; …` names the field of the input. */
function faultOf({ message }: GraphQLError): { readonly field: string | null; readonly message: string } {
  const field = / at "([\w.[\]]+)"/.exec(message)?.[1] ?? /^Variable "\$(\w+)"/.exec(message)?.[1] ?? null;
  return { field, message };
}
