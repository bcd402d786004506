import { readdirSync, readFileSync } from "node:fs";

/** A case file. */
export type CaseFile = { readonly name: string; readonly text: string };

const OURS = new URL("../cases/", import.meta.url);
/** The worlds beside the repository, those of other projects' corpora among them. */
const SHARED = new URL("../../../shared/", import.meta.url);

function filesIn(folder: URL): CaseFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }));
}

/** Every case that has to load: ours and those of other projects. */
export const GOOD_FILES: readonly CaseFile[] = [
  ...filesIn(OURS),
  ...filesIn(new URL("cases/", SHARED)),
  ...filesIn(new URL("outside/cerbos/", SHARED)),
];

export const REFUSED_FILES: readonly CaseFile[] = filesIn(new URL("outside/cerbos/refused/", SHARED));
