import type { ModuleId, RoleId, UserId } from "../../kernel/id.ts";
import { FOREVER, type Instant } from "../../kernel/instant.ts";
import { grantsOf } from "../access/index.ts";
import type { Grant, Scope } from "../access/kind.ts";
import { GATES, refusalsOf } from "../gate/index.ts";
import type { Action } from "../model/org.ts";
import { hasSeq, type Owners, type SeqMask } from "../model/owners.ts";
import type { Question } from "../model/policy.ts";
import { keysOf, unionOf } from "./union.ts";

/**
 * Everything that a viewer reaches in one module with one action: the merged grants behind open gates.
 *
 * `validUntil` is the earliest instant at which any grant or gate that was considered changes by itself; from then on
 * the reach is not used (EN-05).
 */
export type Reach =
  | { readonly kind: "NOTHING"; readonly validUntil: Instant }
  | { readonly kind: "EVERYTHING"; readonly validUntil: Instant }
  | {
      readonly kind: "SOME";
      readonly validUntil: Instant;
      /** The authority on owners: judges a record. */
      readonly ownerMask: SeqMask;
      /** Owner roles reached as a whole, and reached owners outside them: disjoint, they lead a list to its rows. */
      readonly roles: readonly RoleId[];
      readonly loneOwners: readonly UserId[];
      /** Reached owners some of whose records may stand under another role yet: found by the owner, besides (SH-23). */
      readonly movingOwners: readonly UserId[];
      /** Grant keys, each with the owners it is narrowed to (null: any owner). */
      readonly keys: ReadonlyMap<string, SeqMask | null>;
    };

/**
 * What a decision needs to know of a record. Only the store makes one, together with its grant rows: a row that was
 * read without its grants does not type-check (the brand is not exported).
 */
export type JudgedRecord = {
  readonly moduleId: ModuleId;
  readonly ownerSeq: number;
  /** The live grant rows of the record, by key: until when each action is given. */
  readonly grants: ReadonlyMap<string, GrantRow>;
  readonly [judged]: true;
};
declare const judged: unique symbol;

/** One grant row: the instants, exclusive, until which the holder of the key has each action. */
export type GrantRow = {
  readonly readUntil: Instant;
  readonly updateUntil: Instant;
  readonly deleteUntil: Instant;
  readonly shareUntil: Instant;
};

/** Names facts read from the database, with every grant row of the viewer's keys, as judged. For the store alone. */
export function judgedRecord(facts: Omit<JudgedRecord, typeof judged>): JudgedRecord {
  return facts as JudgedRecord;
}

/** The instant until which a grant row gives the action; SHARE and CHANGE_OWNER go together (SH-46). */
export function untilOf(row: GrantRow, action: Action): Instant {
  switch (action) {
    case "READ":
      return row.readUntil;
    case "UPDATE":
      return row.updateUntil;
    case "DELETE":
      return row.deleteUntil;
    case "SHARE":
    case "CHANGE_OWNER":
      return row.shareUntil;
  }
}

/** Compiles the reach of a question: nothing behind a shut gate, otherwise the union of what every kind adds. */
export function reachOf(question: Question): Reach {
  const gateChange = earliest(GATES.map((gate) => gate.nextChange?.(question) ?? null));
  if (refusalsOf(question).length > 0) return { kind: "NOTHING", validUntil: gateChange };
  return merge(grantsOf(question), gateChange, question);
}

/**
 * Whether the reach admits the record for the action at the instant. Each action is decided by itself (EN-08).
 */
export function admits(reach: Reach, record: JudgedRecord, action: Action, now: Instant): boolean {
  switch (reach.kind) {
    case "NOTHING":
      return false;
    case "EVERYTHING":
      return true;
    case "SOME":
      return hasSeq(reach.ownerMask, record.ownerSeq) || isGranted(reach.keys, record, action, now);
  }
}

/** Whether one grant, by itself, admits the record: the same test as `admits`, for explaining. */
export function grantAdmits(grant: Grant, record: JudgedRecord, action: Action, now: Instant): boolean {
  const { scope } = grant;
  switch (scope.records) {
    case "ALL":
      return true;
    case "OWNED":
      return hasSeq(scope.owners.mask, record.ownerSeq);
    case "KEYED":
      return isGranted(new Map([[scope.key, scope.within?.mask ?? null]]), record, action, now);
  }
}

function isGranted(
  keys: ReadonlyMap<string, SeqMask | null>,
  record: JudgedRecord,
  action: Action,
  now: Instant,
): boolean {
  // Most records have none: then there is nothing to walk.
  if (record.grants.size === 0) return false;
  for (const [key, row] of record.grants) {
    const within = keys.get(key);
    if (within === undefined || untilOf(row, action) <= now) continue;
    if (within === null || hasSeq(within, record.ownerSeq)) return true;
  }
  return false;
}

function merge(grants: Iterable<Grant>, gateChange: Instant, question: Question): Reach {
  const owned: Owners[] = [];
  const keyed: Extract<Scope, { readonly records: "KEYED" }>[] = [];
  let everything = false;
  let validUntil = gateChange;

  for (const { scope, until } of grants) {
    if (until !== null) validUntil = Math.min(validUntil, until);
    switch (scope.records) {
      case "ALL":
        everything = true;
        break;
      case "OWNED":
        owned.push(scope.owners);
        break;
      case "KEYED":
        keyed.push(scope);
        break;
    }
  }

  if (everything) return { kind: "EVERYTHING", validUntil };
  if (owned.length === 0 && keyed.length === 0) return { kind: "NOTHING", validUntil };
  const union = unionOf(question, owned);
  return {
    kind: "SOME",
    validUntil,
    ownerMask: union.mask,
    get roles() {
      return union.roles;
    },
    get loneOwners() {
      return union.lone;
    },
    get movingOwners() {
      return union.moving;
    },
    keys: keysOf(question, keyed),
  };
}

function earliest(instants: readonly (Instant | null)[]): Instant {
  return Math.min(FOREVER, ...instants.filter((instant) => instant !== null));
}
