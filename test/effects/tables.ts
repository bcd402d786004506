import type { Database, Db } from "../../src/database/database.ts";
import { sweep } from "../swept.ts";

type Row = Readonly<Record<string, unknown>>;

/** What the tables hold, each row by its key. */
export type Tables = ReadonlyMap<string, ReadonlyMap<string, Row>>;

/** One row that is not what it was. */
export type Change = {
  readonly table: Table;
  readonly before: Row | null;
  readonly after: Row | null;
};

/** The tables, and what makes out a row. The log and what the engine derives for itself say nothing of their own. */
const KEYS = {
  organization: ["id"],
  role: ["id"],
  profile: ["id"],
  profileModule: ["profileId", "moduleId"],
  user: ["id"],
  application: ["id"],
  applicationAdministrator: ["applicationId", "userId"],
  applicationAssignment: ["userId", "application"],
  teamMembership: ["moduleId", "userId"],
  group: ["id"],
  groupMember: ["groupId", "kind", "userId", "roleId", "memberGroupId"],
  module: ["id"],
  field: ["id"],
  record: ["id"],
  sharingRule: ["id"],
  recordShare: ["recordId", "party"],
  supportGrant: ["id"],
  mailedToken: ["userId", "purpose"],
} as const satisfies { readonly [table in Exclude<keyof Db, "$queryRaw" | Derived>]: readonly string[] };

type Derived =
  | "recordGrant"
  | "ownerCount"
  | "auditEvent"
  | "auditCheckpoint"
  | "auditHead"
  | "refusal"
  | "seenToken"
  | "policyMove"
  | "idempotencyKey"
  | "removal"
  | "shareRemoval"
  | "recordTransfer"
  | "mailMessage";

export type Table = keyof typeof KEYS;

/** Columns that the engine keeps for itself, or that merely count. */
const OWN = new Set([
  "version",
  "position",
  "nextUserSeq",
  "ownerRoleId",
  "isPathBehind",
  "ownerSeq",
  "updatedAt",
  "nextUserSeq",
  "appliedRecords",
  "totalRecords",
]);

export async function readTables(database: Database): Promise<Tables> {
  await sweep(database);
  return database.snapshot(async (tx) => {
    const tables = new Map<string, ReadonlyMap<string, Row>>();
    for (const [table, key] of Object.entries(KEYS)) {
      const rows = (await (
        tx[table as Table] as unknown as { findMany(): Promise<Row[]> }
      ).findMany()) as Row[];
      tables.set(table, new Map(rows.map((row) => [key.map((column) => row[column]).join(" "), shown(row)])));
    }
    return tables;
  });
}

function shown(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !OWN.has(column)));
}

/** Every row that is other than it was, came, or went. */
export function changesBetween(before: Tables, after: Tables): readonly Change[] {
  return (Object.keys(KEYS) as Table[]).flatMap((table) => {
    const [was, is] = [before.get(table) ?? new Map(), after.get(table) ?? new Map()];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
      const change = { table, before: was.get(key) ?? null, after: is.get(key) ?? null };
      return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change];
    });
  });
}
