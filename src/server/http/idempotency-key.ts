import { createHash } from "node:crypto";
import {
  type DocumentNode,
  getOperationAST,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { GraphQLParams, Plugin } from "graphql-yoga";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import type { NamedRequest } from "../../store/core/idempotency.ts";
import type { ServerContext } from "./exchange.ts";

export const IDEMPOTENCY_KEY_HEADER = "idempotency-key";

/** Visible ASCII, as other gateways take it: at most 255 characters. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Lets a request name itself with the header `Idempotency-Key`, so that a client that got no answer may send it again
 * (AP-05). Such a request has exactly one mutation field; what came of it is kept where it is carried out.
 */
export const namesRequests: Plugin<object, ServerContext> = {
  onParams: ({ request, params, context: { exchange } }) => {
    const key = request.headers.get(IDEMPOTENCY_KEY_HEADER);
    // Nobody's requests are refused when they are carried out.
    if (key === null || exchange.session.kind === "ANONYMOUS") return;
    if (!KEY.test(key)) throw refusal("Expected 1 to 255 visible ASCII characters.");
    exchange.named = { key, hash: hashOf(params) } satisfies NamedRequest;
  },
  onExecute: ({ args }) => {
    const { document, operationName, contextValue } = args as unknown as {
      readonly document: DocumentNode;
      readonly operationName?: string | null;
      readonly contextValue: ServerContext;
    };
    if (contextValue.exchange.named === null) return;
    const operation = getOperationAST(document, operationName);
    const isOne =
      operation?.operation === OperationTypeNode.MUTATION && fieldsOf(document, operation.selectionSet) === 1;
    if (!isOne)
      throw refusal("A request with a key has one operation with one mutation field, and nothing else.");
  },
};

function hashOf({ query, variables, operationName }: GraphQLParams): string {
  try {
    return createHash("sha256")
      .update(canonicalJson([query ?? null, variables ?? {}, operationName ?? null]))
      .digest("base64");
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidInput("variables", "The variables are nested too deeply.");
  }
}

/** How many fields a selection has at its top, whatever `@skip` says of them. Validation refused circles. */
function fieldsOf(document: DocumentNode, { selections }: SelectionSetNode): number {
  let count = 0;
  for (const selection of selections) count += fieldsIn(document, selection);
  return count;
}

function fieldsIn(document: DocumentNode, selection: SelectionNode): number {
  switch (selection.kind) {
    case Kind.FIELD:
      return selection.name.value === "__typename" ? 0 : 1;
    case Kind.INLINE_FRAGMENT:
      return fieldsOf(document, selection.selectionSet);
    case Kind.FRAGMENT_SPREAD: {
      const fragment = document.definitions
        .filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
        .find((each) => each.name.value === selection.name.value);
      return fragment === undefined ? 0 : fieldsOf(document, fragment.selectionSet);
    }
  }
}

function refusal(sentence: string): InvalidInput {
  return new InvalidInput("Idempotency-Key", sentence, { requirement: "AP-05" });
}
