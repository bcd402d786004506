import { Lexer } from "yaml";
import { InvalidPolicy } from "../../kernel/fault.ts";
import { placeIn } from "./place.ts";

/** No name, key or value may be so long (AP-17); a tree of the text would hold it several times over. */
const LONGEST = 1_000_000;

/** What the lexer says beside the text: that a document, the end of a flow or a scalar comes. */
const MARKS: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\u001f"]);

/**
 * Refuses a text with a piece that is longer than any could be, before a tree is made of it.
 *
 * @throws {InvalidPolicy} with the place where it begins.
 */
export function refuseLongScalars(text: string, file: string): void {
  if (text.length <= LONGEST) return;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (token.length > LONGEST) {
      throw new InvalidPolicy([
        {
          file,
          ...placeIn(text, offset),
          path: "",
          message: `one piece of ${token.length} characters`,
          expected: `at most ${LONGEST} characters in one piece`,
          code: "BAD_USER_INPUT",
          requirement: "AP-17",
        },
      ]);
    }
    if (!MARKS.has(token)) offset += token.length;
  }
}
