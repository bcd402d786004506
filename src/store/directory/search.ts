import { InvalidInput } from "../../kernel/fault.ts";
import { foldForSearch } from "../../kernel/search-text.ts";
import type { User } from "../../policy/model/org.ts";
import { turnsOf } from "../core/turns.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";

/** How well a person fits: the name begins with what is sought, a word does, or it is in a word. Best first. */
export type Rank = 0 | 1 | 2;

/** More than a name and an address, in characters and in words: every word is looked for in everybody. */
const MAX_SEARCH = 400;
const MAX_WORDS = 20;

/** So many people are looked at before others may have a turn. */
const AT_ONCE = 500;

/** Somebody who was found, and how well they fit. */
export type Found = { readonly user: User; readonly rank: Rank };

/**
 * The people that a search finds: every word of it is somewhere in the name, or in the address as far as the viewer sees
 * it (SH-54). People are in memory with the policy: each name is folded once.
 *
 * @param people by name, then id.
 * @returns those who fit best first, then by name and id.
 * @throws {InvalidInput} for a search of too many characters or words.
 */
export async function peopleFound(
  viewer: Viewer,
  people: readonly User[],
  search: string,
): Promise<readonly Found[]> {
  const rankOf = rankedBy(viewer, search);
  const found: readonly [Found[], Found[], Found[]] = [[], [], []];
  const turns = turnsOf(viewer);
  for (const [at, user] of people.entries()) {
    if (at % AT_ONCE === 0) await turns.taken();
    const rank = rankOf(user);
    if (rank !== null) found[rank].push({ user, rank });
  }
  return found.flat();
}

function rankedBy(viewer: Viewer, search: string): (user: User) => Rank | null {
  if (search.length > MAX_SEARCH)
    throw new InvalidInput("search", `At most ${MAX_SEARCH} characters, not ${search.length}.`);
  const wanted = foldForSearch(search).trim();
  const words = [...new Set(wanted.split(/\s+/))];
  if (words.length > MAX_WORDS)
    throw new InvalidInput("search", `At most ${MAX_WORDS} words, not ${words.length}.`);
  const seesAll = viewerHolds(viewer, "MANAGE_USERS");
  return (user) => {
    const { name, address } = foldedOf(user);
    const places = seesAll || user.id === viewer.user.id ? [name, address] : [name];
    if (!words.every((word) => places.some((place) => place.includes(word)))) return null;
    if (name.startsWith(wanted)) return 0;
    return words.every((word) => places.some((place) => beginsWord(place, word))) ? 1 : 2;
  };
}

type Folded = { readonly name: string; readonly address: string };

/** A person of the policy is replaced, never changed: what is kept is as old as its row, and goes with it. */
const known = new WeakMap<User, Folded>();

function foldedOf(user: User): Folded {
  const before = known.get(user);
  if (before !== undefined) return before;
  const folded = { name: foldForSearch(user.name), address: foldForSearch(user.email ?? "") };
  known.set(user, folded);
  return folded;
}

/** Whether the text has the part where one of its words begins: after a space, a hyphen or whatever else is no letter. */
function beginsWord(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1))
    if (at === 0 || /[^\p{L}\p{N}\p{M}]$/u.test(text.slice(Math.max(0, at - 2), at))) return true;
  return false;
}
