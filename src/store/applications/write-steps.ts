import { inParts, oneOf, rowsOf } from "../../database/parts.ts";
import type { Happening } from "../core/audit-event.ts";
import type { Writing } from "../core/write.ts";
import { invite, WAKES_INVITATIONS } from "../people/invitation/invite.ts";
import { shownOf } from "../people/user-change.ts";
import { writePlaces } from "../profiles/place.ts";
import { type Assigned, type JudgedStep, statusOnReturn } from "./step.ts";

/**
 * What is to be woken when steps were written: CRM gives people a place, and what they own follows (SH-23); who comes
 * back may be invited again.
 */
export const WAKES_STEPS = ["MOVE_OWNED_RECORDS", ...WAKES_INVITATIONS] as const;

/** Writes steps that were judged, in their order, and tells what happened; wakes `WAKES_STEPS`. */
export async function writeSteps(
  writing: Writing,
  steps: readonly JudgedStep[],
): Promise<readonly Happening[]> {
  for (const { moved } of steps) if (moved !== null) await writePlaces(writing, moved.move);
  await writeReturns(
    writing,
    steps.filter(({ isReturn }) => isReturn),
  );
  await writeNew(writing, steps);
  for (const step of steps) if (step.step.before !== null) await writeKnown(writing, step);
  return steps.flatMap(happenedBy);
}

/**
 * Who comes back has what they are given anew, and nothing else (UA-50). Who never accepted an invitation gets a new one,
 * and is `PENDING` until then (UA-43).
 */
async function writeReturns(writing: Writing, steps: readonly JudgedStep[]): Promise<void> {
  const { tx, viewer } = writing;
  const { orgId } = viewer;
  const invited = steps.flatMap(({ step: { user } }) =>
    statusOnReturn(user) === "PENDING" && user.email !== null ? { ...user, email: user.email } : [],
  );
  for (const part of inParts(steps.map(({ step }) => step.user.id))) {
    const back = { orgId, id: oneOf(part) };
    await tx.user.updateMany({ where: back, data: { status: "ACTIVE" } });
    await tx.user.updateMany({
      where: { ...back, neverAccepted: true },
      data: { status: "PENDING", neverAccepted: false },
    });
    await tx.applicationAssignment.updateMany({
      where: { orgId, userId: oneOf(part) },
      data: { isEnabled: false },
    });
  }
  if (invited.length > 0) await invite(writing, invited);
}

async function writeNew({ tx, viewer }: Writing, steps: readonly JudgedStep[]): Promise<void> {
  const data = steps.flatMap(({ step: { user, application, before }, after }) =>
    before === null && after !== null
      ? { orgId: viewer.orgId, userId: user.id, application: application.key, ...after }
      : [],
  );
  for (const part of inParts(data)) await tx.applicationAssignment.createMany({ data: rowsOf(part) });
}

async function writeKnown({ tx, viewer }: Writing, { step, after }: JudgedStep): Promise<void> {
  const { orgId } = viewer;
  const key = { orgId, userId: step.user.id, application: step.application.key };
  const where = { orgId_userId_application: key };
  if (after === null) await tx.applicationAssignment.delete({ where });
  else await tx.applicationAssignment.update({ where, data: after });
}

function happenedBy({ step, after, moved, isReturn }: JudgedStep): readonly Happening[] {
  const { user, application, before, action } = step;
  const target = { type: "User", id: user.id } as const;
  const told = (assigned: Assigned) => ({ application: application.key, ...assigned });
  const happened: Happening[] = [];
  if (isReturn)
    happened.push({
      action: "ACTIVATE_USER",
      target,
      before: { status: user.status },
      after: { status: statusOnReturn(user) },
    });
  switch (action) {
    case "ASSIGN":
      if (after !== null)
        happened.push({ action: "ASSIGN_APPLICATION", target, before: null, after: told(after) });
      break;
    case "UNASSIGN":
      if (before !== null)
        happened.push({ action: "UNASSIGN_APPLICATION", target, before: told(before), after: null });
      break;
    case "EDIT":
    case "ENABLE":
    case "DISABLE":
      if (before !== null && after !== null)
        happened.push({
          action: EVENTS[action],
          target,
          before: told(before),
          after: told(after),
        });
  }
  if (moved !== null)
    happened.push({ action: "UPDATE_USER", target, before: shownOf(user), after: moved.read.after });
  return happened;
}

const EVENTS = {
  EDIT: "EDIT_APPLICATION_ASSIGNMENT",
  ENABLE: "ENABLE_APPLICATION",
  DISABLE: "DISABLE_APPLICATION",
} as const;
