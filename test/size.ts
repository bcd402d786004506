/** How often the tests repeat what they repeat with other chances. Of what is tested, every size has all. */
type Size = {
  /** Random organisations, a multiple of 25, in which the engine is held against the oracle; and decisions compared in them, at least. */
  readonly agreement: {
    readonly [Kind in "sqlite" | "postgres"]: { readonly worlds: number; readonly decisions: number };
  };
};

/** What a change is tried with: `npm test`. */
const QUICK: Size = {
  agreement: { sqlite: { worlds: 50, decisions: 900_000 }, postgres: { worlds: 25, decisions: 450_000 } },
};

/** What is proved in the end: `CI=true npm test`. */
const DEEP: Size = {
  agreement: { sqlite: { worlds: 250, decisions: 3_850_000 }, postgres: { worlds: 50, decisions: 780_000 } },
};

/** The only place that says how much a run does: quick, and deep when `CI` is `true`. */
export const size: Size = process.env["CI"] === "true" ? DEEP : QUICK;
