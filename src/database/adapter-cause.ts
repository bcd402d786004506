/** What an adapter of the database says about an error: of a raw statement, below what the client says about it. */
export function causeOf(error: unknown): Readonly<Record<string, unknown>> {
  const known = error as {
    readonly cause?: unknown;
    readonly meta?: { readonly driverAdapterError?: unknown };
  };
  const cause =
    (known?.meta?.driverAdapterError as { readonly cause?: unknown } | undefined)?.cause ?? known?.cause;
  return typeof cause === "object" && cause !== null ? (cause as Readonly<Record<string, unknown>>) : {};
}
