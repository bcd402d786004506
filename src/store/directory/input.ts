import { randomBytes } from "node:crypto";
import { InvalidInput } from "../../kernel/fault.ts";
import { missingOfName, missingOfText } from "../../kernel/name.ts";

/** Reads a name, without the white space around it. @throws {InvalidInput} naming the input. */
export function readName(field: string, text: string): string {
  const name = text.trim();
  const missing = missingOfName(name);
  if (missing !== null) throw new InvalidInput(field, `A name has ${missing}.`);
  return name;
}

/** A name that may be left as it is. Null is no name. @throws {InvalidInput} naming the input. */
export function readNewName(field: string, text: string | null | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (text === null) throw new InvalidInput(field, "A name cannot be taken away; leave it out to keep it.");
  return readName(field, text);
}

/** Reads text that may be left out, without the white space around it. @throws {InvalidInput} naming the input. */
export function readText(field: string, text: string | null | undefined, most: number): string | null {
  if (text == null) return null;
  const written = text.trim();
  const missing = missingOfText(written, most);
  if (missing !== null) throw new InvalidInput(field, `It must have ${missing}.`);
  return written;
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** A random key of 20 characters (100 bits), as what is made through the API gets one (AP-12). */
export function randomKey(): string {
  return Array.from(randomBytes(20), (byte) => ALPHABET[byte & 31]).join("");
}
