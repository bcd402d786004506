import { dirname, join, normalize } from "node:path";
import { factsOf } from "./facts.ts";

/** What a file, named by its path below the repository, reads above the repository. */
export function readsAbove(path: string, source: string): readonly string[] {
  return factsOf(path, source)
    .climbs.filter((text) => normalize(join(dirname(path), text)).startsWith(".."))
    .map((text) => `${path} reads ${text}`);
}
