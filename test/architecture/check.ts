import { dirname, join, normalize } from "node:path";
import { factsOf, type Import, type Spelling } from "./facts.ts";
import { ROOMS, type Room } from "./rooms.ts";

/** Sources by their path below `src`. */
export type Sources = ReadonlyMap<string, string>;

/** Where a spelling is allowed, by path; where nothing is named it is allowed nowhere. */
const ALLOWED: Readonly<Record<Spelling, readonly RegExp[]>> = {
  "process.env": [/^settings\/settings\.ts$/],
  // Time and chance are arguments of policy (EN-03); elsewhere a clock or an id has to begin somewhere.
  "Date.now": [/^(?!policy\/)/],
  "new Date()": [/^(?!policy\/)/],
  "performance.now": [/^(?!policy\/)/],
  "Math.random": [/^(?!policy\/)/],
  // Beside the reach, only what opens, asks after and migrates a database.
  "raw SQL": [
    /^store\/reach\//,
    /^database\/(database|sqlite|sqlite-connection|postgres)\.ts$/,
    /^database\/migrate\/migrate\.ts$/,
  ],
  accessibleBy: [],
  "default export": [],
  enum: [],
  namespace: [],
  "numbered sentence": [],
  // The package of Postgres' programs is named after the machine.
  "unreadable import": [/^database\/embedded-owner\.ts$/],
};

/** What breaks the rules of the house, a sentence each, naming the row, the file and what it imports. */
export function breaches(sources: Sources): readonly string[] {
  const found: string[] = [];
  for (const [path, source] of sources) {
    const { imports, spellings } = factsOf(path, source);
    const room = ROOMS.find(({ files }) => files.test(path));
    if (!room) found.push(`no room: ${path} belongs to none`);
    else for (const one of imports) found.push(...importBreach(room, path, one));
    for (const spelling of spellings) {
      if (!ALLOWED[spelling].some((files) => files.test(path)))
        found.push(`spelling: ${path} has ${spelling}`);
    }
  }
  return found;
}

function importBreach(room: Room, path: string, { from, isType }: Import): readonly string[] {
  const what = `row ${room.name}: ${path} imports ${from}`;
  if (!from.startsWith(".")) {
    return room.packages.some((name) => name.test(from)) ? [] : [`${what}, a package the row does not name`];
  }
  const target = normalize(join(dirname(path), from));
  const isOwn = room.files.test(target) && !room.mustNot?.some((files) => files.test(target));
  if (isOwn || room.may.some((files) => files.test(target))) return [];
  if (!room.mayAsTypes?.some((files) => files.test(target))) return [`${what}, which the row does not allow`];
  return isType ? [] : [`${what} as a value; the row allows its types`];
}
