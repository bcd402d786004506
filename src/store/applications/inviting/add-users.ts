import { InvalidInput } from "../../../kernel/fault.ts";
import type { UserId } from "../../../kernel/id.ts";
import type { Application } from "../../../policy/model/application.ts";
import {
  admittedOf,
  eachInTurn,
  type ItemRefusal,
  outcomeOf,
  placeOf,
  requireItems,
} from "../../core/items.ts";
import type { Viewer } from "../../core/viewer.ts";
import { asItem, writeEach } from "../../core/write.ts";
import { assignmentRows } from "../../directory/applications.ts";
import { userNamed } from "../../people/admit.ts";
import { valuesNamed } from "../assign.ts";
import { applicationNamed } from "../named.ts";
import { standingOf } from "../standing.ts";
import { assignedIn, type JudgedStep, judgeStep, type Step } from "../step.ts";
import { WAKES_STEPS, writeSteps } from "../write-steps.ts";
import { type Invitee, judgePerson, type ReadPerson, readEmail, readPerson } from "./person.ts";
import { nextSeq, writePeople } from "./write-people.ts";

/** One of several people: somebody who is here, or an address; that of somebody who is here is theirs. */
export type AddedPerson =
  | { readonly userId: UserId }
  | { readonly email: string; readonly name?: string | null | undefined };

export type Adding = {
  /** The key of the application. */
  readonly application: string;
  /** What it asks, answered the same for all. */
  readonly values?: unknown;
  readonly people: readonly AddedPerson[];
};

export type AddedItem = { readonly userId: UserId | null; readonly refusal: ItemRefusal | null };
export type Added = { readonly items: readonly AddedItem[] };

type ReadAdding = { readonly applications: readonly Application[] } & (
  | { readonly step: Step }
  | { readonly person: ReadPerson }
);
type JudgedAdding = { readonly step: JudgedStep } | { readonly invitee: Invitee };

/**
 * Adds up to 500 people, new or here already, to one application with one set of answers (UA-20): each is decided by
 * themselves, after those before them. Who is new is invited.
 */
export function addApplicationUsers(
  viewer: Viewer,
  { application: key, values, people }: Adding,
): Promise<Added> {
  return writeEach(viewer, "addApplicationUsers", {
    read: async ({ viewer }) => {
      const application = applicationNamed(viewer, "input.application", key);
      requireItems(people.map(nameOf), placeOf, "person");
      return Promise.all(
        people.map((person, at) =>
          asItem(() => readAdding(viewer, placeOf(at), application, values, person)),
        ),
      );
    },
    change: async (writing, items) => {
      let standing = await standingOf(writing.viewer);
      let seq = await nextSeq(writing);
      const added = new Set<UserId>();
      const judged = await eachInTurn(writing.viewer, items, (read, place): JudgedAdding => {
        if ("step" in read) {
          // Once by id and once by address: told to nobody before they may know whose the address is.
          if (added.has(read.step.user.id)) throw new InvalidInput(place, "The person is named twice.");
          added.add(read.step.user.id);
          const step = judgeStep(standing, read.step);
          standing = step.standing;
          return { step };
        }
        const invitee = judgePerson(standing, read.person, seq);
        standing = invitee.standing;
        seq += 1;
        return { invitee };
      });
      const done = admittedOf(judged);
      const steps = done.flatMap((each) => ("step" in each ? each.step : []));
      const invitees = done.flatMap((each) => ("invitee" in each ? each.invitee : []));
      const happened = [...(await writePeople(writing, invitees)), ...(await writeSteps(writing, steps))];
      const { items: outcomes } = outcomeOf(people.map(nameOf), judged);
      return {
        result: {
          items: outcomes.map(({ refusal }, at) => {
            const item = judged[at];
            return { refusal, userId: item !== undefined && "read" in item ? idIn(item.read) : null };
          }),
        },
        happened,
        wakes: WAKES_STEPS,
      };
    },
  });
}

function idIn(judged: JudgedAdding): UserId {
  return "step" in judged ? judged.step.step.user.id : judged.invitee.user.id;
}

function nameOf(person: AddedPerson): string {
  return "userId" in person ? person.userId : person.email.trim().toLowerCase();
}

async function readAdding(
  viewer: Viewer,
  place: string,
  application: Application,
  values: unknown,
  person: AddedPerson,
): Promise<ReadAdding> {
  const known =
    "userId" in person
      ? userNamed(viewer, `${place}.user`, person.userId)
      : viewer.policy.usersByEmail.get(readEmail(`${place}.email`, person.email));
  if (known === undefined || known.license === "SUPPORT") {
    // The address of nobody whom the viewer could know is asked about like any other.
    const { email, name } = person as { readonly email: string; readonly name?: string | null };
    const applications = [{ application: application.key, values }];
    const read = readPerson(viewer, place, { email, name, applications }, () => "input");
    return { applications: [application], person: read };
  }
  const rows = (await assignmentRows(viewer).load(known.id)) ?? [];
  const step: Step = {
    userPlace: place,
    place: "input",
    user: known,
    application,
    before: assignedIn(rows.find((each) => each.application === application.key)),
    action: "ASSIGN",
    values: valuesNamed(viewer, "input", application, values, known),
  };
  return { applications: [application], step };
}
