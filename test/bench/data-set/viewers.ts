/**
 * Who looks in the benchmark. The first seven are those of the specification; `administrator` sees everything without
 * a condition, `bycriteria` a third through criteria rules.
 */
export const VIEWER_NAMES = [
  "ceo",
  "regional",
  "lead",
  "rep",
  "manyrules",
  "shareonly",
  "dormant",
  "administrator",
  "bycriteria",
] as const;
export type ViewerName = (typeof VIEWER_NAMES)[number];

/** The address by which a viewer signs in. */
export function emailOf(viewer: ViewerName): string {
  return `${viewer}@bench.test`;
}

/** Which share of the big module each viewer is made to reach at `large`. */
export const INTENDED: Readonly<Record<ViewerName, number>> = {
  ceo: 1,
  regional: 0.1,
  lead: 0.006,
  rep: 0.0003,
  manyrules: 0.22,
  shareonly: 0.002,
  dormant: 0.06,
  administrator: 1,
  bycriteria: 0.38,
};
