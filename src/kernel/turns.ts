import { setImmediate as nextTurn } from "node:timers/promises";

/** So long, in milliseconds, one piece of work goes on before others have a turn. */
const BREATH_MS = 10;

/**
 * The turns of one long piece of work. What is resolved already is no turn: work that waits for nothing but itself
 * would hold up every request of the process, and the clock that ends it too (EN-32).
 */
export class Turns {
  #since = performance.now();
  /** The parts of the work that wait, in the order in which they came; those before `#next` go on already. */
  #waiting: (() => void)[] = [];
  #next = 0;

  /** Whether the work went on for so long that others should have a turn. */
  isOver(): boolean {
    return performance.now() - this.#since >= BREATH_MS;
  }

  /** Lets others have a turn, if this one is over. Of parts that wait together as many go on as have time in the next. */
  taken(): Promise<void> {
    if (!this.isOver()) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    if (this.#waiting.length === 1) void this.#goOn();
    return promise;
  }

  get #isAwaited(): boolean {
    return this.#next < this.#waiting.length;
  }

  async #goOn(): Promise<void> {
    while (this.#isAwaited) {
      await nextTurn();
      this.#since = performance.now();
      do {
        this.#waiting[this.#next]?.();
        this.#next += 1;
        // What goes on does so before this does.
        await null;
        await null;
      } while (this.#isAwaited && !this.isOver());
    }
    this.#waiting = [];
    this.#next = 0;
  }
}
