/**
 * Orders text by code point, as SQLite's BINARY and Postgres' "C" collation do (EN-09).
 *
 * JavaScript's `<` orders by UTF-16 unit and puts U+1F680 before U+FF5E; code point order is the reverse.
 * Only surrogates disagree, so units are compared until the first difference and surrogates are lifted there.
 *
 * @returns negative, zero or positive, for `Array.prototype.sort`.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return lifted(left) - lifted(right);
  }
  return a.length - b.length;
}

/** Surrogates (0xD800…0xDFFF) stand for code points above every other unit, so they are moved above 0xFFFF. */
function lifted(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/**
 * Whether text survives memory, SQLite and Postgres unchanged: no U+0000, which Postgres cannot keep, and no lone
 * surrogate, which UTF-8 cannot say and which would make half a character match (EN-06, EN-09).
 */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\u0000");
}

/** Whether text has more characters (code points) than that; what is far too long is not counted to its end. */
export function isLongerThan(text: string, characters: number): boolean {
  if (text.length <= characters) return false;
  if (text.length > 2 * characters) return true;
  let left = characters;
  for (const _ of text) {
    left -= 1;
    if (left < 0) return true;
  }
  return false;
}

/** Whether text looks like one address: something, one `@`, something, no white space or control character, at most 254. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && isStorable(text) && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(text);
}

/**
 * Addresses are the same person's whatever their case (UA-22): compared and kept in this form. Case is that of ASCII; any
 * wider rule would make two addresses one, such as U+212A, the sign of Kelvin, and `k`.
 */
export function foldEmail(email: string): string {
  return email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
