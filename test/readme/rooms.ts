import { readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { factsOf } from "../architecture/facts.ts";
import { ROOT } from "./documents.ts";

const SRC = fileURLToPath(new URL("src", ROOT));

/** The rooms of the house, each with those it imports from (their types alone, too), as the sources have it. */
export function importsBetweenRooms(): Readonly<Record<string, readonly string[]>> {
  const imports = new Map<string, Set<string>>();
  for (const path of readdirSync(SRC, { recursive: true, encoding: "utf8" })) {
    const [room = "", ...below] = path.split("/");
    if (below.length === 0 || !path.endsWith(".ts") || below.includes("generated")) continue;
    const others = imports.get(room) ?? new Set();
    imports.set(room, others);
    for (const { from } of factsOf(path, readFileSync(join(SRC, path), "utf8")).imports) {
      const [other = "", ...rest] = normalize(join(path, "..", from)).split("/");
      if (from.startsWith(".") && rest.length > 0 && other !== room) others.add(other);
    }
  }
  return Object.fromEntries([...imports].map(([room, others]) => [room, [...others].sort()]));
}
