/** A piece of a Markdown text: prose as it stands, or a fenced block. */
export type Piece =
  | { readonly kind: "PROSE"; readonly text: string }
  | { readonly kind: "FENCE"; readonly language: string; readonly body: string };

/** A block of commands, and the block right after it that shows what they print. */
export type Shown = {
  readonly code: string;
  readonly output: {
    readonly index: number;
    readonly language: "json" | "text";
    readonly body: string;
  } | null;
};

const FENCE = /^```(\w*)\n([\s\S]*?)^```\n/gm;

/** Cuts the text at its fences; `joinPieces` gives it back to the byte. */
export function cutPieces(markdown: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of markdown.matchAll(FENCE)) {
    if (match.index > at) pieces.push({ kind: "PROSE", text: markdown.slice(at, match.index) });
    pieces.push({ kind: "FENCE", language: match[1] ?? "", body: match[2] ?? "" });
    at = match.index + match[0].length;
  }
  if (at < markdown.length) pieces.push({ kind: "PROSE", text: markdown.slice(at) });
  return pieces;
}

export function joinPieces(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => (piece.kind === "PROSE" ? piece.text : `\`\`\`${piece.language}\n${piece.body}\`\`\`\n`))
    .join("");
}

/** Every `sh` block in order. Its output is a `json` or `text` block with nothing but an empty line between. */
export function shownCommands(pieces: readonly Piece[]): Shown[] {
  return pieces.flatMap((piece, index): Shown[] => {
    if (piece.kind !== "FENCE" || piece.language !== "sh") return [];
    const between = pieces[index + 1];
    const after = pieces[index + 2];
    const isFollowed = between?.kind === "PROSE" && between.text.trim() === "" && after?.kind === "FENCE";
    if (!isFollowed || (after.language !== "json" && after.language !== "text"))
      return [{ code: piece.body, output: null }];
    return [{ code: piece.body, output: { index: index + 2, language: after.language, body: after.body } }];
  });
}

/** The organisation files of a text: a block that does not begin one goes on with the one before. */
export function organizationFilesIn(pieces: readonly Piece[]): string[] {
  return fencesIn(pieces, "yaml")
    .join("")
    .split(/^(?=sightline:)/m)
    .filter((file) => file !== "");
}

/** The bodies of the fences in a language. */
export function fencesIn(pieces: readonly Piece[], language: string): string[] {
  return pieces.flatMap((piece) =>
    piece.kind === "FENCE" && piece.language === language ? [piece.body] : [],
  );
}
