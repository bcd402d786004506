import { few, inParts, oneOf, rowsOf } from "../../../database/parts.ts";
import { InvalidInput } from "../../../kernel/fault.ts";
import type { Id } from "../../../kernel/id.ts";
import { compareText } from "../../../kernel/text.ts";
import type { Org, TeamRole } from "../../../policy/model/org.ts";
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
import type { OrganizationFile } from "../section.ts";
import type { FileUser } from "./index.ts";

/**
 * People, managers first, with their applications and team roles. A new user gets the next `seq` for good; the
 * records of one whose role changes stay with the authority, `ownerSeq`.
 *
 * @throws {InvalidInput} when people would be removed and that is not confirmed.
 */
export async function importUsers(run: ImportRun, { users: wanted }: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.user.findMany({
    where: { orgId, license: { not: "SUPPORT" }, email: { not: null } },
  });
  const found = new Map(rows.map((row) => [row.email ?? "", row]));
  const difference = differenceOf(wanted, found);
  for (const row of rows) setRef(run, row.email ?? "", row);
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
    const columns = columnsOf(run, user);
    if (isSameRow(columns, known)) continue;
    // Whose role changes has their records moved along in steps, and is found by the records' owner until then (SH-23).
    const isPathBehind = known.isPathBehind || columns.roleId !== known.roleId;
    await tx.user.update({
      where: { orgId_id: { orgId, id: known.id } },
      data: { ...columns, isPathBehind },
    });
    tallies.users.changed += 1;
    setRef(run, email, { ...known, ...columns });
  }
  await importBelongings(run, wanted, new Set(found.keys()));
  // A person is never removed by a row's deletion: records point to them. What the file leaves out becomes a tombstone.
  const gone = difference.missing.flatMap(([, known]) => (known.status === "DELETED" ? [] : [known.id]));
  for (const part of inParts(run.prune ? gone : []))
    await tx.user.updateMany({ where: { orgId, id: oneOf(part) }, data: { status: "DELETED" } });
  if (run.prune) tallies.users.removed += gone.length;
  if (tallies.users.removed > 0 && !run.confirmDeletions) {
    throw new InvalidInput(
      "users",
      `Pruning would delete ${tallies.users.removed} of the people: ${describeSome(difference.missing)}. Confirm it with --confirm-deletions.`,
      { code: "CONFIRMATION_REQUIRED" },
    );
  }
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
  await tx.teamMembership.deleteMany({ where: gone });
  await removeShares(run, { ...gone });
}

/** Everybody but support agents, in the order in which they came. */
export function exportUsers({ org, names }: ExportRun): OrganizationFile["users"] {
  const users = [...org.users].sort((a, b) => a.seq - b.seq);
  return new Map(users.flatMap((user) => exported(names, user)));
}

function exported(names: Names, user: Org["users"][number]): readonly (readonly [string, FileUser])[] {
  if (user.license === "SUPPORT" || user.email === null) return [];
  const teamRoles = [...user.teamRoles].map(([id, role]) => [names.module(id), role] as const);
  const entry: FileUser = {
    name: user.name,
    role: user.roleId === null ? null : names.role(user.roleId),
    profile: user.profileId === null ? "standard" : names.profile(user.profileId),
    license: user.license,
    status: user.status,
    reportsTo: user.reportsToId === null ? null : names.user(user.reportsToId),
    isAdministrator: user.isAdministrator,
    applications: [...user.applications].sort(compareText),
    teamRoles: new Map(teamRoles.sort(([a], [b]) => compareText(a, b))),
  };
  return [[user.email, entry]];
}

function newRow(run: ImportRun, seq: number, email: string, user: FileUser) {
  const { orgId, now } = run;
  return { orgId, id: newId<"User">(now), seq, email, createdAt: new Date(now), ...columnsOf(run, user) };
}

function columnsOf(run: ImportRun, user: FileUser) {
  return {
    name: user.name,
    status: user.status,
    license: user.license,
    roleId: user.role === null ? null : idOfKey(run.roles, user.role),
    profileId: idOfKey(run.profiles, user.profile),
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

type Belongings = {
  readonly applications: readonly { readonly application: string }[];
  readonly teamMemberships: readonly { readonly moduleId: string; readonly role: string }[];
};

/** What everybody has, by the id of the person: read whole, since there may be any number of people. */
async function belongingsOf({ tx, orgId }: ImportRun): Promise<(userId: string) => Belongings> {
  const assignments = await tx.applicationAssignment.findMany({ where: { orgId, isEnabled: true } });
  const memberships = await tx.teamMembership.findMany({ where: { orgId } });
  const applications = Map.groupBy(assignments, (each) => each.userId);
  const teams = Map.groupBy(memberships, (each) => each.userId);
  return (userId) => ({
    applications: applications.get(userId) ?? [],
    teamMemberships: teams.get(userId) ?? [],
  });
}

/** Applications and team roles: small sets, replaced as a whole for whom they differ. */
async function importBelongings(
  run: ImportRun,
  wanted: ReadonlyMap<string, FileUser>,
  found: ReadonlySet<string>,
): Promise<void> {
  const { tx, orgId, tallies } = run;
  const belongings = await belongingsOf(run);
  const assignments: { orgId: string; userId: string; application: string; isEnabled: boolean }[] = [];
  const memberships: { orgId: string; userId: string; moduleId: string; role: TeamRole }[] = [];
  for (const [email, user] of wanted) {
    const { id: userId } = idOfKey(run.users, email);
    const isKnown = found.has(email);
    const known = belongings(userId);
    // A deleted user has neither (UA-61).
    const isGone = user.status === "DELETED";
    const applications = isGone ? [] : user.applications;
    const teams = [...(isGone ? [] : user.teamRoles)].map(([module, role]) => ({
      moduleId: idOfKey(run.modules, module),
      role,
    }));
    if (isKnown && isSameApplications(applications, known) && isSameTeams(teams, known)) continue;
    if (isKnown) {
      await tx.applicationAssignment.deleteMany({ where: { orgId, userId } });
      await tx.teamMembership.deleteMany({ where: { orgId, userId } });
      tallies.users.changed += 1;
    }
    assignments.push(...applications.map((application) => ({ orgId, userId, application, isEnabled: true })));
    memberships.push(...teams.map((team) => ({ orgId, userId, ...team })));
  }
  for (const part of inParts(assignments)) await tx.applicationAssignment.createMany({ data: rowsOf(part) });
  for (const part of inParts(memberships)) await tx.teamMembership.createMany({ data: rowsOf(part) });
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

function isSameApplications(applications: readonly string[], known: Belongings): boolean {
  return isSameSet(
    applications,
    known.applications.map((each) => each.application),
  );
}

function isSameTeams(teams: Belongings["teamMemberships"], known: Belongings): boolean {
  const text = ({ moduleId, role }: { moduleId: string; role: string }) => `${moduleId} ${role}`;
  return isSameSet(teams.map(text), known.teamMemberships.map(text));
}
