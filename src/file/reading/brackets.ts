import { Lexer } from "yaml";
import type { SyntaxFault } from "./node.ts";
import { placeIn } from "./place.ts";

const CLOSING: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

type Mark = { readonly mark: string; readonly offset: number };

/** The first bracket or quote of a text that stands alone, told where it stands; null when each has its other half. */
export function loneMark(text: string): SyntaxFault | null {
  const open: Mark[] = [];
  for (const each of marksIn(text)) {
    const { mark, offset } = each;
    const last = open.at(-1);
    if (mark in CLOSING) open.push(each);
    else if (mark === FLOW_ENDS) {
      if (last !== undefined) return unclosed(last, outdented(text, offset));
    } else if (last !== undefined && CLOSING[last.mark] === mark) open.pop();
    else return stray(text, each, open);
  }
  const last = open.at(-1);
  return last === undefined ? null : unclosed(last, "at its end");
}

/** A quote without its other half, or a closing bracket that is not the one of the last that opened. */
function stray(text: string, { mark, offset }: Mark, open: readonly Mark[]): SyntaxFault {
  const last = open.at(-1);
  if (mark === '"' || mark === "'")
    return { offset, message: `this ${mark} has no other: write one where the text ends` };
  if (last === undefined || !open.some((each) => CLOSING[each.mark] === mark))
    return {
      offset,
      message: `this ${mark} closes nothing: leave it out, or write what it closes before it`,
    };
  const { line, column } = placeIn(text, offset);
  return unclosed(last, `before the ${mark} of ${line}:${column}`);
}

function unclosed({ mark, offset }: Mark, where: string): SyntaxFault {
  return { offset, message: `this ${mark} is not closed: write ${CLOSING[mark]} ${where}` };
}

/** A line that is not indented further than the one with the bracket ends what is inside, closed or not. */
function outdented(text: string, offset: number): string {
  return offset >= text.trimEnd().length
    ? "at its end"
    : `before line ${placeIn(text, offset).line}, or indent that line further`;
}

/** What the lexer says beside the text: a document begins, a scalar comes, lines end what brackets opened. */
const [DOCUMENT, SCALAR, FLOW_ENDS] = ["\u0002", "\u001f", "\u0018"];

/** Every bracket that opens or closes, every quote that has no other, and wherever lines end what brackets opened. */
function* marksIn(text: string): Iterable<Mark> {
  let offset = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    const isBracket = /^[{}[\]]$/.test(token) && !isScalar;
    if (isBracket || token === FLOW_ENDS) yield { mark: token, offset };
    else if (!isScalar && isQuoteOpen(token)) yield { mark: token.slice(0, 1), offset };
    isScalar = token === SCALAR;
    if (token !== DOCUMENT && token !== SCALAR && token !== FLOW_ENDS) offset += token.length;
  }
}

/** In single quotes two of them stand for one; in double quotes a backslash takes the meaning from the next character. */
function isQuoteOpen(token: string): boolean {
  const inside = token.slice(1);
  if (token.startsWith("'")) return (/'*$/.exec(inside)?.[0].length ?? 0) % 2 === 0;
  return token.startsWith('"') && (/\\*(?="$)/.exec(inside)?.[0].length ?? 1) % 2 === 1;
}
