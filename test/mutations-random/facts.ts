import type { Database, Db } from "../../src/database/database.ts";
import { toGlobalId } from "../../src/kernel/global-id.ts";
import { compareText } from "../../src/kernel/text.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { sweep } from "../swept.ts";
import { fileOf } from "./file.ts";

/** Everything that the tables say of the one organisation, in an order that does not hang on random ids. */
export type Rows = Awaited<ReturnType<typeof rowsIn>>;

export type ModuleRow = Rows["modules"][number];
export type FieldRow = ModuleRow["fields"][number];
export type RecordRow = Rows["records"][number];
export type RuleRow = Rows["rules"][number];
export type RoleRow = Rows["roles"][number];
export type UserRow = Rows["users"][number];

/** What is so at one instant: the tables, and the same as the file that the oracle judges by. */
export type Facts = {
  readonly now: number;
  readonly rows: Rows;
  readonly file: OrganizationFile;
};

export async function readFacts(database: Database, now: number): Promise<Facts> {
  await sweep(database, now);
  const rows = await database.snapshot(rowsIn);
  return { now, rows, file: fileOf(rows) };
}

async function rowsIn(db: Db) {
  const organization = await db.organization.findFirstOrThrow({ where: { key: "acme" } });
  const where = { orgId: organization.id };
  return {
    organization,
    roles: byName(await db.role.findMany({ where })),
    profiles: byName(await db.profile.findMany({ where, include: { modules: true } })),
    users: byName(await db.user.findMany({ where, include: { applications: true, teamMemberships: true } })),
    applications: await db.application.findMany({
      where,
      include: { administrators: true },
      orderBy: { position: "asc" },
    }),
    groups: byName(await db.group.findMany({ where })),
    members: await db.groupMember.findMany({ where, orderBy: [{ groupId: "asc" }, { position: "asc" }] }),
    modules: (
      await db.module.findMany({ where, include: { fields: { orderBy: { position: "asc" } } } })
    ).sort((a, b) => compareText(a.label, b.label)),
    records: byName(await db.record.findMany({ where })),
    rules: byName(await db.sharingRule.findMany({ where })),
    shares: await db.recordShare.findMany({ where, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
    grants: await db.recordGrant.findMany({ where, orderBy: [{ recordId: "asc" }, { key: "asc" }] }),
    ownerCounts: await db.ownerCount.findMany({ where }),
    supportGrants: await db.supportGrant.findMany({ where, include: { agent: true } }),
    mails: await db.mailMessage.findMany({ where, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
    tokens: await db.mailedToken.findMany({ where }),
    transfers: await db.recordTransfer.findMany({ where, orderBy: { id: "asc" } }),
    moves: await db.policyMove.findMany({ where }),
    lastEvent: (await db.auditHead.findFirst({ where }))?.sequence ?? 0,
  };
}

function byName<Row extends { readonly name: string }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => compareText(a.name, b.name));
}

/** SH-40: the policy's version when the row, or what hangs on it, last changed, as triggers noted it. */
export function versionOf({ rows }: Facts, part: "GROUP" | "PROFILE" | "APPLICATION", id: string): number {
  const move = rows.moves.find((each) => each.part === part && each.rowId === id);
  return Math.min(move?.version ?? 0, rows.organization.version);
}

/** The row with the id. @throws when there is none: a reference without a row is a fault of the database. */
export function rowOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  id: string | null | undefined,
): Row {
  const row = rows.find((each) => each.id === id);
  if (!row) throw new Error(`no row ${id}`);
  return row;
}

/** The address by which the oracle knows a user. */
export function addressOf(user: Pick<UserRow, "email" | "id">): string {
  return user.email ?? `${user.id}@deleted.invalid`;
}

/** The user with the address. */
export function personOf({ rows }: Facts, email: string): UserRow {
  const user = rows.users.find((each) => addressOf(each) === email);
  if (!user) throw new Error(`no user ${email}`);
  return user;
}

/** The key of the module of a record or a rule. */
export function moduleKeyOf({ modules }: Rows, { moduleId }: { readonly moduleId: string }): string {
  return rowOf(modules, moduleId).key;
}

/** Whoever may try to sign in: members by address, and the support agent. */
export function peopleOf(facts: Facts): readonly string[] {
  return facts.rows.users.filter(({ status }) => status !== "DELETED").map(addressOf);
}

export const recordId = ({ id }: { readonly id: string }): string => toGlobalId("Record", id);
export const userId = ({ id }: { readonly id: string }): string => toGlobalId("User", id);
