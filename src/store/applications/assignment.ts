import type { UserId } from "../../kernel/id.ts";
import type { ApplicationAction } from "../../policy/model/application.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import { assignmentRows, viewerAdministers } from "../directory/applications.ts";
import { userNamed } from "../people/admit.ts";
import { applicationNamed } from "./named.ts";
import { standingOf } from "./standing.ts";
import { assignedIn, judgeStep, type Step } from "./step.ts";
import { readValues } from "./values.ts";
import { WAKES_STEPS, writeSteps } from "./write-steps.ts";

/** One application of one person, by its key. */
export type OneAssignment = { readonly userId: UserId; readonly application: string };

export type Answered = OneAssignment & { readonly values?: unknown };

/** Changes answers; what is left out stays, null takes away (UA-30). */
export function editApplicationAssignment(viewer: Viewer, change: Answered): Promise<OneAssignment> {
  return changed(viewer, "editApplicationAssignment", "EDIT", change);
}

/** Switches an application on that is off; what it asks is asked anew (UA-42). */
export function enableApplication(viewer: Viewer, change: Answered): Promise<OneAssignment> {
  return changed(viewer, "enableApplication", "ENABLE", change);
}

/** Switches an application off, and nothing else (UA-41): of CRM, record access goes with it at once (UA-04). */
export function disableApplication(viewer: Viewer, change: OneAssignment): Promise<OneAssignment> {
  return changed(viewer, "disableApplication", "DISABLE", change);
}

/** Takes an application away, answers included, and nothing else (UA-41). */
export function unassignApplication(viewer: Viewer, change: OneAssignment): Promise<OneAssignment> {
  return changed(viewer, "unassignApplication", "UNASSIGN", change);
}

type OneName =
  | "editApplicationAssignment"
  | "enableApplication"
  | "disableApplication"
  | "unassignApplication";

function changed(
  viewer: Viewer,
  name: OneName,
  action: ApplicationAction,
  change: Answered,
): Promise<OneAssignment> {
  return write(viewer, name, {
    read: (writing) => readStep(writing, action, change),
    change: async (writing, { step }) => {
      const judged = judgeStep(await standingOf(writing.viewer), step);
      return {
        result: { userId: change.userId, application: change.application },
        happened: await writeSteps(writing, [judged]),
        wakes: WAKES_STEPS,
      };
    },
  });
}

async function readStep({ viewer }: Writing, action: ApplicationAction, change: Answered) {
  const application = applicationNamed(viewer, "input.application", change.application);
  const user = userNamed(viewer, "input.user", change.userId);
  const rows = (await assignmentRows(viewer).load(user.id)) ?? [];
  const before = assignedIn(rows.find((each) => each.application === application.key));
  // What is not the viewer's to see is refused by the door as a whole; what is not assigned asks nothing.
  const isAnswered = action === "EDIT" || action === "ENABLE";
  const values =
    !isAnswered || before === null || !viewerAdministers(viewer, application)
      ? null
      : readValues(viewer, "input.values", application, change.values, {
          user,
          before: action === "EDIT" ? before.values : null,
        });
  const step: Step = {
    userPlace: "input.user",
    place: "input",
    user,
    application,
    before,
    action,
    values,
  };
  return { applications: [application], step };
}
