import { randomBytes } from "node:crypto";
import { InvalidInput } from "../../kernel/fault.ts";
import { isStorable } from "../../kernel/text.ts";

/** Names and labels are at most so many characters long. */
export const MAX_NAME = 255;

/** Reads a name: text that is not blank, at most 255 characters. @throws {InvalidInput} naming the input. */
export function readName(field: string, text: string): string {
  const name = text.trim();
  if (name === "") throw new InvalidInput(field, "A name is text that is not blank.");
  if ([...name].length > MAX_NAME)
    throw new InvalidInput(field, `A name has at most ${MAX_NAME} characters, not ${[...name].length}.`);
  if (!isStorable(name)) throw new InvalidInput(field, "A name has no U+0000 and no lone surrogate.");
  return name;
}

/** A name that may be left as it is. Null is no name. @throws {InvalidInput} naming the input. */
export function readNewName(field: string, text: string | null | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (text === null) throw new InvalidInput(field, "A name cannot be taken away; leave it out to keep it.");
  return readName(field, text);
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** A random key of 20 characters (100 bits), as what is made through the API gets one (AP-12). */
export function randomKey(): string {
  return Array.from(randomBytes(20), (byte) => ALPHABET[byte & 31]).join("");
}
