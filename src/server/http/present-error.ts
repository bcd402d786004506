import { GraphQLError, Kind } from "graphql";
import { ERROR_CODES, type ErrorCode, InvalidInput, isFault } from "../../kernel/fault.ts";
import { Unauthenticated } from "../../kernel/unauthenticated.ts";
import type { Exchange } from "./exchange.ts";

/** What the caller is told about one error. */
type Told = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly field?: string | null;
  readonly requirement?: string | null;
  readonly more?: Readonly<Record<string, unknown>>;
};

/** What the settings say about errors: the size to name, and whether the schema may be guessed at. */
export type Terms = { readonly requestBytes: number; readonly introspection: boolean };

/**
 * Turns whatever went wrong into what the caller may know (AP-04): our faults as they are, what graphql-js says about
 * the document as `BAD_USER_INPUT`, and everything else as `INTERNAL` with the request id under which it is logged.
 *
 * @param isWholeAnswer the answer has no data at all, so the error also decides the HTTP status.
 */
export function presentError(
  error: GraphQLError,
  exchange: Exchange,
  terms: Terms,
  isWholeAnswer: boolean,
): GraphQLError {
  const cause = causeOf(error);
  const told = tell(cause, error, terms) ?? internal(cause, error, exchange);
  exchange.errorCodes.push(told.code);
  const extensions: Record<string, unknown> = { ...told.more, code: told.code };
  if (told.field != null) extensions["field"] = told.field;
  if (told.requirement != null) extensions["requirement"] = told.requirement;
  const http = isWholeAnswer ? (givenHttp(cause) ?? httpOf(told.code, cause)) : undefined;
  if (http !== undefined) extensions["http"] = http;
  return new GraphQLError(told.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions,
  });
}

/** What was thrown, below the layers that gave it a place in the answer. */
function causeOf(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
  return cause;
}

function tell(cause: unknown, error: GraphQLError, terms: Terms): Told | null {
  if (cause instanceof Unauthenticated) return cause;
  if (cause instanceof InvalidInput) {
    const { code, message, field, requirement, details: more } = cause;
    return { code, message, field, requirement, more };
  }
  if (isFault(cause)) return cause;
  if (isBrokenOff(cause)) return { code: "BAD_USER_INPUT", message: "The request broke off before its end." };
  if (!(cause instanceof GraphQLError)) return null;
  const code = cause.extensions["code"];
  switch (code) {
    case "REQUEST_ENTITY_TOO_LARGE":
      return {
        code: "LIMIT_EXCEEDED",
        message: `The request is larger than ${terms.requestBytes} bytes.`,
        requirement: "AP-10",
        more: { limit: { name: "bytes", max: terms.requestBytes } },
      };
    case "BAD_REQUEST":
    case "GRAPHQL_PARSE_FAILED":
    case "GRAPHQL_VALIDATION_FAILED":
    case "OPERATION_RESOLUTION_FAILURE":
      return { code: "BAD_USER_INPUT", message: sentence(error, terms) };
    default:
      if (ERROR_CODES.some((known) => known === code)) {
        const { http: _, ...more } = cause.extensions;
        return { code: code as ErrorCode, message: cause.message, more };
      }
      return code === undefined && isAboutInput(cause, error)
        ? { code: "BAD_USER_INPUT", message: sentence(error, terms), field: fieldOf(error.message) }
        : null;
  }
}

/** Node's word for a body whose connection ended, or whose chunks were none, while it was read. */
function isBrokenOff(cause: unknown): boolean {
  return (
    cause instanceof Error && cause.message === "aborted" && "code" in cause && cause.code === "ECONNRESET"
  );
}

/**
 * Errors of graphql-js carry no code. Before execution they are about the document or its variables, and inside it about
 * an argument when they point at a value; one that points at the field itself says that *we* answered with a wrong type.
 */
function isAboutInput(cause: GraphQLError, error: GraphQLError): boolean {
  if (error.path === undefined || cause.name === "PothosValidationError") return true;
  return cause.nodes?.every((node) => node.kind !== Kind.FIELD) ?? false;
}

/**
 * graphql-js proposes names of the schema. Its `hideSuggestions` does not reach the coercion of variables in yoga's
 * executor, so the sentence is cut here, wherever it came from.
 */
function sentence(error: GraphQLError, terms: Terms): string {
  return terms.introspection ? error.message : error.message.replace(/ Did you mean .*$/s, "");
}

/** `Variable "$input" got invalid value 1 at "input.name"; …` names the field of the input. */
function fieldOf(message: string): string | null {
  return / at "([\w.[\]]+)"/.exec(message)?.[1] ?? /^Variable "\$(\w+)"/.exec(message)?.[1] ?? null;
}

/** A bug: nothing is told but where to find it. */
function internal(cause: unknown, error: GraphQLError, exchange: Exchange): Told {
  exchange.log.error({ err: cause, path: error.path?.join(".") }, "internal error");
  return {
    code: "INTERNAL",
    message: `Something went wrong on our side. The log has it under ${exchange.requestId}.`,
    more: { requestId: exchange.requestId },
  };
}

/** What yoga says about the status. It tells a body that is no JSON, which is 400 for everybody, by its cause. */
function givenHttp(cause: unknown): unknown {
  if (!(cause instanceof GraphQLError)) return undefined;
  const { http, originalError } = cause.extensions;
  return originalError === undefined || http === undefined ? http : { ...http, spec: false };
}

/** `spec`: for `application/json` the answer stays 200, as GraphQL over HTTP wants it (AP-11). */
function httpOf(code: ErrorCode, cause: unknown): Readonly<Record<string, unknown>> {
  switch (code) {
    case "UNAUTHENTICATED": {
      const isBadToken = cause instanceof Unauthenticated && cause.refusal !== "NO_TOKEN";
      return {
        status: 401,
        headers: { "WWW-Authenticate": isBadToken ? 'Bearer error="invalid_token"' : "Bearer" },
      };
    }
    case "INTERNAL":
      return { status: 500 };
    case "LIMIT_EXCEEDED":
      return { status: 429, spec: true };
    case "CONFLICT":
      return { status: 409, spec: true };
    case "FORBIDDEN":
      return { status: 403, spec: true };
    case "NOT_FOUND":
    case "BAD_USER_INPUT":
    case "RULE_APPLYING":
    case "CONFIRMATION_REQUIRED":
    case "NO_SEAT":
    case "TEAM_MODULE_LIMIT":
    case "ACTION_NOT_AVAILABLE":
    case "CONVERSION_NOT_ALLOWED":
    case "LAST_ADMINISTRATOR":
    case "ALREADY_VISIBLE":
      return { status: 400, spec: true };
  }
}
