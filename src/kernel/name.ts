import { isLongerThan, isStorable } from "./text.ts";

/** Names, labels and options are at most so many characters long (AP-17). */
export const MAX_NAME = 255;

/**
 * What cannot be seen: white space, controls, formats, what will never be a character, what Unicode says to leave out when
 * there is no glyph for it (the fillers of Hangul among it), and the Braille pattern without a dot. What is no character
 * yet may be one in a later Unicode.
 */
const VISIBLE =
  /[^\p{White_Space}\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What text lacks to be a name, as the end of "A name has …"; null when it is one (AP-17). */
export function missingOfName(text: string): string | null {
  return missingOfText(text, MAX_NAME);
}

/** What text lacks to be worth reading, as the end of "It must have …"; null when it lacks nothing (AP-17). */
export function missingOfText(text: string, most: number): string | null {
  if (isLongerThan(text, most)) return `at most ${most} characters`;
  if (!isStorable(text)) return "no U+0000 and no lone surrogate";
  return VISIBLE.test(text) ? null : "at least one character that can be seen";
}
