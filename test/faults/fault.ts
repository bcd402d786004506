/**
 * A fault that somebody could make, as one replacement in one file under `src/`, and the tests that must notice it.
 */
export type Fault = {
  readonly name: string;
  /** Under `src/`. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Under `test/`. */
  readonly tests: readonly string[];
  /** Only the tests whose title matches. */
  readonly titles?: string;
  /** Where only everything that the tests can try is sure to notice it: the size of CI. */
  readonly size?: "DEEP";
  /** Whether the tests need databases. */
  readonly on?: "databases";
};

/** Tests that need databases; those whose title matches. */
export const onDatabases = (tests: readonly string[], titles: string) =>
  ({ tests, titles, on: "databases" }) as const;
