import { dirname, join, normalize } from "node:path";
import type { Import } from "./facts.ts";

/** What every file imports, by its path below `src`. */
type Imports = ReadonlyMap<string, readonly Import[]>;

/** What each place needs in order to run: imports of values. Places are files, or the folders that they are in. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Every knot of files that need each other to run, as one way around it: `a.ts -> b.ts -> a.ts`. */
export function circlesOfFiles(imports: Imports): readonly string[] {
  return circlesIn(
    graphOf(imports, (path) => path),
    (one, other) => one === other,
  );
}

/** The same of folders. A folder and one inside it are one room, unless a third room is in the knot. */
export function circlesOfFolders(imports: Imports): readonly string[] {
  return circlesIn(
    graphOf(imports, dirname),
    (one, other) => `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`),
  );
}

function graphOf(imports: Imports, placeOf: (path: string) => string): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [path, all] of imports) {
    const needed = all
      .filter(({ from, isType }) => from.startsWith(".") && !isType)
      .map(({ from }) => placeOf(normalize(join(dirname(path), from))));
    const place = placeOf(path);
    graph.set(place, new Set([...(graph.get(place) ?? []), ...needed]));
  }
  return graph;
}

function circlesIn(graph: Graph, areOne: (one: string, other: string) => boolean): readonly string[] {
  const ways = new Map([...graph.keys()].toSorted().map((place) => [place, waysFrom(graph, place)]));
  const tied = new Set<string>();
  return [...ways].flatMap(([place, there]) => {
    const circles = [...there].flatMap(([other, way]) => {
      const back = ways.get(other)?.get(place);
      return back ? [{ other, around: [...way, ...back.slice(1)] }] : [];
    });
    const [first] = circles
      .filter(({ other }) => !areOne(place, other))
      .toSorted((one, other) => one.around.length - other.around.length);
    if (!first || tied.has(place)) return [];
    for (const { other } of circles) tied.add(other);
    return [first.around.join(" -> ")];
  });
}

/** The shortest way to everything that a place needs, from the nearest on; each way begins with the place itself. */
function waysFrom(graph: Graph, place: string): ReadonlyMap<string, readonly string[]> {
  const ways = new Map([[place, [place]]]);
  // A map goes on with what is added to it while it is walked.
  for (const [at, way] of ways) {
    for (const next of graph.get(at) ?? []) if (!ways.has(next)) ways.set(next, [...way, next]);
  }
  return ways;
}
