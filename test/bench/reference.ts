import { matches } from "../oracle/criteria.ts";
import type { Criteria } from "../oracle/file.ts";
import type { DataSet } from "./data-set/data-set.ts";
import { isAbove, isIn, lineOf, type Party } from "./data-set/party.ts";
import type { Rule } from "./data-set/rules.ts";
import type { Drawn } from "./data-set/values.ts";
import { FIELDS, OTHER_FIELDS } from "./data-set/values.ts";
import type { ViewerName } from "./data-set/viewers.ts";

/** The records of a module that a viewer sees: one byte per place, from the oldest on, and how many they are. */
export type Visible = { readonly at: Uint8Array; readonly count: number };

/** What a list is sorted by, of the record at a place; null comes last. Text is compared by code point. */
export type SortKey = string | number | null;

/** A filter or an order as the reference understands them: by the record's place. */
export type Question = {
  readonly matches: ((place: number) => boolean) | null;
  /** Null is newest first. */
  readonly sortKey: ((place: number) => SortKey) | null;
  readonly isDescending: boolean;
};

/**
 * What every answer must be: the seven kinds of access as the specification says them, applied to every record of the
 * data set, one after another, without anything of `src/policy` or `src/store`.
 */
export type Reference = {
  readonly visible: (viewer: ViewerName, module?: number) => Visible;
  /** The ids of a page of the big module, newest first. @param below the place of the cursor, exclusive. */
  readonly page: (viewer: ViewerName, limit: number, below?: number) => readonly string[];
  /** The place in the middle of what the viewer sees. */
  readonly middle: (viewer: ViewerName) => number;
  /** How many visible records match, and how many of all, and the ids of the first page in the order asked for. */
  readonly ask: (
    viewer: ViewerName,
    question: Question,
    limit: number,
  ) => { readonly ids: readonly string[]; readonly count: number; readonly matching: number };
  /** One field of a record, but with the name for USER and LOOKUP; the latter null when the viewer does not see it. */
  readonly shown: (viewer: ViewerName, key: string, place: number) => Drawn;
};

export function referenceOf(dataSet: DataSet): Reference {
  const { places, staff } = dataSet;
  const known = new Map<string, Visible>();
  const visible = (viewer: ViewerName, module = 0): Visible => {
    const key = `${viewer} ${module}`;
    const found = known.get(key) ?? look(dataSet, viewer, module);
    known.set(key, found);
    return found;
  };
  const newestFirst = function* (viewer: ViewerName, below = places.count(0)): Iterable<number> {
    const { at } = visible(viewer);
    for (let place = below - 1; place >= 0; place -= 1) if (at[place]) yield place;
  };
  return {
    visible,
    page: (viewer, limit, below) =>
      [...taking(newestFirst(viewer, below), limit)].map((place) => places.id(0, place)),
    middle(viewer) {
      const half = Math.floor(visible(viewer).count / 2);
      let seen = 0;
      for (const place of newestFirst(viewer)) {
        if (seen === half) return place;
        seen += 1;
      }
      return 0;
    },
    ask(viewer, { matches: isMatch, sortKey, isDescending }, limit) {
      const { at } = visible(viewer);
      const found: number[] = [];
      let matching = 0;
      for (let place = places.count(0) - 1; place >= 0; place -= 1) {
        if (isMatch !== null && !isMatch(place)) continue;
        matching += 1;
        if (at[place]) found.push(place);
      }
      const sorted = sortKey === null ? found : inOrder(found, sortKey, isDescending);
      return {
        ids: sorted.slice(0, limit).map((place) => places.id(0, place)),
        count: found.length,
        matching,
      };
    },
    shown(viewer, key, place) {
      const drawn = dataSet.drawn(key, place);
      if (drawn === null || typeof drawn !== "object") return drawn;
      if ("user" in drawn) return staff.users[drawn.user]?.name ?? null;
      if ("record" in drawn)
        return visible(viewer, 1).at[drawn.record] ? dataSet.nameOf(1, drawn.record) : null;
      return drawn;
    },
  };
}

function* taking<Item>(items: Iterable<Item>, limit: number): Iterable<Item> {
  let left = limit;
  if (left === 0) return;
  for (const item of items) {
    yield item;
    left -= 1;
    if (left === 0) return;
  }
}

/** Sorted by the key, what has none last; ties newest first, as the list comes. */
function inOrder(
  list: readonly number[],
  sortKey: (place: number) => SortKey,
  isDescending: boolean,
): readonly number[] {
  const keyed = list.map((place) => {
    const key = sortKey(place);
    return { place, key: typeof key === "string" ? Buffer.from(key, "utf8") : key };
  });
  const sign = isDescending ? -1 : 1;
  return keyed
    .sort((a, b) => {
      if (a.key === null || b.key === null)
        return a.key === b.key ? b.place - a.place : a.key === null ? 1 : -1;
      const order =
        typeof a.key === "number" || typeof b.key === "number"
          ? Number(a.key) - Number(b.key)
          : Buffer.compare(a.key, b.key);
      return order === 0 ? b.place - a.place : sign * order;
    })
    .map(({ place }) => place);
}

/** Looks at every record of a module with a viewer's eyes. */
function look(dataSet: DataSet, name: ViewerName, module: number): Visible {
  const { staff, places, rules } = dataSet;
  const viewer = staff.viewers[name];
  const count = places.count(module);
  const at = new Uint8Array(count);
  if (name === "administrator") return { at: at.fill(1), count };

  const role = staff.users[viewer]?.role ?? -1;
  const mine = rules.filter((rule) => rule.module === module && isFor(dataSet, rule, viewer));
  const bySource = mine.filter(({ criteria }) => criteria === null);
  const seenOwners = staff.users.map(
    (owner, seq) =>
      seq === viewer ||
      lineOf(staff.roles, owner.role).slice(1).includes(role) ||
      bySource.some(({ source }) => source !== null && isIn(staff, source, seq)),
  );
  const byCriteria = mine
    .filter(({ criteria }) => criteria !== null)
    .map(({ criteria, source }) => ({
      criteria: criteria as Criteria,
      owners: staff.users.map((_, seq) => source === null || isIn(staff, source, seq)),
    }));
  for (let place = 0; place < count; place += 1) {
    const owner = dataSet.ownerOf(module, place);
    if (seenOwners[owner]) at[place] = 1;
    else if (
      byCriteria.some(({ criteria, owners }) => owners[owner] && meets(dataSet, module, place, criteria))
    )
      at[place] = 1;
  }
  addShares(dataSet, viewer, module, at);
  return { at, count: at.reduce((sum, bit) => sum + bit, 0) };
}

function isFor({ staff }: DataSet, { target, includeSuperiors }: Rule, viewer: number): boolean {
  return isIn(staff, target, viewer) || (includeSuperiors && isAbove(staff, target, viewer));
}

/** By the oracle's own evaluation of criteria. */
function meets(dataSet: DataSet, module: number, place: number, criteria: Criteria): boolean {
  const fields = module === 0 ? CRITERIA_FIELDS : OTHER_CRITERIA_FIELDS;
  const values: NonNullable<Parameters<typeof matches>[1]> = {
    score: dataSet.scoreOf(module, place),
    ...(module === 0 && { isHot: dataSet.drawn("isHot", place) as boolean | null }),
  };
  return matches(fields, values, criteria);
}

/** Criteria of the data set are about these fields alone; another would be unknown, and say so. */
const CRITERIA_FIELDS = Object.fromEntries(
  FIELDS.filter(({ key }) => key === "score" || key === "isHot").map(({ key, type }) => [key, { type }]),
);
const OTHER_CRITERIA_FIELDS = Object.fromEntries(OTHER_FIELDS.map(({ key, type }) => [key, { type }]));

function addShares(dataSet: DataSet, viewer: number, module: number, at: Uint8Array): void {
  const now = Date.now();
  const isHolder = new Map<string, boolean>();
  const holds = (party: Party): boolean => {
    const key = `${party.kind} ${party.at}`;
    const known = isHolder.get(key) ?? isIn(dataSet.staff, party, viewer);
    isHolder.set(key, known);
    return known;
  };
  for (const share of dataSet.shares()) {
    if (share.module !== module || (share.expiresAt !== null && share.expiresAt <= now)) continue;
    if (holds(share.party)) at[share.place] = 1;
  }
}
