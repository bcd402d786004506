/**
 * Text as searching compares it (SH-54): one text for what differs in case, accents, width or form of composition alone.
 *
 * Case is folded by way of upper case, in which ß is SS and ſ is S. Marks are taken away twice, since İ in lower case is i
 * with a dot.
 */
export function foldForSearch(text: string): string {
  const folded = withoutAccents(withoutAccents(text).toLowerCase().toUpperCase().toLowerCase());
  return folded.replace(/[ςøłđħ]/g, (letter) => ALIKE[letter] ?? letter);
}

/** What neither case nor decomposition makes the same: σ at the end of a word, and letters with a stroke. */
const ALIKE: Readonly<Record<string, string>> = { ς: "σ", ø: "o", ł: "l", đ: "d", ħ: "h" };

/** Marks that are accents or points, and what has no width. Vowel signs and the marks of が stay: they make other words. */
const ACCENTS = /[[[\p{Mn}&&[\p{sc=Zinh}\p{sc=Hebr}\p{sc=Arab}]]\p{DI}]--[\u3099\u309a]]/gv;

function withoutAccents(text: string): string {
  return text.normalize("NFKD").replace(ACCENTS, "");
}
