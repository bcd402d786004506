import type { MutationName } from "../../src/policy/rights/needs.ts";
import type { Outcome } from "./step.ts";

/** How often each mutation ended how. */
export class Outcomes {
  readonly #counts = new Map<MutationName, Map<Outcome, number>>();

  add(name: MutationName, outcome: Outcome): void {
    const counts = this.#counts.get(name) ?? new Map<Outcome, number>();
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    this.#counts.set(name, counts);
  }

  /** How often it was done. */
  done(name: MutationName): number {
    return this.#counts.get(name)?.get("DONE") ?? 0;
  }

  /** How often any of them ended so. */
  ended(outcome: Outcome): number {
    return [...this.#counts.values()].reduce((sum, counts) => sum + (counts.get(outcome) ?? 0), 0);
  }

  /** How often it was refused. */
  refused(name: MutationName): number {
    const counts = [...(this.#counts.get(name) ?? [])];
    return counts.reduce((sum, [outcome, count]) => sum + (outcome === "DONE" ? 0 : count), 0);
  }

  /** One line for each mutation. */
  lines(): readonly string[] {
    return [...this.#counts].map(
      ([name, counts]) =>
        `${name}: ${[...counts].map(([outcome, count]) => `${outcome} ${count}`).join(", ")}`,
    );
  }
}
