import { AsyncLocalStorage } from "node:async_hooks";

/** One at a time, in the order of asking. */
export class Turns {
  readonly #name: string;
  readonly #inside = new AsyncLocalStorage<true>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(name: string) {
    this.#name = name;
  }

  /** Runs `work` when everything asked for before is over. @throws when called inside itself: it would wait for ever. */
  take<T>(work: () => Promise<T>): Promise<T> {
    refuseInside(this.#inside, this.#name);
    const turn = this.#last.then(() => this.#inside.run(true, work));
    this.#last = turn.then(noop, noop);
    return turn;
  }

  /** Everything asked for so far is over. */
  async finish(): Promise<void> {
    await this.#last;
  }
}

/** As many at once as want, none inside itself; knows when all are over. */
export class Crowd {
  readonly #name: string;
  readonly #inside = new AsyncLocalStorage<true>();
  readonly #open = new Set<Promise<void>>();

  constructor(name: string) {
    this.#name = name;
  }

  take<T>(work: () => Promise<T>): Promise<T> {
    refuseInside(this.#inside, this.#name);
    const running = this.#inside.run(true, work);
    const over: Promise<void> = running.then(noop, noop).then(() => void this.#open.delete(over));
    this.#open.add(over);
    return running;
  }

  async finish(): Promise<void> {
    await Promise.all(this.#open);
  }
}

function noop(): void {}

function refuseInside(inside: AsyncLocalStorage<true>, name: string): void {
  if (inside.getStore())
    throw new Error(`A ${name} was started inside a ${name}; hand its transaction down instead.`);
}
