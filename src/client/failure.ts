import { ERROR_CODES, type ErrorCode } from "./generated/graphql.ts";

/** One thing that went wrong with a request (AP-04). */
export type Failure = {
  readonly message: string;
  /** What kind of refusal it is; null for a code that this client was not made for, and where no server said one. */
  readonly code: ErrorCode | null;
  /** The path of the input that is at fault, such as `filter.compare.op`. */
  readonly field: string | null;
  /** The line of the specification behind a refusal, such as `TU-12a`. */
  readonly requirement: string | null;
  /** Where in the data it happened; empty when it was the whole request. */
  readonly path: readonly (string | number)[];
};

/** A request that was refused or failed. `code`, `field` and `requirement` are those of the first failure. */
export class RequestFailed extends Error {
  override readonly name = "RequestFailed";
  /** Everything that went wrong, at least one. */
  readonly failures: readonly Failure[];
  /** Of the HTTP response. A request that ran is 200, even where a part of it failed. */
  readonly status: number;
  /** What came back all the same, with null where a failure is; null when nothing did. */
  readonly data: unknown;

  constructor(failures: readonly Failure[], status: number, data: unknown) {
    super(failures.map(({ message }) => message).join("\n"));
    this.failures = failures;
    this.status = status;
    this.data = data;
  }

  get code(): ErrorCode | null {
    return this.failures[0]?.code ?? null;
  }

  get field(): string | null {
    return this.failures[0]?.field ?? null;
  }

  get requirement(): string | null {
    return this.failures[0]?.requirement ?? null;
  }
}

/** The failures in the `errors` of an answer, none where there are none. */
export function failuresOf(errors: unknown): readonly Failure[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) => {
    const { message, path, extensions } = membersOf(error);
    const { code, field, requirement } = membersOf(extensions);
    return {
      message: textOf(message) ?? "The request failed",
      code: ERROR_CODES.find((known) => known === code) ?? null,
      field: textOf(field),
      requirement: textOf(requirement),
      path: Array.isArray(path) ? path : [],
    };
  });
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
