import { readdirSync, readFileSync } from "node:fs";

/** A case file of the repository. */
export type CaseFile = { readonly name: string; readonly text: string };

/** The `.yaml` files of a folder under `test/`, by name. */
export function filesIn(folder: string): CaseFile[] {
  const place = new URL(`../${folder}/`, import.meta.url);
  const names = readdirSync(place).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => ({ name, text: readFileSync(new URL(name, place), "utf8") }));
}

/** Every case that has to load: ours and those of other projects. */
export const GOOD_FILES: readonly CaseFile[] = [...filesIn("cases"), ...filesIn("outside/cerbos")];

export const REFUSED_FILES: readonly CaseFile[] = filesIn("outside/cerbos/refused");
