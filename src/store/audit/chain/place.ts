/** A place in the chain of a log: an event's number and hash. Whoever keeps one can hold the log against it later. */
export type Place = { readonly sequence: number; readonly hash: string };

/** The form in which people keep a place: `1042:9f86d081…`. */
export function placeText({ sequence, hash }: Place): string {
  return `${sequence}:${hash}`;
}

/** A place from its text; null when it is none. */
export function placeFrom(text: string): Place | null {
  const [, sequence, hash] = /^(\d{1,10}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  return sequence === undefined || hash === undefined ? null : { sequence: Number(sequence), hash };
}
