import { type Fault, InvalidInput, isFault, together } from "../../kernel/fault.ts";
import { fromGlobalId, type NodeType } from "../../kernel/global-id.ts";
import { ABSENT_ID, asId, type Id, type UserId } from "../../kernel/id.ts";
import {
  type Application,
  type ApplicationField,
  type AssignmentValues,
  isPlaceType,
} from "../../policy/model/application.ts";
import type { Profile, User } from "../../policy/model/org.ts";
import {
  faultsOfValues,
  missingValue,
  ownFields,
  type ValueFault,
} from "../../policy/rights/application-values.ts";
import type { Viewer } from "../core/viewer.ts";
import { personNamed, roleNamed } from "../directory/named.ts";
import { profileNamed } from "../people/assign.ts";
import type { ShownUser } from "../people/user-change.ts";

/** What an input answers: what stands with the assignment, and what becomes of the person's place. */
export type ReadValues = {
  readonly own: AssignmentValues;
  readonly place: Partial<Pick<ShownUser, "roleId" | "profileId" | "reportsToId">>;
  /** The profile, when one is named. */
  readonly profile: Profile | null;
};

/** Whose answers are read: the person, or one who is only about to be; and what they answered before, when they edit. */
export type Answering = {
  readonly user: Pick<User, "license"> & Partial<Pick<User, "roleId" | "profileId">>;
  /** Null: everything that is required is asked for anew (UA-42). */
  readonly before: AssignmentValues | null;
};

/**
 * Reads the answers to what an application asks (UA-30). Null takes an answer away, what is left out is as before.
 *
 * @param place of the values in the input.
 * @throws {InvalidInput} with all faults, each naming the application and the field.
 * @throws {NotFound} for a role, a profile or a person that is none.
 */
export function readValues(
  viewer: Viewer,
  place: string,
  application: Application,
  input: unknown,
  answering: Answering,
): ReadValues {
  const given = entriesIn(place, application, input);
  const ofPlace = application.fields.filter(({ type }) => isPlaceType(type));
  const answers = answersBefore(application, answering);
  for (const [key, value] of given) {
    if (ofPlace.some((field) => field.key === key)) continue;
    if (value === null) answers.delete(key);
    else answers.set(key, value);
  }
  // Not by assignment: to an object `__proto__` is no key like others.
  const own = Object.fromEntries(answers);
  const faults: (ValueFault | Fault)[] = [...faultsOfValues(application, own)];
  let read: Omit<ReadValues, "own"> = { place: {}, profile: null };
  for (const field of ofPlace) {
    const value = given.get(field.key);
    if (value === undefined || (value === null && field.isRequired)) {
      if (isAsked(field, answering) || value === null) faults.push(missingValue(application, field));
      continue;
    }
    try {
      read = withPlace(viewer, `${place}.${field.key}`, field, value, read);
    } catch (error) {
      if (!isFault(error)) throw error;
      faults.push(error);
    }
  }
  refuse(place, faults);
  return { ...read, own: own as AssignmentValues };
}

/** What is not asked any more was answered for nothing. */
function answersBefore(application: Application, { before }: Answering): Map<string, unknown> {
  const asked = new Set(ownFields(application).map(({ key }) => key));
  return new Map(Object.entries(before ?? {}).filter(([key]) => asked.has(key)));
}

/** An edit leaves what it does not name; the profile of team users is theirs without being asked for (TU-07). */
function isAsked(field: ApplicationField, { user, before }: Answering): boolean {
  if (!field.isRequired || (field.type === "PROFILE" && user.license === "TEAM")) return false;
  if (before === null) return true;
  return field.type === "ROLE" ? user.roleId == null : user.profileId == null;
}

function entriesIn(place: string, { name }: Application, input: unknown): ReadonlyMap<string, unknown> {
  if (input === undefined || input === null) return new Map();
  if (typeof input !== "object" || Array.isArray(input))
    throw new InvalidInput(place, `What ${name} asks is answered by an object, by key of its fields.`, {
      requirement: "UA-30",
    });
  return new Map(Object.entries(input));
}

function withPlace(
  viewer: Viewer,
  place: string,
  { type }: ApplicationField,
  value: unknown,
  read: Omit<ReadValues, "own">,
): Omit<ReadValues, "own"> {
  switch (type) {
    case "ROLE": {
      const { id } = roleNamed(viewer, place, referenced("Role", place, value));
      return { ...read, place: { ...read.place, roleId: id } };
    }
    case "PROFILE": {
      const profile = profileNamed(viewer, place, referenced("Profile", place, value));
      return { place: { ...read.place, profileId: profile.id }, profile };
    }
    case "MANAGER": {
      const reportsToId: UserId | null =
        value === null ? null : personNamed(viewer, place, referenced("User", place, value)).id;
      return { ...read, place: { ...read.place, reportsToId } };
    }
    case "TEXT":
    case "OPTION":
    case "BOOLEAN":
      return read;
  }
}

/** The global id of another noun is looked up like one that is not there (AP-03). */
function referenced<Noun extends NodeType>(noun: Noun, place: string, value: unknown): Id<Noun> {
  const named = typeof value === "string" ? fromGlobalId(value) : null;
  if (named === null) throw new InvalidInput(place, "A reference is a global id.", { requirement: "AP-01" });
  return asId(named.type === noun ? named.id : ABSENT_ID);
}

/** Faults of the input are told together; what is out of reach only when there is none (AP-04). */
function refuse(place: string, faults: readonly (ValueFault | Fault)[]): void {
  const wrong = faults.flatMap((fault) => {
    if (fault instanceof InvalidInput) return fault;
    return "kind" in fault && isFault(fault)
      ? []
      : new InvalidInput(`${place}.${(fault as ValueFault).field}`, (fault as ValueFault).message, {
          requirement: "UA-30",
        });
  });
  if (wrong.length > 0) throw together(wrong);
  const [other] = faults;
  if (other !== undefined) throw other;
}
