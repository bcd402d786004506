import { readdirSync } from "node:fs";
import { type MutationName, mutationNeed } from "../../../src/policy/rights/needs.ts";
import type { Answer } from "../gateway.ts";
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

function isOfMany(name: string): boolean {
  return mutationNeed(name as MutationName).judged === "EACH_ITEM";
}

/** What to select of a payload so that a refusal shows: mass changes answer by item, and each says why (AP-07). */
export function refusalPayload(name: string): string {
  return isOfMany(name) ? "items { isDone refusal { code message field } }" : "__typename";
}

/** Why an answer to `refusalPayload` refused; null when it did not. */
export function refusalIn(answer: Answer, name: string): { readonly [fact: string]: unknown } | null {
  if (answer.errors !== undefined) return answer.errors[0]?.extensions ?? null;
  const items: readonly { readonly refusal: { readonly [fact: string]: unknown } | null }[] =
    answer.data?.[name]?.items ?? [];
  return items[0]?.refusal ?? null;
}

/** `mutation ($input: NameInput!) { name(input: $input) { … } }` */
export function mutationText(name: string, payload = "__typename"): string {
  const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${input}!) { ${name}(input: $input) { ${payload} } }`;
}
