import { readdirSync } from "node:fs";
import type { MutationRow } from "./row.ts";

const FOLDER = new URL("./rows/", import.meta.url);

/** The rows of every noun, by the name of the mutation. */
export async function allRows(): Promise<readonly MutationRow[]> {
  const nouns = await Promise.all(
    readdirSync(FOLDER).map(
      async (file) => (await import(new URL(file, FOLDER).href)) as Readonly<Record<string, unknown>>,
    ),
  );
  const rows = nouns.flatMap((noun) => Object.values(noun).filter(Array.isArray).flat() as MutationRow[]);
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `mutation ($input: NameInput!) { name(input: $input) { … } }` */
export function mutationText(name: string, payload = "__typename"): string {
  const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${input}!) { ${name}(input: $input) { ${payload} } }`;
}
