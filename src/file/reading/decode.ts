import { InvalidPolicy } from "../../kernel/fault.ts";
import { placeIn } from "./place.ts";

/** Larger files are refused before they are read: their text alone would be more than there is room for. */
export const MOST_BYTES = 256 * 2 ** 20;

const REPLACED = "\ufffd";
/** What the replacement is written as where somebody means it. */
const MEANT = Buffer.from(REPLACED);

const EXPECTED = "a file in UTF-8 throughout: save it in that encoding";

/**
 * The text of a file. Nothing is replaced by something else: what is no UTF-8 is a fault (BU-01).
 *
 * @param name the file's name, for the fault.
 * @throws {InvalidPolicy} with the place of the first byte that is wrong.
 */
export function decodeFile(bytes: Buffer, name: string): string {
  const isUtf16 =
    bytes.subarray(0, 2).equals(Buffer.of(0xff, 0xfe)) || bytes.subarray(0, 2).equals(Buffer.of(0xfe, 0xff));
  if (isUtf16) throw fault(name, "", 0, "the file is in UTF-16");
  const text = bytes.toString("utf8");
  const wrong = firstWrong(bytes, text);
  if (wrong !== null) {
    const byte = bytes[wrong.byte]?.toString(16).toUpperCase().padStart(2, "0");
    throw fault(name, text, wrong.at, `the byte ${byte} is no UTF-8 here`);
  }
  // Without a mark before it, UTF-16 is UTF-8 with a zero beside every letter.
  const zero = text.indexOf("\0");
  if (zero !== -1) throw fault(name, text, zero, "a zero byte; the file may be in UTF-16, or be no text");
  return text;
}

/** Where a replacement stands that nobody wrote: what is before it is sound, so that its length in bytes is known. */
function firstWrong(bytes: Buffer, text: string): { readonly at: number; readonly byte: number } | null {
  let from = 0;
  let byte = 0;
  for (let at = text.indexOf(REPLACED); at !== -1; at = text.indexOf(REPLACED, at + 1)) {
    byte += Buffer.byteLength(text.slice(from, at));
    from = at;
    if (!bytes.subarray(byte, byte + MEANT.length).equals(MEANT)) return { at, byte };
  }
  return null;
}

function fault(file: string, text: string, offset: number, message: string): InvalidPolicy {
  return new InvalidPolicy([
    {
      file,
      ...placeIn(text, offset),
      path: "",
      message,
      expected: EXPECTED,
      code: "BAD_USER_INPUT",
      requirement: "BU-01",
    },
  ]);
}
