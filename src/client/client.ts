import { type Failure, failuresOf, RequestFailed } from "./failure.ts";
import type { TypedDocumentString } from "./generated/graphql.ts";

export type ClientOptions = {
  /** Of the GraphQL endpoint: `http://localhost:4000/graphql`. */
  readonly url: string;
  /** The JWT to sign in with (AP-20); left out, nobody is signed in. */
  readonly token?: string;
  /** Instead of the global `fetch`. */
  readonly fetch?: typeof fetch;
};

export type RequestOptions = {
  /**
   * Names a request with one mutation, such as with `crypto.randomUUID()`: sent again with the same key because no
   * answer came, it is not carried out twice (AP-05).
   */
  readonly idempotencyKey?: string;
};

/** The variables of an operation: nothing to give where it has none. */
type Given<Variables> =
  Variables extends Readonly<Record<string, never>>
    ? [variables?: Variables, options?: RequestOptions]
    : [variables: Variables, options?: RequestOptions];

export type Client = {
  /**
   * Asks one operation. The document, from `generated/graphql.ts`, says what it wants and what comes back.
   *
   * @returns the data, whole.
   * @throws {RequestFailed} when any part of it failed, with the codes of AP-04 and what did come back.
   */
  readonly request: <Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    ...given: Given<Variables>
  ) => Promise<Result>;
};

/** A client for one person. It keeps nothing: every request is sent, and answered under the rules of that moment. */
export function createClient({ url, token, fetch: send = fetch }: ClientOptions): Client {
  const headers = {
    "content-type": "application/json",
    accept: "application/graphql-response+json, application/json;q=0.9",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return {
    async request<Result>(
      document: unknown,
      variables?: unknown,
      { idempotencyKey }: RequestOptions = {},
    ): Promise<Result> {
      const body = JSON.stringify({ query: String(document), variables });
      const named: Readonly<Record<string, string>> =
        idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey };
      const response = await send(url, { method: "POST", headers: { ...headers, ...named }, body });
      const { data, failures } = await answerOf(response);
      if (failures.length > 0) throw new RequestFailed(failures, response.status, data);
      // The server answers an operation with its own type, or with errors.
      return data as Result;
    },
  };
}

type Answer = { readonly data: unknown; readonly failures: readonly Failure[] };

/** What a response says. Whatever is not an answer of GraphQL is a failure, such as a proxy's page. */
async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  try {
    const { data = null, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
    const failures = failuresOf(errors);
    if (data !== null || failures.length > 0) return { data, failures };
  } catch {
    // Told below, with its status.
  }
  const message = `The answer is not one of GraphQL (HTTP status ${response.status})`;
  return { data: null, failures: [{ message, code: null, field: null, requirement: null, path: [] }] };
}
