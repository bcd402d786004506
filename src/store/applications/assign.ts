import { InvalidInput } from "../../kernel/fault.ts";
import type { UserId } from "../../kernel/id.ts";
import type { Application } from "../../policy/model/application.ts";
import type { User } from "../../policy/model/org.ts";
import { admittedOf, type EachOutcome, eachInTurn, outcomeOf, placeOf, requireItems } from "../core/items.ts";
import type { Viewer } from "../core/viewer.ts";
import { asItem, writeEach } from "../core/write.ts";
import { assignmentRows, viewerAdministers } from "../directory/applications.ts";
import { userNamed } from "../people/admit.ts";
import { applicationNamed } from "./named.ts";
import { standingOf } from "./standing.ts";
import { assignedIn, type JudgedStep, judgeStep, type Step } from "./step.ts";
import { readValues } from "./values.ts";
import { WAKES_STEPS, writeSteps } from "./write-steps.ts";

/** An application to be given, by its key, with the answers to what it asks. */
export type NewAssignment = { readonly application: string; readonly values?: unknown };

/** Who is to get which applications. */
export type Assigning = { readonly userId: UserId; readonly applications: readonly NewAssignment[] };

/**
 * Gives applications to up to 500 people (UA-65): each person is decided by themselves, with all of theirs or none.
 *
 * @throws {Forbidden} of an item, for applications that the viewer does not administer (UA-01).
 * @throws {InvalidInput} of an item, `BAD_USER_INPUT` for missing, unknown and invalid answers (UA-30),
 * `ACTION_NOT_AVAILABLE`, `NO_SEAT`.
 */
export function assignApplications(
  viewer: Viewer,
  assigning: readonly Assigning[],
): Promise<EachOutcome<UserId>> {
  const ids = assigning.map(({ userId }) => userId);
  return writeEach(viewer, "assignApplications", {
    read: async ({ viewer }) => {
      requireItems(ids, (at) => `${placeOf(at)}.user`, "person");
      return Promise.all(assigning.map((item, at) => asItem(() => readAssigning(viewer, placeOf(at), item))));
    },
    change: async (writing, items) => {
      let standing = await standingOf(writing.viewer);
      const judged = await eachInTurn(writing.viewer, items, ({ steps }): readonly JudgedStep[] => {
        let now = standing;
        const made = steps.map((step) => {
          const one = judgeStep(now, step);
          now = one.standing;
          return one;
        });
        standing = now;
        return made;
      });
      return {
        result: outcomeOf(ids, judged),
        happened: await writeSteps(writing, admittedOf(judged).flat()),
        wakes: WAKES_STEPS,
      };
    },
  });
}

type ReadAssigning = { readonly applications: readonly Application[]; readonly steps: readonly Step[] };

async function readAssigning(
  viewer: Viewer,
  place: string,
  { userId, applications: named }: Assigning,
): Promise<ReadAssigning> {
  const applications = applicationsNamed(viewer, place, named);
  const user = userNamed(viewer, `${place}.user`, userId);
  const rows = (await assignmentRows(viewer).load(userId)) ?? [];
  const steps = applications.map((application, at): Step => {
    const row = rows.find((each) => each.application === application.key);
    const spot = `${place}.applications.${at}`;
    return {
      userPlace: `${place}.user`,
      place: spot,
      user,
      application,
      before: assignedIn(row),
      action: "ASSIGN",
      values: valuesNamed(viewer, spot, application, named[at]?.values, user),
    };
  });
  return { applications, steps };
}

/** The applications that an input names, each once and one at least. @throws {InvalidInput} naming the place. */
export function applicationsNamed(
  viewer: Viewer,
  place: string,
  named: readonly NewAssignment[],
): readonly Application[] {
  if (named.length === 0)
    throw new InvalidInput(`${place}.applications`, "Name at least one application.", {
      requirement: "UA-20",
    });
  return named.map(({ application: key }, at) => {
    const spot = `${place}.applications.${at}.application`;
    const application = applicationNamed(viewer, spot, key);
    if (named.findIndex((each) => each.application === key) < at)
      throw new InvalidInput(spot, `${application.name} is named twice.`);
    return application;
  });
}

/** What an application asks is told to nobody who does not administer it: that is refused as a whole. */
export function valuesNamed(
  viewer: Viewer,
  place: string,
  application: Application,
  input: unknown,
  user: Pick<User, "license">,
) {
  return viewerAdministers(viewer, application)
    ? readValues(viewer, `${place}.values`, application, input, { user, before: null })
    : null;
}
