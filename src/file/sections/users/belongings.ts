import { inParts, rowsOf } from "../../../database/parts.ts";
import { canonicalJson } from "../../../kernel/canonical-json.ts";
import type { AssignmentValues } from "../../../policy/model/application.ts";
import type { TeamRole } from "../../../policy/model/org.ts";
import type { Happening } from "../../../store/core/audit-event.ts";
import { type ImportRun, idOfKey } from "../../terms/import-run.ts";
import { assignmentsTold } from "../../terms/told-assignments.ts";
import type { FileUser } from "./index.ts";

export type AssignmentRow = {
  readonly application: string;
  readonly isEnabled: boolean;
  readonly values: unknown;
};

type Belongings = {
  readonly applications: readonly AssignmentRow[];
  readonly teamMemberships: readonly { readonly moduleId: string; readonly role: string }[];
};

/** What everybody has, by the id of the person: read whole, since there may be any number of people. */
async function belongingsOf({ tx, orgId }: ImportRun): Promise<(userId: string) => Belongings> {
  const assignments = await tx.applicationAssignment.findMany({ where: { orgId } });
  const memberships = await tx.teamMembership.findMany({ where: { orgId } });
  const applications = Map.groupBy(assignments, (each) => each.userId);
  const teams = Map.groupBy(memberships, (each) => each.userId);
  return (userId) => ({
    applications: applications.get(userId) ?? [],
    teamMemberships: teams.get(userId) ?? [],
  });
}

/** Applications and team roles: small sets, replaced as a whole for whom they differ. */
export async function importBelongings(
  run: ImportRun,
  wanted: ReadonlyMap<string, FileUser>,
  found: ReadonlySet<string>,
): Promise<void> {
  const { tx, orgId, tallies } = run;
  const belongings = await belongingsOf(run);
  const assignments: NewAssignment[] = [];
  const happened: Happening[] = [];
  const memberships: { orgId: string; userId: string; moduleId: string; role: TeamRole }[] = [];
  for (const [email, user] of wanted) {
    const { id: userId } = idOfKey(run.users, email);
    const isKnown = found.has(email);
    const known = belongings(userId);
    // A deleted user has neither (UA-61).
    const isGone = user.status === "DELETED";
    const applications = [...(isGone ? [] : user.applications)].map(
      ([application, { isEnabled, values }]) => ({ application, isEnabled, values: { ...values } }),
    );
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
    // What somebody has who comes, and nothing was answered for, is told with them; so is what goes with who is deleted.
    const before = isKnown ? known.applications : applications.filter(isPlain);
    if (!isGone) happened.push(...assignmentsTold(userId, before, applications));
    assignments.push(...applications.map((assignment) => ({ orgId, userId, ...assignment })));
    memberships.push(...teams.map((team) => ({ orgId, userId, ...team })));
  }
  for (const part of inParts(assignments)) await tx.applicationAssignment.createMany({ data: rowsOf(part) });
  for (const part of inParts(memberships)) await tx.teamMembership.createMany({ data: rowsOf(part) });
  await run.tell(happened);
}

function isPlain({ isEnabled, values }: AssignmentRow): boolean {
  return isEnabled && Object.keys(Object(values)).length === 0;
}

type NewAssignment = {
  readonly orgId: string;
  readonly userId: string;
  readonly application: string;
  readonly isEnabled: boolean;
  readonly values: AssignmentValues;
};

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}

function isSameApplications(applications: readonly AssignmentRow[], known: Belongings): boolean {
  const text = ({ application, isEnabled, values }: AssignmentRow) =>
    canonicalJson([application, isEnabled, values]);
  return isSameSet(applications.map(text), known.applications.map(text));
}

function isSameTeams(teams: Belongings["teamMemberships"], known: Belongings): boolean {
  const text = ({ moduleId, role }: { moduleId: string; role: string }) => `${moduleId} ${role}`;
  return isSameSet(teams.map(text), known.teamMemberships.map(text));
}
