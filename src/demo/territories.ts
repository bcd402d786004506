import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** Where the holders of a role sell, and what people and companies are called there. */
export type Territory = {
  /** Those who own what is made there: representatives and whoever leads them. */
  readonly roles: readonly string[];
  /** The role of those who sell it. */
  readonly rep: string;
  /** By country. */
  readonly cities: Readonly<Record<string, readonly string[]>>;
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  /** First words of companies. */
  readonly houses: readonly string[];
};

// The file is ours, as acme.yaml is.
const { acme, dealers } = parse(readFileSync(new URL("./territories.yaml", import.meta.url), "utf8")) as {
  readonly acme: readonly Territory[];
  readonly dealers: Territory;
};

export const TERRITORIES = acme;

/** Dealers bring leads from where Acme has nobody. */
export const DEALERS = dealers;

/** The trades Acme sells to, and the second words of companies in each. */
export const TRADES = {
  pharma: ["Pharma", "Biotech", "Therapeutics"],
  food: ["Foods", "Dairy", "Brewery"],
  chemistry: ["Chemicals", "Polymers", "Coatings"],
  university: ["University", "Institute"],
  hospital: ["Hospital", "Diagnostics"],
  water: ["Water", "Environmental"],
} as const;
export type Trade = keyof typeof TRADES;

export const PRODUCTS = ["balances", "centrifuges", "microscopes", "spectrometers"] as const;

export const TITLES = [
  "Head of laboratory",
  "Purchasing",
  "Quality assurance",
  "Research director",
  "Laboratory technician",
  "Facility management",
] as const;
