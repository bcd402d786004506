import { GraphQLError } from "graphql";

/** What is limited (AP-10), as `extensions.limit.name` says it. */
export type LimitName =
  | "tokens"
  | "depth"
  | "aliases"
  | "directives"
  | "repeats"
  | "bytes"
  | "values"
  | "levels"
  | "cost"
  | "milliseconds"
  | "requestsOfUser"
  | "requestsOfOperation"
  | "requestsOfAddress";

/** What the answer says about the limit; where counting stops at the limit, `actual` is the first number over it. */
export type Excess = { readonly name: LimitName; readonly max: number; readonly actual: number };

type Http = {
  readonly status: number;
  readonly spec?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The refusal `LIMIT_EXCEEDED`, with `extensions.limit`. */
export function limitExceeded(limit: Excess, sentence: string, http: Http): GraphQLError {
  return new GraphQLError(sentence, {
    extensions: { code: "LIMIT_EXCEEDED", requirement: "AP-10", limit, http },
  });
}
