import { toGlobalId } from "../../src/kernel/global-id.ts";
import { addressOf, type Facts, type RecordRow, type RuleRow, versionOf } from "../mutations-random/facts.ts";
import type { Sent } from "./race.ts";

export const ROOT = "root@acme.test";
export const RAY = "ray@acme.test";

/** Subject `n`'s record. */
export function leadOf(facts: Facts, n: number): RecordRow {
  return found(facts.rows.records, (record) => record.key === `lead-${n}`);
}

/** Subject `n`'s rule. */
export function ruleOf(facts: Facts, n: number): RuleRow {
  return found(facts.rows.rules, (rule) => rule.key === `rule-${n}`);
}

export function leadId(facts: Facts, n: number): string {
  return toGlobalId("Record", leadOf(facts, n).id);
}

export function ruleId(facts: Facts, n: number): string {
  return toGlobalId("SharingRule", ruleOf(facts, n).id);
}

export function roleId({ rows }: Facts, key: string): string {
  return toGlobalId("Role", found(rows.roles, (role) => role.key === key).id);
}

export function groupId({ rows }: Facts, key: string): string {
  return toGlobalId("Group", found(rows.groups, (group) => group.key === key).id);
}

export function userId({ rows }: Facts, email: string): string {
  return toGlobalId("User", found(rows.users, (user) => addressOf(user) === email).id);
}

export function profileId({ rows }: Facts, key: string): string {
  return toGlobalId("Profile", found(rows.profiles, (profile) => profile.key === key).id);
}

export function profileVersion(facts: Facts, key: string): number {
  return versionOf(facts, "PROFILE", found(facts.rows.profiles, (profile) => profile.key === key).id);
}

export function moduleId({ rows }: Facts, key: string): string {
  return toGlobalId("Module", found(rows.modules, (module) => module.key === key).id);
}

export function fieldId({ rows }: Facts, key: string): string {
  const fields = rows.modules.flatMap((module) => module.fields);
  return toGlobalId("Field", found(fields, (field) => field.key === key).id);
}

export function fieldVersion({ rows }: Facts, key: string): number {
  const fields = rows.modules.flatMap((module) => module.fields);
  return found(fields, (field) => field.key === key).version;
}

function found<Row>(rows: readonly Row[], isIt: (row: Row) => boolean): Row {
  const row = rows.find(isIt);
  if (row === undefined) throw new Error("the race has no such row");
  return row;
}

/** Somebody writes into the note of subject `n`'s record. */
export function writes(as: string): (facts: Facts, n: number) => Sent {
  return (facts, n) => ({
    mutation: "updateRecord",
    as,
    input: { id: leadId(facts, n), values: { note: "written" } },
    select: "id",
  });
}

/** The same, by the one person of the subject. */
export function itsPersonWrites(facts: Facts, n: number): Sent {
  return writes(`cy-${n}@acme.test`)(facts, n);
}

/** What the note of subject `n`'s record says. */
export function noteOf(facts: Facts, n: number): unknown {
  return (leadOf(facts, n).values as { readonly note?: unknown }).note ?? null;
}

/** What is left of subject `n`'s record: its note, and who is let in by a grant of its own. */
export function recordLeft(facts: Facts, n: number): object {
  const record = facts.rows.records.find(({ key }) => key === `lead-${n}`);
  if (record === undefined) return { isThere: false, grants: grantsOf(facts, null) };
  return { isThere: true, note: noteOf(facts, n), grants: grantsOf(facts, record.id) };
}

/** Which kinds of grants a record has; of no record, those that no record accounts for. */
function grantsOf({ rows }: Facts, recordId: string | null): readonly string[] {
  const ids = new Set(rows.records.map(({ id }) => id));
  return rows.grants
    .filter((grant) => (recordId === null ? !ids.has(grant.recordId) : grant.recordId === recordId))
    .map(({ key }) => key.slice(0, 2));
}
