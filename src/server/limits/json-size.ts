/** How much stands in a JSON text: its values, those inside lists and objects among them, and how deep they stand. */
export type JsonSize = { readonly values: number; readonly levels: number };

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Measures JSON without making anything of it: what is nested a hundred thousand times takes a parser half a second. Text
 * that is no JSON has some size too; the parser says what is wrong with it. Ends with the first value or level too many.
 */
export function sizeOfJson(text: string, most: JsonSize): JsonSize {
  let [values, levels, depth] = [0, 0, 0];
  let isFirst = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // White space and the colon say nothing.
    if (unit <= 0x20 || unit === 0x3a) continue;
    if (unit === LIST_END || unit === OBJECT_END) depth -= 1;
    else if (isFirst) values += 1;
    isFirst = unit === LIST || unit === OBJECT;
    if (unit === COMMA) values += 1;
    else if (isFirst) levels = Math.max(levels, ++depth);
    else if (unit === QUOTE) at = endOfText(text, at);
    if (values > most.values || levels > most.levels) break;
  }
  return { values, levels };
}

/** Where the text that begins there ends. */
function endOfText(text: string, start: number): number {
  for (let at = start; ; ) {
    at = text.indexOf('"', at + 1);
    if (at === -1) return text.length;
    let before = at;
    while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    if ((at - before) % 2 === 0) return at;
  }
}
