import { inParts, oneOf, rowsOf } from "../../database/parts.ts";
import type { Happening } from "../core/audit-event.ts";
import type { Writing } from "../core/write.ts";
import { shownOf } from "../people/user-change.ts";
import { writePlaces } from "../profiles/place.ts";
import type { Assigned, JudgedStep } from "./step.ts";

/**
 * Writes steps that were judged, in their order, and tells what happened. CRM gives people a place, and what they own
 * follows in steps: `MOVE_OWNED_RECORDS` is to be woken (SH-23).
 */
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

/** Who comes back has what they are given anew, and nothing else (UA-50). */
async function writeReturns({ tx, viewer }: Writing, steps: readonly JudgedStep[]): Promise<void> {
  const { orgId } = viewer;
  for (const part of inParts(steps.map(({ step }) => step.user.id))) {
    await tx.user.updateMany({ where: { orgId, id: oneOf(part) }, data: { status: "ACTIVE" } });
    await tx.applicationAssignment.updateMany({
      where: { orgId, userId: oneOf(part) },
      data: { isEnabled: false },
    });
  }
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
      after: { status: "ACTIVE" },
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
