import { readFileSync } from "node:fs";

/** A table of a chapter of the specification: its cells, the head included. */
export function tableOf(chapter: string, headBegins: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(`../specification/${chapter}.md`, import.meta.url), "utf8");
  const lines = text.split("\n");
  const from = lines.findIndex((line) => line.trim().startsWith(headBegins));
  if (from === -1) throw new Error(`${chapter}.md has no table that begins with ${headBegins}`);
  const rest = lines.slice(from);
  const end = rest.findIndex((line) => !line.trim().startsWith("|"));
  const rows = rest.slice(0, end === -1 ? undefined : end).map((line) =>
    line
      .trim()
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.filter((cells) => !cells.every((cell) => /^-+$/.test(cell)));
}

/** The names in backticks of a cell. */
export function namesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name]) => name ?? "");
}
