/** What can be wrong with a log. */
export type LogFaultKind =
  | "CHANGED"
  | "MISSING"
  | "UNSIGNED"
  | "UNKNOWN_KEY"
  | "OUT_OF_LINE"
  | "CUT_OFF"
  | "AFTER_HEAD"
  | "HEAD_DIFFERS"
  | "NO_HEAD"
  | "KEPT_DIFFERS"
  | "CHECKPOINT_FORGED"
  | "BEHIND_CHECKPOINT"
  | "BEGINNING_DIFFERS";

/** What is wrong with events that stand one after another, by their numbers. */
export type LogFault = {
  readonly kind: LogFaultKind;
  readonly first: number;
  readonly last: number;
  /** The key that they name, where that is what is wrong. */
  readonly key?: string;
};

/** More are counted, and not kept. */
const KEPT = 100;

/** The faults that were found, neighbours of one kind together. */
export class LogFaults {
  readonly #kept: LogFault[] = [];
  #count = 0;

  get kept(): readonly LogFault[] {
    return this.#kept;
  }

  /** How many there are, those included that are not kept. */
  get count(): number {
    return this.#count;
  }

  add(kind: LogFaultKind, first: number, last = first, key?: string): void {
    const before = this.#kept.at(-1);
    const isNext = before?.kind === kind && before.key === key && before.last + 1 === first;
    if (isNext && this.#kept.length === this.#count) {
      this.#kept[this.#kept.length - 1] = { ...before, last };
      return;
    }
    this.#count += 1;
    if (this.#count <= KEPT) this.#kept.push({ kind, first, last, ...(key === undefined ? {} : { key }) });
  }
}

/** A fault as a sentence. */
export function faultSentence({ kind, first, last, key }: LogFault): string {
  const isOne = first === last;
  const events = isOne ? `Event ${first}` : `Events ${first} to ${last}`;
  const are = isOne ? "is" : "are";
  switch (kind) {
    case "CHANGED":
      return `${events} ${isOne ? "was" : "were"} changed, or not signed with the key that ${isOne ? "it names" : "they name"}.`;
    case "MISSING":
      return `${events} ${are} missing.`;
    case "UNSIGNED":
      return `${events} ${are} not signed: not written by Sightline, or the signature was removed.`;
    case "UNKNOWN_KEY":
      return `${events} ${are} signed with the key ${key}, which SIGHTLINE_AUDIT_KEYS does not have.`;
    case "OUT_OF_LINE":
      return `${events} ${isOne ? "does" : "do"} not follow the event before: there were two logs.`;
    case "CUT_OFF":
      return `${events} ${are} missing at the end of the log.`;
    case "AFTER_HEAD":
      return `${events} ${isOne ? "stands" : "stand"} after the head: inserted, or the head was set back.`;
    case "HEAD_DIFFERS":
      return `The head does not belong to event ${first}.`;
    case "NO_HEAD":
      return `The head is missing; the last event is ${first}.`;
    case "KEPT_DIFFERS":
      return `Event ${first} is not the one that was kept.`;
    case "CHECKPOINT_FORGED":
      return `The checkpoint behind event ${first} was changed, or not signed with the key that it names.`;
    case "BEHIND_CHECKPOINT":
      return `${events} ${isOne ? "stands" : "stand"} behind the checkpoint: inserted, or not removed to the end; \`sightline audit prune\` does.`;
    case "BEGINNING_DIFFERS":
      return `${events}, from before the chain, ${are} not as ${isOne ? "it was" : "they were"} when it began.`;
  }
}
