/** A place in the file, both from 1. */
export type Place = { readonly line: number; readonly column: number };

/** The place of an offset in a text, for a fault that ends the reading. */
export function placeIn(text: string, offset: number): Place {
  let line = 1;
  let begin = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
    begin = at + 1;
  }
  return { line, column: offset - begin + 1 };
}
