import { type DocumentNode, type GraphQLSchema, getOperationAST } from "graphql";
import type { Plugin } from "graphql-yoga";
import { costOf } from "../../graphql/core/cost.ts";
import type { Settings } from "../../settings/settings.ts";
import type { ServerContext } from "../http/exchange.ts";
import { limitExceeded } from "./exceeded.ts";

type Args = {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: unknown;
  readonly variableValues?: unknown;
};

/** Refuses operations that could cost more than is allowed (AP-10), by the published prices, before any is run. */
export function limitsCost({ maxCost: max }: Settings): Plugin<object, ServerContext> {
  const refuse = ({ schema, document, operationName, variableValues }: Args): void => {
    const operation = getOperationAST(document, typeof operationName === "string" ? operationName : null);
    // Without one operation to run the executor refuses the request.
    if (!operation) return;
    const variables = (variableValues ?? {}) as Readonly<Record<string, unknown>>;
    // Lists in lists soon leave the whole numbers that JSON keeps exactly.
    const actual = Math.min(costOf(schema, document, operation, variables), Number.MAX_SAFE_INTEGER);
    if (actual <= max) return;
    throw limitExceeded(
      { name: "cost", max, actual },
      `The operation can cost ${actual}; at most ${max} is allowed. The description of Query has the prices.`,
      { status: 400, spec: true },
    );
  };
  return { onExecute: ({ args }) => refuse(args), onSubscribe: ({ args }) => refuse(args) };
}
