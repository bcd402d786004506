import { readFileSync } from "node:fs";
import { cutPieces, type Piece } from "./blocks.ts";

export const ROOT = new URL("../../", import.meta.url);

/** Everything written for readers: each is held to its word, and each is run in a terminal of its own. */
export const DOCUMENTS = [
  "README.md",
  "src/file/README.md",
  "src/file/GRAMMAR.md",
  "src/graphql/ADMINISTRATION.md",
  "src/server/README.md",
  "src/server/SIGN-IN.md",
  "src/server/PRODUCTION.md",
  "src/client/README.md",
  "test/bench/README.md",
] as const;

export type Document = {
  /** Below the root of the repository. */
  readonly path: string;
  readonly url: URL;
  readonly text: string;
  readonly pieces: readonly Piece[];
};

export function readDocument(path: string): Document {
  const url = new URL(path, ROOT);
  const text = readFileSync(url, "utf8");
  return { path, url, text, pieces: cutPieces(text) };
}

/** `npm test` runs the tests of the documents, and `npm run readme` writes what they compare. */
export function runsThisItself(code: string): boolean {
  return /^npm (test|run readme)\b/.test(code);
}
