import { type DocumentNode, getOperationAST, Kind, type OperationDefinitionNode } from "graphql";
import { createGraphQLError, type Plugin } from "graphql-yoga";
import type { ServerContext } from "../http/exchange.ts";

/** What the resolvers' context offers where what is read is put on record. */
type Session = { readonly tellReading?: (operation: Asked) => Promise<void> };

type Asked = {
  readonly kind: OperationDefinitionNode["operation"];
  readonly name: string | null;
  readonly rootFields: readonly string[];
};

/**
 * Puts on record what the support agent read, before the first byte of the answer leaves (SA-09). When that fails, there
 * is no answer.
 */
export const tellsReading: Plugin<object, ServerContext> = {
  onExecute: ({ args }) => ({
    onExecuteDone: async ({ setResult }) => {
      const { tellReading } = args.contextValue as unknown as ServerContext & Session;
      if (tellReading === undefined) return;
      const asked = askedIn(args.document, args.operationName ?? null);
      try {
        await tellReading(asked);
      } catch (error) {
        const originalError = error instanceof Error ? error : new Error(String(error));
        setResult({ errors: [createGraphQLError(originalError.message, { originalError })] });
      }
    },
  }),
};

function askedIn(document: DocumentNode, operationName: string | null): Asked {
  const operation = getOperationAST(document, operationName);
  if (operation == null) throw new Error("an operation was executed that the document does not have");
  return {
    kind: operation.operation,
    name: operation.name?.value ?? null,
    rootFields: rootFieldsOf(document, operation),
  };
}

/** The names of the fields at the root of an operation, those of its fragments included; validation knows of no circles. */
function rootFieldsOf(document: DocumentNode, operation: OperationDefinitionNode): readonly string[] {
  const names: string[] = [];
  const open = [...operation.selectionSet.selections];
  const seen = new Set<string>();
  for (let at = 0; at < open.length; at += 1) {
    const selection = open[at];
    switch (selection?.kind) {
      case Kind.FIELD:
        names.push(selection.name.value);
        break;
      case Kind.INLINE_FRAGMENT:
        open.push(...selection.selectionSet.selections);
        break;
      case Kind.FRAGMENT_SPREAD: {
        const name = selection.name.value;
        if (seen.has(name)) break;
        seen.add(name);
        for (const each of document.definitions)
          if (each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name)
            open.push(...each.selectionSet.selections);
      }
    }
  }
  return names;
}
