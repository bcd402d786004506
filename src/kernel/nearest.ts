import { distance } from "fastest-levenshtein";

/** Longer names, and more of them, are not compared: what is sent decides how many and how long they are. */
const LONGEST = 100;
const MOST = 2_000;

/**
 * The known name that somebody may have meant by one that is none; null when all are far off, that is when more than a
 * third of the name, and more than two characters, would have to be other.
 *
 * @param most so many of the known names are compared.
 */
export function nearest(name: string, known: Iterable<string>, most = MOST): string | null {
  if (name.length === 0 || name.length > LONGEST) return null;
  let best: string | null = null;
  // Colleagues share what is behind the @ of their addresses: it makes nobody near.
  const told = name.includes("@") ? name.indexOf("@") : name.length;
  let least = Math.max(2, Math.floor(told / 3)) + 1;
  let left = most;
  for (const each of known) {
    left -= 1;
    if (left < 0) break;
    if (each.length > LONGEST) continue;
    // Another case is the nearest that there can be.
    const far = each.toLowerCase() === name.toLowerCase() ? 0 : distance(name, each);
    if (far >= least || far >= name.length) continue;
    [best, least] = [each, far];
  }
  return best;
}

/** ` Did you mean "stage"?`, to be put behind a sentence; nothing when no name is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return near === null ? "" : ` Did you mean ${JSON.stringify(near)}?`;
}
