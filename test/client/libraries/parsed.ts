import type { ResultOf, TypedDocumentNode, VariablesOf } from "@graphql-typed-document-node/core";
import { parse } from "graphql";
import type { TypedDocumentString } from "../../../src/client/generated/graphql.ts";

/** A document of the client for libraries that want it parsed; the types stay. */
export function parsed<Document extends TypedDocumentString<unknown, never>>(document: Document) {
  return parse(document.toString()) as TypedDocumentNode<ResultOf<Document>, VariablesOf<Document>>;
}
