import type { Bench } from "./bench.ts";
import type { Times } from "./measure.ts";

/**
 * Something that is measured. One file in `operations/` each, named in the list of `operations/index.ts`.
 *
 * `run` first compares every answer that it is about to measure with the reference and throws `Disagreement` when one is
 * wrong: what is wrong is not worth measuring. With `bench.repetitions` 0 it stops there, which is what the tests do.
 */
export type Operation = {
  /** By which `--only` asks for it. */
  readonly name: string;
  /** The requirement it shows, such as `EN-20`. */
  readonly requirement: string;
  /** What is measured against what, in a line of `--help`. */
  readonly summary: string;
  readonly run: (bench: Bench) => Promise<readonly Measurement[]>;
};

/** One row of the table. */
export type Measurement = {
  readonly operation: string;
  /** Which form of it, such as `first` or `deep`; null when there is one only. */
  readonly variant: string | null;
  /** Who asked; null when nobody in particular. */
  readonly viewer: string | null;
  /** Null when answers were only compared. */
  readonly times: Times | null;
  readonly baseline: Times | null;
  /** Instead of times: bytes allocated by the work and by its baseline, medians. */
  readonly bytes?: { readonly of: number; readonly baseline: number };
  readonly limit: Limit | null;
  /** How the rows were found, such as `DENSE`, or `DENSE+SPARSE` when the first was not enough. */
  readonly plan: string | null;
  /** SQL statements of one run; null when it is not about them. */
  readonly statements: number | null;
  /** Why there is no answer to compare or to measure. Only others refuse; what is Sightline's then fails the run. */
  readonly refused?: string;
};

/** What the specification asks for. */
export type Limit = { readonly requirement: string } & (
  | { readonly kind: "RATIO"; readonly atMost: number }
  | { readonly kind: "MILLISECONDS"; readonly atMost: number }
  /** The 99th percentile, against that of the baseline or by itself. */
  | { readonly kind: "P99_RATIO" | "P99_MILLISECONDS"; readonly atMost: number }
  /** Beyond the baseline. */
  | { readonly kind: "MORE_MILLISECONDS"; readonly atMost: number }
  /** The greater of a ratio and a time. */
  | { readonly kind: "RATIO_OR_MILLISECONDS"; readonly ratio: number; readonly milliseconds: number }
);

/** Median to median; null without a baseline. */
export function ratioOf({
  times,
  baseline,
  bytes,
}: Pick<Measurement, "times" | "baseline" | "bytes">): number | null {
  if (bytes !== undefined) return bytes.of / bytes.baseline;
  return times === null || baseline === null ? null : times.medianMs / baseline.medianMs;
}

/** Whether the limit is met; null when there is nothing to judge. */
export function isMet(measurement: Measurement): boolean | null {
  const { limit, times, baseline } = measurement;
  const ratio = ratioOf(measurement);
  if (limit === null) return null;
  if (limit.kind === "RATIO") return ratio === null ? null : ratio <= limit.atMost;
  if (times === null) return null;
  switch (limit.kind) {
    case "MILLISECONDS":
      return times.medianMs <= limit.atMost;
    case "P99_RATIO":
      return baseline === null ? null : times.p99Ms / baseline.p99Ms <= limit.atMost;
    case "P99_MILLISECONDS":
      return times.p99Ms <= limit.atMost;
    case "MORE_MILLISECONDS":
      return baseline === null ? null : times.medianMs - baseline.medianMs <= limit.atMost;
    case "RATIO_OR_MILLISECONDS":
      return (ratio !== null && ratio <= limit.ratio) || times.medianMs <= limit.milliseconds;
  }
}

/** The limit in words. */
export function limitText(limit: Limit): string {
  const { requirement } = limit;
  switch (limit.kind) {
    case "RATIO":
      return `${requirement} ≤ ${limit.atMost}×`;
    case "MILLISECONDS":
      return `${requirement} ≤ ${short(limit.atMost)} ms`;
    case "P99_RATIO":
      return `${requirement} p99 ≤ ${limit.atMost}×`;
    case "P99_MILLISECONDS":
      return `${requirement} p99 ≤ ${short(limit.atMost)} ms`;
    case "MORE_MILLISECONDS":
      return `${requirement} ≤ +${short(limit.atMost)} ms`;
    case "RATIO_OR_MILLISECONDS":
      return `${requirement} ≤ ${limit.ratio}× or ${short(limit.milliseconds)} ms`;
  }
}

function short(number: number): string {
  return String(Number(number.toPrecision(3)));
}

/** An answer was not what the reference says. */
export class Disagreement extends Error {
  override readonly name = "Disagreement";
}

/** @throws {Disagreement} naming the question, when the answers differ. */
export function agree(question: string, answer: unknown, expected: unknown): void {
  const [found, wanted] = [JSON.stringify(answer), JSON.stringify(expected)];
  if (found === wanted) return;
  const shown = (text: string) => (text.length > 400 ? `${text.slice(0, 400)} …` : text);
  throw new Disagreement(`${question}: answered ${shown(found)}, but the reference says ${shown(wanted)}`);
}
