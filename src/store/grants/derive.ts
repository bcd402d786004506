import type { Database, DatabaseKind, Tx } from "../../database/database.ts";
import { few, inParts, oneOf, rowsOf } from "../../database/parts.ts";
import { asId, type Id, type ModuleId, type OrgId, type RecordId } from "../../kernel/id.ts";
import { FOREVER, type Instant, NEVER } from "../../kernel/instant.ts";
import { Turns } from "../../kernel/turns.ts";
import type { GrantRow } from "../../policy/ask/reach.ts";
import { matches } from "../../policy/criteria/criteria.ts";
import { lookupsRead } from "../../policy/criteria/lookups.ts";
import { criteriaKey } from "../../policy/model/grant-key.ts";
import type { Field, Module, ShareLevel, SharingRule } from "../../policy/model/org.ts";
import type { FieldValues } from "../../policy/model/values.ts";
import { keepsMatches } from "../../policy/rights/rule-life.ts";
import { insertMatches, lockNextRecords } from "../reach/rows/matches.ts";
import { asCriteriaRead } from "./criteria-values.ts";

/** The rules of a module that hold matches. */
export type Matching = {
  readonly rules: readonly SharingRule[];
  /** The keys of the LOOKUP fields that their criteria read. */
  readonly lookups: ReadonlySet<string>;
};

export type MatchingRules = ReadonlyMap<Id<"Module">, Matching>;

/**
 * The rules that hold matches, by module (SH-37).
 *
 * @param modules at least those of the rules.
 */
export function matchingRules(
  rules: readonly SharingRule[],
  modules: ReadonlyMap<ModuleId, Pick<Module, "fields">>,
  now: Instant,
): MatchingRules {
  const matching = rules.filter((rule) => keepsMatches(rule, now));
  const byModule = Map.groupBy(matching, (rule) => rule.moduleId);
  return new Map(
    [...byModule].map(([id, rules]) => [
      id,
      { rules, lookups: lookupsRead(rules, modules.get(id)?.fields ?? []) },
    ]),
  );
}

const NONE: Matching = { rules: [], lookups: new Set() };

/**
 * Derives the grant rows of records anew, from their shares and from the criteria that their values meet.
 *
 * In the transaction of what changed, which has locked records that were there before: a rule that is being applied
 * reads and writes them too (`addNextMatches`). Criteria are evaluated in memory, by the one evaluator that there is
 * (EN-06); a rule's expiry, target and level are decided when asked.
 *
 * @param recordIds at most a few hundred.
 */
export async function deriveGrants(
  kind: DatabaseKind,
  tx: Tx,
  orgId: OrgId,
  recordIds: readonly RecordId[],
  rules: MatchingRules,
): Promise<void> {
  const ids = few(recordIds);
  const rows = await tx.record.findMany({
    where: { orgId, id: oneOf(ids) },
    select: { id: true, moduleId: true, ownerSeq: true, values: true },
  });
  const matchingOf = ({ moduleId }: { readonly moduleId: string }) => rules.get(asId(moduleId)) ?? NONE;
  const valued = rows.map((row) => ({ ...row, values: row.values as FieldValues }));
  const records = await asCriteriaRead(kind, tx, orgId, valued, (row) => matchingOf(row).lookups);
  const shares = await tx.recordShare.findMany({ where: { orgId, recordId: oneOf(ids) } });
  const sharesOf = Map.groupBy(shares, (share) => share.recordId);
  const grants: GrantColumns[] = [];
  const turns = new Turns();
  for (const record of records) {
    const { id: recordId, moduleId, ownerSeq } = record;
    const held = [
      ...(await matchesOf(record, matchingOf(record).rules, turns)),
      ...(sharesOf.get(recordId) ?? []).map(({ party, level, expiresAt }) => ({
        key: party,
        ...untilsOf(level, expiresAt?.getTime() ?? FOREVER),
      })),
    ];
    for (const grant of held) grants.push({ orgId, moduleId, recordId, ownerSeq, ...grant });
  }
  await tx.recordGrant.deleteMany({ where: { orgId, recordId: oneOf(ids) } });
  for (const part of inParts(grants)) await tx.recordGrant.createMany({ data: rowsOf(part) });
}

/**
 * Adds the matches of one rule among the next records of its module, in the order of ids; their other grants stay
 * (SH-36). A record that was written since the rule began has its match already, made by whoever wrote it.
 *
 * @param fields those of the rule's module, as they are in the transaction.
 * @param size so many records at most.
 * @returns the records that were looked at: fewer than asked for, when there are no more.
 */
export async function addNextMatches(
  { kind }: Pick<Database, "kind">,
  tx: Tx,
  orgId: OrgId,
  { rule, fields }: { readonly rule: SharingRule; readonly fields: readonly Field[] },
  after: RecordId | null,
  size: number,
): Promise<readonly RecordId[]> {
  const { criteria, moduleId } = rule;
  if (criteria === null || criteria === "UNREADABLE") return [];
  const lookups = lookupsRead([rule], fields);
  const rows = await lockNextRecords(kind, tx, orgId, moduleId, after, size);
  const records = await asCriteriaRead(kind, tx, orgId, rows, () => lookups);
  const matched = records.filter(({ values }) => matches(criteria, values));
  await insertMatches(kind, tx, { orgId, moduleId, key: criteriaKey(rule) }, matched);
  return records.map((record) => record.id);
}

/** The matches of one record. Rules may be many and their criteria long: others have their turns between them (EN-32). */
async function matchesOf(
  record: { readonly values: FieldValues },
  rules: readonly SharingRule[],
  turns: Turns,
): Promise<readonly KeyedGrant[]> {
  const matched: KeyedGrant[] = [];
  for (const rule of rules) {
    if (turns.isOver()) await turns.taken();
    if (rule.criteria === null || rule.criteria === "UNREADABLE") continue;
    if (!matches(rule.criteria, record.values)) continue;
    // The level of a criteria rule is not in its rows: which keys a viewer holds is decided per action.
    matched.push({ key: criteriaKey(rule), ...untilsOf("FULL", FOREVER) });
  }
  return matched;
}

type KeyedGrant = Record<keyof GrantRow, number> & { readonly key: string };
type GrantColumns = KeyedGrant & {
  readonly orgId: OrgId;
  readonly moduleId: string;
  readonly recordId: string;
  readonly ownerSeq: number;
};

/** The instants until which a share of the level gives each action (SH-41). */
function untilsOf(level: ShareLevel, expiresAt: number): Record<keyof GrantRow, number> {
  const isWriting = level !== "READ_ONLY";
  return {
    readUntil: expiresAt,
    updateUntil: isWriting ? expiresAt : NEVER,
    deleteUntil: level === "FULL" ? expiresAt : NEVER,
    shareUntil: level === "FULL" ? expiresAt : NEVER,
  };
}
