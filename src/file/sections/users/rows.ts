import { few, inParts, oneOf, rowsOf } from "../../../database/parts.ts";
import { InvalidInput } from "../../../kernel/fault.ts";
import type { Id } from "../../../kernel/id.ts";
import { compareText } from "../../../kernel/text.ts";
import type { AssignmentValues } from "../../../policy/model/application.ts";
import type { Org } from "../../../policy/model/org.ts";
import { faultsOfValues } from "../../../policy/rights/application-values.ts";
import { refuseLeftCircles } from "../../terms/conflict.ts";
import { cyclesOf } from "../../terms/cycles.ts";
import type { ExportRun, Names } from "../../terms/export-run.ts";
import {
  differenceOf,
  type ImportRun,
  idOfKey,
  isSameRow,
  newId,
  nextUserSeq,
  parentsFirst,
  removeShares,
} from "../../terms/import-run.ts";
import { tombstoneAddress, tombstoneNamed } from "../../terms/tombstone.ts";
import type { OrganizationFile } from "../section.ts";
import { type AssignmentRow, importBelongings } from "./belongings.ts";
import { renameUsers } from "./former-addresses.ts";
import type { FileUser } from "./index.ts";

/**
 * People, managers first, with their applications and team roles. A new user gets the next `seq` for good; the
 * records of one whose role changes stay with the authority, `ownerSeq`.
 *
 * @throws {InvalidInput} when people would be removed and that is not confirmed.
 */
export async function importUsers(run: ImportRun, { users: wanted }: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const stored = await tx.user.findMany({ where: { orgId, license: { not: "SUPPORT" } } });
  const rows = await freeAddresses(run, wanted, stored);
  const found = new Map(rows.map((row) => [addressOf(row), row]));
  const renamed = await renameUsers(run, wanted, found);
  const difference = differenceOf(wanted, found);
  for (const [address, row] of found) setRef(run, address, row);
  await breakCircles(run, new Map(difference.missing));

  let seq = await nextUserSeq(run);
  const added = new Set(difference.added.map(([email]) => email));
  const created: ReturnType<typeof newRow>[] = [];
  for (const [email, user] of parentsFirst(wanted, (user) => user.reportsTo)) {
    if (!added.has(email)) continue;
    const row = newRow(run, seq, email, user);
    created.push(row);
    setRef(run, email, row);
    seq += 1;
  }
  for (const part of inParts(created)) await tx.user.createMany({ data: rowsOf(part) });
  tallies.users.added += created.length;
  if (created.length > 0) await tx.organization.update({ where: { id: orgId }, data: { nextUserSeq: seq } });

  for (const [email, user, known] of difference.kept) {
    const columns = columnsOf(run, user, known);
    if (isSameRow(columns, known)) continue;
    // Whose role changes has their records moved along in steps, and is found by the records' owner until then (SH-23).
    const isPathBehind = known.isPathBehind || columns.roleId !== known.roleId;
    await tx.user.update({
      where: { orgId_id: { orgId, id: known.id } },
      data: { ...columns, isPathBehind },
    });
    if (!renamed.has(email)) tallies.users.changed += 1;
    setRef(run, email, { ...known, ...columns });
  }
  await importBelongings(run, wanted, new Set(found.keys()));
  // A person is never removed by a row's deletion: records point to them. What the file leaves out becomes a tombstone.
  const gone = difference.missing.flatMap(([, known]) => (known.status === "DELETED" ? [] : [known.id]));
  for (const part of inParts(run.prune ? gone : []))
    await tx.user.updateMany({
      where: { orgId, id: oneOf(part) },
      data: { status: "DELETED", email: null, isAdministrator: false, neverAccepted: false },
    });
  if (run.prune) tallies.users.removed += gone.length;
  await requireAdministratorLeft(run, rows);
  if (tallies.users.removed > 0 && !run.confirmDeletions) {
    throw new InvalidInput(
      "users",
      `Pruning would delete ${tallies.users.removed} of the people: ${describeSome(difference.missing)}. Confirm it with --confirm-deletions.`,
      { code: "CONFIRMATION_REQUIRED" },
    );
  }
}

function addressOf({ email, id }: { readonly email: string | null; readonly id: string }): string {
  return email ?? tombstoneAddress(id);
}

/**
 * Whoever a file deleted by name keeps the address only as long as the file says so: who has it next is somebody else
 * (UA-62).
 */
async function freeAddresses<Row extends LeftUser & { readonly email: string | null }>(
  { tx, orgId, tallies }: ImportRun,
  wanted: ReadonlyMap<string, FileUser>,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const isFreed = ({ email, status }: Row) =>
    status === "DELETED" && email !== null && (wanted.get(email)?.status ?? "DELETED") !== "DELETED";
  const freed = rows.filter(isFreed).map(({ id }) => id);
  if (freed.length === 0) return rows;
  for (const part of inParts(freed))
    await tx.user.updateMany({ where: { orgId, id: oneOf(part) }, data: { email: null } });
  tallies.users.changed += freed.length;
  return rows.map((row) => (isFreed(row) ? { ...row, email: null } : row));
}

/** Where somebody active has the *Administrator* profile, somebody has it afterwards, too (UA-51). */
async function requireAdministratorLeft(
  { tx, orgId, profiles }: ImportRun,
  before: readonly { readonly status: string; readonly profileId: string | null }[],
): Promise<void> {
  const profileId = idOfKey(profiles, "administrator");
  if (!before.some((row) => row.status === "ACTIVE" && row.profileId === profileId)) return;
  if ((await tx.user.findFirst({ where: { orgId, status: "ACTIVE", profileId } })) !== null) return;
  throw new InvalidInput("users", "Nobody who is active would have the profile administrator any more.", {
    code: "LAST_ADMINISTRATOR",
    requirement: "UA-51",
  });
}

/** So many people are named. */
const NAMED = 20;

function describeSome(missing: readonly (readonly [email: string, { readonly status: string }])[]): string {
  const emails = missing
    .flatMap(([email, { status }]) => (status === "DELETED" ? [] : email))
    .sort(compareText);
  const more = emails.length > NAMED ? ` … and ${emails.length - NAMED} more` : "";
  return `${emails.slice(0, NAMED).join(", ")}${more}`;
}

/** What a deleted user had goes: applications, team roles, shares (UA-61). */
export async function clearTombstones(run: ImportRun): Promise<void> {
  const { tx, orgId } = run;
  const gone = { orgId, user: { status: "DELETED" as const } };
  await tx.applicationAssignment.deleteMany({ where: gone });
  await tx.applicationAdministrator.deleteMany({ where: gone });
  await tx.teamMembership.deleteMany({ where: gone });
  await removeShares(run, { ...gone });
}

/** Everybody but support agents, in the order in which they came. */
export async function exportUsers({ tx, org, names }: ExportRun): Promise<OrganizationFile["users"]> {
  const users = [...org.users].sort((a, b) => a.seq - b.seq);
  const assignments = Map.groupBy(
    await tx.applicationAssignment.findMany({ where: { orgId: org.id } }),
    (each) => each.userId,
  );
  return new Map(users.flatMap((user) => exported(org, names, user, assignments.get(user.id) ?? [])));
}

function exported(
  org: Org,
  names: Names,
  user: Org["users"][number],
  assignments: readonly AssignmentRow[],
): readonly (readonly [string, FileUser])[] {
  if (user.license === "SUPPORT") return [];
  const teamRoles = [...user.teamRoles].map(([id, role]) => [names.module(id), role] as const);
  const entry: FileUser = {
    name: user.name,
    role: user.roleId === null ? null : names.role(user.roleId),
    profile: user.profileId === null ? null : names.profile(user.profileId),
    license: user.license,
    status: user.status,
    accepted: user.neverAccepted ? false : null,
    reportsTo: user.reportsToId === null ? null : names.user(user.reportsToId),
    isAdministrator: user.isAdministrator,
    formerly: null,
    applications: new Map(
      assignments.map(({ application, isEnabled, values }) => [
        application,
        {
          isEnabled,
          values: isEnabled ? (Object(values) as AssignmentValues) : fitting(org, application, values),
        },
      ]),
    ),
    teamRoles: new Map(teamRoles.sort(([a], [b]) => compareText(a, b))),
  };
  return [[addressOf(user), entry]];
}

/** What was answered for an application that is off, as far as it is asked today: the rest is asked anew (UA-42). */
function fitting({ applications }: Org, key: string, values: unknown): AssignmentValues {
  const known = Object(values) as AssignmentValues;
  const application = applications.find((each) => each.key === key);
  const wrong = new Set(application && faultsOfValues(application, known).map(({ field }) => field));
  return Object.fromEntries(Object.entries(known).filter(([field]) => !wrong.has(field)));
}

function newRow(run: ImportRun, seq: number, email: string, user: FileUser) {
  const { orgId, now } = run;
  const tombstone = tombstoneNamed(email);
  return {
    orgId,
    id: tombstone ?? newId<"User">(now),
    seq,
    email: tombstone === null ? email : null,
    createdAt: new Date(now),
    ...columnsOf(run, user, null),
  };
}

type Known = { readonly status: string; readonly neverAccepted: boolean };

/** Who is invited, and made inactive by a file that says nothing of it, has never accepted (UA-43). */
function neverAccepted({ status, accepted }: FileUser, known: Known | null): boolean {
  if (status !== "INACTIVE") return false;
  return accepted === null
    ? known !== null && (known.neverAccepted || known.status === "PENDING")
    : !accepted;
}

function columnsOf(run: ImportRun, user: FileUser, known: Known | null) {
  return {
    name: user.name,
    status: user.status,
    neverAccepted: neverAccepted(user, known),
    license: user.license,
    roleId: user.role === null ? null : idOfKey(run.roles, user.role),
    profileId: user.profile === null ? null : idOfKey(run.profiles, user.profile),
    reportsToId: user.reportsTo === null ? null : idOfKey(run.users, user.reportsTo).id,
    isAdministrator: user.isAdministrator,
  };
}

function setRef(
  run: ImportRun,
  email: string,
  row: { id: string; seq: number; roleId: string | null },
): void {
  run.users.set(email, { id: row.id as Id<"User">, seq: row.seq, roleId: row.roleId as Id<"Role"> | null });
}

/**
 * Of those whom the file does not name nobody reports to themselves in the end: pruned, they report to nobody, and
 * otherwise that is refused.
 */
async function breakCircles(run: ImportRun, missing: ReadonlyMap<string, LeftUser>): Promise<void> {
  const emailOf = new Map([...missing].map(([email, { id }]) => [id, email]));
  const circles = cyclesOf(missing.keys(), (email) => [
    emailOf.get(missing.get(email)?.reportsToId ?? "") ?? "",
  ]);
  if (!run.prune) refuseLeftCircles("users", circles);
  const { tx, orgId, tallies } = run;
  for (const part of inParts(circles.flat().map((email) => idOfKey(missing, email)))) {
    const ids = oneOf(few(part.map(({ id }) => id)));
    await tx.user.updateMany({ where: { orgId, id: ids }, data: { reportsToId: null } });
    // The others count as removed.
    tallies.users.changed += part.filter(({ status }) => status === "DELETED").length;
  }
}

type LeftUser = { readonly id: string; readonly status: string; readonly reportsToId: string | null };
