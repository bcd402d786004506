import type { AuditKey, AuditKeys } from "../../../kernel/audit-key.ts";
import {
  BEFORE_ALL,
  type CheckpointRow,
  type EventRow,
  hashOfEvent,
  idOfEvent,
  signatureOf,
  takenUp,
} from "../../core/audit/signing.ts";
import { LogFaults } from "./faults.ts";
import type { Place } from "./place.ts";

type Signed = { readonly signedWith: string | null };

/** An event with what signs it. */
export type ChainedEvent = EventRow &
  Signed & { readonly id: string; readonly previous: string | null; readonly hash: string | null };

export type SignedCheckpoint = CheckpointRow & { readonly signature: string; readonly signedWith: string };

/** Where judging begins: what the first event has to stand on, and the beginning of the chain that is still ahead. */
export type Start = { readonly place: Place; readonly beginning: SignedCheckpoint | null };

/**
 * Judges a log event by event, in their order, with nothing kept of what was judged but the faults (SA-21).
 *
 * An event is proven by its own hash, and stands where it should by its number and by the hash of the one before, so
 * that a fault is told of the very event, and not of all that follow.
 */
export class LogJudge {
  readonly faults = new LogFaults();
  readonly #keys: ReadonlyMap<string, AuditKey>;
  readonly #beginning: SignedCheckpoint | null;
  readonly #from: number;
  #sequence: number;
  /** What the next event has to stand on; null when the event before does not prove it. */
  #before: string | null;
  /** What stands for the events that are older than the chain, as far as they were read. */
  #takenUp: string;

  constructor(keys: AuditKeys, { place, beginning }: Start) {
    this.#keys = new Map(keys.map((key) => [key.id, key]));
    this.#beginning = beginning;
    this.#from = place.sequence;
    this.#sequence = place.sequence;
    this.#before = place.hash;
    this.#takenUp = place.hash;
    if (beginning !== null) this.checkpoint(beginning);
  }

  /** The last event that was judged, and what the next one has to stand on. */
  get place(): Place {
    return { sequence: this.#sequence, hash: this.#before ?? BEFORE_ALL };
  }

  checkpoint(row: SignedCheckpoint): void {
    const key = this.#keys.get(row.signedWith);
    if (key === undefined) this.faults.add("UNKNOWN_KEY", row.sequence, row.sequence, row.signedWith);
    else if (signatureOf(key, row) !== row.signature) this.faults.add("CHECKPOINT_FORGED", row.sequence);
  }

  event(row: ChainedEvent): void {
    const { sequence } = row;
    if (sequence > this.#sequence + 1) {
      this.faults.add("MISSING", this.#sequence + 1, sequence - 1);
      this.#before = null;
    }
    this.#sequence = sequence;
    if (this.#beginning !== null && sequence <= this.#beginning.sequence) this.#older(row, this.#beginning);
    else this.#before = this.#chained(row);
  }

  #older(row: ChainedEvent, beginning: SignedCheckpoint): void {
    const key = this.#keys.get(beginning.signedWith);
    if (key !== undefined) this.#takenUp = takenUp(key, this.#takenUp, row);
    if (row.sequence < beginning.sequence) return;
    if (key !== undefined && this.#takenUp !== beginning.hash)
      this.faults.add("BEGINNING_DIFFERS", this.#from + 1, beginning.sequence);
    this.#before = beginning.hash;
  }

  /** What the next event has to stand on. */
  #chained(row: ChainedEvent): string | null {
    const { sequence, previous, hash, signedWith } = row;
    if (hash === null || previous === null || signedWith === null) {
      this.faults.add("UNSIGNED", sequence);
      return null;
    }
    const key = this.#keys.get(signedWith);
    if (key === undefined) this.faults.add("UNKNOWN_KEY", sequence, sequence, signedWith);
    else if (hashOfEvent(key, previous, row) !== hash || idOfEvent(hash) !== row.id) {
      this.faults.add("CHANGED", sequence);
      return null;
    } else if (this.#before !== null && this.#before !== previous) this.faults.add("OUT_OF_LINE", sequence);
    return hash;
  }
}
