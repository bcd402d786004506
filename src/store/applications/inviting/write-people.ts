import { inParts, rowsOf } from "../../../database/parts.ts";
import type { Happening } from "../../core/audit-event.ts";
import type { Writing } from "../../core/write.ts";
import { invite } from "../../people/invitation/invite.ts";
import type { Invitee } from "./person.ts";

/** The number of the next person, under the version that is locked. */
export async function nextSeq({ tx, viewer }: Writing): Promise<number> {
  const { nextUserSeq } = await tx.organization.findUniqueOrThrow({
    where: { id: viewer.orgId },
    select: { nextUserSeq: true },
  });
  return nextUserSeq;
}

/** Writes people who were judged, with all that they are given, and their invitations (UA-20). */
export async function writePeople(
  writing: Writing,
  people: readonly Invitee[],
): Promise<readonly Happening[]> {
  if (people.length === 0) return [];
  const { tx, viewer } = writing;
  const { orgId } = viewer;
  const last = Math.max(...people.map(({ user }) => user.seq));
  await tx.organization.update({ where: { id: orgId }, data: { nextUserSeq: last + 1 } });
  const users = people.map(({ user }) => ({
    orgId,
    id: user.id,
    seq: user.seq,
    email: user.email,
    name: user.name,
    status: user.status,
    license: user.license,
    roleId: user.roleId,
    profileId: user.profileId,
    reportsToId: user.reportsToId,
    createdAt: new Date(user.createdAt),
  }));
  for (const part of inParts(users, TOGETHER)) await tx.user.createMany({ data: rowsOf(part) });
  const assignments = people.flatMap((each) =>
    each.assignments.map((assignment) => ({ orgId, userId: each.user.id, ...assignment })),
  );
  for (const part of inParts(assignments, TOGETHER))
    await tx.applicationAssignment.createMany({ data: rowsOf(part) });
  const memberships = people.flatMap(({ user }) =>
    [...user.teamRoles].map(([moduleId, role]) => ({ orgId, moduleId, userId: user.id, role })),
  );
  for (const part of inParts(memberships, TOGETHER))
    await tx.teamMembership.createMany({ data: rowsOf(part) });
  await invite(
    writing,
    people.map(({ user }) => user),
  );
  return people.map(
    ({ user, assignments: given }): Happening => ({
      action: "INVITE_USER",
      target: { type: "User", id: user.id },
      before: null,
      after: {
        name: user.name,
        email: user.email,
        license: user.license,
        roleId: user.roleId,
        profileId: user.profileId,
        reportsToId: user.reportsToId,
        teamRoles: Object.fromEntries(user.teamRoles),
        applications: given,
      },
    }),
  );
}

/** A row of a person has a dozen columns. */
const TOGETHER = 60;
