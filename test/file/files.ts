import { readdirSync, readFileSync } from "node:fs";

/** A case file. */
export type CaseFile = { readonly name: string; readonly text: string };

const CASES = new URL("../cases/", import.meta.url);

function filesIn(folder: URL): CaseFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }));
}

/** Every case that has to load: single requirements, whole worlds, and the corpora of other projects. */
export const GOOD_FILES: readonly CaseFile[] = [
  ...filesIn(CASES),
  ...filesIn(new URL("worlds/", CASES)),
  ...filesIn(new URL("outside/cerbos/", CASES)),
];

export const REFUSED_FILES: readonly CaseFile[] = filesIn(new URL("outside/cerbos/refused/", CASES));
