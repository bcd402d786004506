import { InvalidInput } from "../../kernel/fault.ts";
import type { UserId } from "../../kernel/id.ts";
import type { User } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import { assignmentRows } from "../directory/applications.ts";
import { admitAdministrator, requireNotDeleted, userNamed } from "../people/admit.ts";
import { applicationsNamed, type NewAssignment, valuesNamed } from "./assign.ts";
import { standingOf } from "./standing.ts";
import { assignedIn, type JudgedStep, judgeStep, type Step } from "./step.ts";
import { WAKES_STEPS, writeSteps } from "./write-steps.ts";

/** Who comes back, with which applications. */
export type Activation = { readonly userId: UserId; readonly applications: readonly NewAssignment[] };

/**
 * Brings back somebody who was deactivated, with the applications that are named and no other (UA-50): what each asks is
 * asked anew (UA-42). Records, groups and shares are as they were.
 *
 * @throws {Forbidden} to all but administrators (UA-02), who administer the applications (UA-01); for a place that is not
 * the asker's to give (UA-31).
 * @throws {InvalidInput} `ACTION_NOT_AVAILABLE` for who is not inactive; `NO_SEAT` (UA-13); missing and invalid answers
 * (UA-30).
 */
export function activateUser(viewer: Viewer, wanted: Activation): Promise<{ readonly userId: UserId }> {
  return write(viewer, "activateUser", {
    read: (writing) => readActivation(writing, wanted),
    change: async (writing, { user, steps }) => {
      const { viewer } = writing;
      admitAdministrator(viewer);
      requireInactive(user);
      let standing = await standingOf(viewer);
      const judged = steps.map((step): JudgedStep => {
        const one = judgeStep(standing, step);
        ({ standing } = one);
        return one;
      });
      const happened = await writeSteps(writing, judged);
      return { result: { userId: user.id }, happened, wakes: WAKES_STEPS };
    },
  });
}

async function readActivation({ viewer }: Writing, { userId, applications: named }: Activation) {
  const applications = applicationsNamed(viewer, "input", named);
  const user = userNamed(viewer, "input.id", userId);
  const rows = (await assignmentRows(viewer).load(user.id)) ?? [];
  const steps = applications.map((application, at): Step => {
    const before = assignedIn(rows.find((each) => each.application === application.key));
    const place = `input.applications.${at}`;
    return {
      ...{ userPlace: "input.id", place, user, application, before, isReturn: true },
      action: before === null ? "ASSIGN" : "ENABLE",
      values: valuesNamed(viewer, place, application, named[at]?.values, user),
    };
  });
  return { applications, user, steps };
}

function requireInactive(user: User): void {
  requireNotDeleted("input.id", user);
  if (user.status === "INACTIVE") return;
  throw new InvalidInput("input.id", `${user.name} is ${user.status}: there is nobody to bring back.`, {
    code: "ACTION_NOT_AVAILABLE",
    requirement: "UA-43",
  });
}
