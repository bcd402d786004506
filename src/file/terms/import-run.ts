import { v7 } from "uuid";
import type { DatabaseKind, Tx } from "../../database/database.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { asId, type Id, type OrgId, type RecordId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { ShareLevel } from "../../policy/model/org.ts";
import type { Happening, ShareFacts } from "../../store/core/audit-event.ts";
import type { RecordReference } from "./shape.ts";

/** The nouns that an import counts. */
export const NOUNS = [
  "organization",
  "roles",
  "profiles",
  "users",
  "applications",
  "groups",
  "modules",
  "fields",
  "sharingRules",
  "records",
  "shares",
  "supportAccess",
] as const;
export type Noun = (typeof NOUNS)[number];

/** How many rows of a noun an import added, changed and removed. */
export type Tally = { added: number; changed: number; removed: number };

/** How far a long import is, in records. */
export type Progress = (done: number, total: number, step: "reading" | "records" | "grants") => void;

/** One import of an organisation file: a transaction, an instant, and what is known so far. */
export type ImportRun = {
  readonly tx: Tx;
  readonly kind: DatabaseKind;
  readonly orgId: OrgId;
  readonly now: Instant;
  /** Whether what the file does not name is removed. */
  readonly prune: boolean;
  /** Whether people may be removed. */
  readonly confirmDeletions: boolean;
  readonly tallies: Readonly<Record<Noun, Tally>>;
  readonly progress: Progress;
  /** Puts on record what was done, in the transaction of the import (SA-24). */
  readonly tell: (happened: readonly Happening[]) => Promise<void>;
  /** Ids by the keys of the file, noun by noun, filled as the import goes. */
  readonly roles: Map<string, Id<"Role">>;
  readonly profiles: Map<string, Id<"Profile">>;
  readonly users: Map<string, UserRef>;
  readonly groups: Map<string, Id<"Group">>;
  readonly modules: Map<string, Id<"Module">>;
  /** By module key, then record key. */
  readonly records: Map<string, Map<string, RecordId>>;
  /** Records of the file that were there before. */
  readonly knownRecords: Set<RecordId>;
  /** Records whose grants must be derived again. */
  readonly dirtyRecords: Set<RecordId>;
  /** Modules all of whose grants must be derived again: a criteria rule or a field of theirs changed. */
  readonly dirtyModules: Set<Id<"Module">>;
  /** The records of shares that the file has not, where it has any. */
  readonly leftShares: string[];
  /** Fields, by module and key, with values that do not fit any more. */
  readonly staleFields: Map<Id<"Module">, Map<string, Staleness>>;
};

/** Whether all of a field's values are stale, or only those that it does not offer any more. */
export type Staleness = "WHOLE" | "OPTIONS";

export type UserRef = { readonly id: Id<"User">; readonly seq: number; readonly roleId: Id<"Role"> | null };

export function newTallies(): Readonly<Record<Noun, Tally>> {
  return Object.fromEntries(NOUNS.map((noun) => [noun, { added: 0, changed: 0, removed: 0 }])) as Record<
    Noun,
    Tally
  >;
}

/** A fresh id whose time is the instant. */
export function newId<Noun extends string>(at: Instant): Id<Noun> {
  return asId<Noun>(v7({ msecs: at }));
}

/** The `seq` of the next user of the organisation: whoever gives it to somebody counts on. */
export async function nextUserSeq({ tx, orgId }: ImportRun): Promise<number> {
  const select = { nextUserSeq: true };
  return (await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select })).nextUserSeq;
}

/** Looks up what the file refers to; the file was checked, so a miss is a bug. */
export function idOfKey<Value>(ids: ReadonlyMap<string, Value>, key: string): Value {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the organisation file refers to ${key}, which was not imported`);
  return id;
}

/** The id of a record that the file names. */
export function idOfRecord({ records }: ImportRun, { module, key }: RecordReference): RecordId {
  return idOfKey(records.get(module) ?? new Map<string, RecordId>(), key);
}

/** What is to be done so that the rows found become the rows wanted, by key. */
export type Difference<Wanted, Found> = {
  readonly added: readonly (readonly [string, Wanted])[];
  readonly kept: readonly (readonly [string, Wanted, Found])[];
  readonly missing: readonly (readonly [string, Found])[];
};

export function differenceOf<Wanted, Found>(
  wanted: ReadonlyMap<string, Wanted>,
  found: ReadonlyMap<string, Found>,
): Difference<Wanted, Found> {
  const added: (readonly [string, Wanted])[] = [];
  const kept: (readonly [string, Wanted, Found])[] = [];
  for (const [key, row] of wanted) {
    const known = found.get(key);
    if (known === undefined) added.push([key, row]);
    else kept.push([key, row, known]);
  }
  return { added, kept, missing: [...found].filter(([key]) => !wanted.has(key)) };
}

/** Whether every column of `wanted` is what the row has already; instants and JSON by value, whose keys Postgres reorders. */
export function isSameRow(wanted: object, found: object): boolean {
  return Object.entries(wanted).every(
    ([column, value]) => canonicalJson(value) === canonicalJson(found[column as keyof typeof found]),
  );
}

/** The rows with whatever they hang from before them: parents of a forest, each once. */
export function* parentsFirst<Row>(
  rows: ReadonlyMap<string, Row>,
  parentOf: (row: Row) => string | null,
): Iterable<readonly [string, Row]> {
  const done = new Set<string>();
  for (const first of rows.keys()) {
    const path: (readonly [string, Row])[] = [];
    for (let at: string | null = first; at !== null && !done.has(at); ) {
      const row = rows.get(at);
      if (row === undefined) break;
      path.push([at, row]);
      at = parentOf(row);
    }
    for (const entry of path.reverse()) {
      done.add(entry[0]);
      yield entry;
    }
  }
}

/** Takes shares away with the party or the records they hang on. */
export async function removeShares(
  { tx, dirtyRecords, tallies, tell }: ImportRun,
  where: NonNullable<Parameters<Tx["recordShare"]["findMany"]>[0]>["where"] & object,
): Promise<void> {
  const rows = await tx.recordShare.findMany({ where });
  for (const row of rows) dirtyRecords.add(asId(row.recordId));
  const { count } = await tx.recordShare.deleteMany({ where });
  tallies.shares.removed += count;
  await tell(rows.map(unshared));
}

type ShareColumns = {
  readonly id: string;
  readonly recordId: string;
  readonly party: string;
  readonly level: ShareLevel;
  readonly expiresAt: Date | null;
};

/** A row of a share as the log tells it. */
export function shareTold({ id, party, level, expiresAt }: ShareColumns): ShareFacts {
  return { shareId: asId(id), party, level, expiresAt: expiresAt?.toISOString() ?? null };
}

/** That a share was taken away. */
export function unshared(row: ShareColumns): Happening {
  return {
    action: "UNSHARE_RECORD",
    target: { type: "Record", id: row.recordId },
    before: shareTold(row),
    after: null,
  };
}
