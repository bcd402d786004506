import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { holds } from "../../oracle/oracle.ts";
import type { Dice } from "../../random/dice.ts";
import { addressOf, type Facts, rowOf, type UserRow, userId, versionOf } from "../facts.ts";
import { mayMove } from "../plausible/moving.ts";
import { firstOf, somebody, somebodyWith, unless } from "../plausible/predict.ts";
import { mayGiveProfile } from "../plausible/profiles.ts";
import { misreports } from "../plausible/reporting.ts";
import { takenIn } from "../plausible/seats.ts";
import type { Maker, Outcome } from "../step.ts";
import { profileOf, reportsToSelf, unfit, withUser } from "./user.ts";

export type Application = Facts["rows"]["applications"][number];
type Row = UserRow["applications"][number];
type Action = "ASSIGN" | "EDIT" | "ENABLE" | "DISABLE" | "UNASSIGN";

/** Answers that fit, by application; CRM's are a place of its own. */
export const ANSWERS: Readonly<Record<string, object>> = {
  DESK: { role: "Agent", profile: "Agent", department: "General" },
  PROJECTS: { role: "Employee", profile: "Employee", project: "General" },
  ANALYTICS: { role: "Viewer" },
  SURVEY: { department: "General", departmentRole: "Viewer" },
};

/** UA-40, of the applications above and CRM. */
const AVAILABLE: Readonly<Record<string, Readonly<Record<"PENDING" | "ACTIVE", readonly Action[]>>>> = {
  CRM: { PENDING: ["EDIT", "ENABLE", "DISABLE"], ACTIVE: ["EDIT", "ENABLE", "DISABLE"] },
  DESK: { PENDING: ["EDIT", "ENABLE", "DISABLE"], ACTIVE: ["EDIT", "ENABLE", "DISABLE"] },
  PROJECTS: { PENDING: ["EDIT", "UNASSIGN"], ACTIVE: ["EDIT", "ENABLE", "DISABLE"] },
  ANALYTICS: { PENDING: ["ENABLE", "DISABLE"], ACTIVE: ["ENABLE", "DISABLE"] },
  SURVEY: { PENDING: ["EDIT", "UNASSIGN"], ACTIVE: ["EDIT", "ENABLE", "DISABLE"] },
};

/** UA-03. */
export function administers({ rows }: Facts, as: string, { administrators }: Application): boolean {
  const person = rows.users.find((each) => addressOf(each) === as);
  if (person === undefined || person.license !== "REGULAR" || person.status !== "ACTIVE") return false;
  return (
    person.isAdministrator ||
    person.id === rows.organization.superAdminId ||
    administrators.some((each) => each.userId === person.id)
  );
}

/** What is answered: with `role` and `profile`, CRM's. */
export type Answers = {
  readonly values: object;
  readonly isWrong: boolean;
  readonly role: Facts["rows"]["roles"][number] | null;
  readonly profile: Facts["rows"]["profiles"][number] | null;
};

function answersFor(facts: Facts, dice: Dice, key: string, user: UserRow): Answers {
  if (key !== "CRM") {
    const isWrong = dice.chance(0.15);
    const light = key === "DESK" && dice.chance(0.4) ? { lightAgent: true } : {};
    const values = isWrong ? { ...ANSWERS[key], unheardOf: "x" } : { ...ANSWERS[key], ...light };
    return { values, isWrong, role: null, profile: null };
  }
  const own = facts.rows.roles.find(({ id }) => id === user.roleId);
  const role = own !== undefined && dice.chance(0.7) ? own : dice.pick(facts.rows.roles);
  const profile = dice.chance(0.7)
    ? (profileOf(facts, user) ?? dice.pick(facts.rows.profiles))
    : dice.pick(facts.rows.profiles);
  const isWrong = dice.chance(0.1);
  return {
    values: {
      role: toGlobalId("Role", role.id),
      ...(isWrong ? { profile: 5 } : { profile: toGlobalId("Profile", profile.id) }),
    },
    isWrong,
    role,
    profile,
  };
}

/** How a step ends, by the specification, in the order of refusals. */
export function outcomeFor(
  facts: Facts,
  as: string,
  user: UserRow,
  application: Application,
  action: Action,
  answers: Answers | null,
): Outcome {
  const { file, now, rows } = facts;
  const before = user.applications.find((each) => each.application === application.key);
  const isMine = administers(facts, as, application);
  const isAnswered = answers !== null && isMine && (action === "ASSIGN" || before !== undefined);
  const mayAll = holds(file, as, "MANAGE_ADMIN_PERMISSIONS", now);
  const isAdministrator =
    user.profileId !== null && rowOf(rows.profiles, user.profileId).kind === "ADMINISTRATOR";
  const isTouchy = isAdministrator || addressOf(user) === as || user.id === rows.organization.superAdminId;
  const isGiven = before?.isEnabled !== true || user.status === "INACTIVE";
  const place = isAnswered ? placeRefusals(facts, as, user, answers, isGiven) : { early: [], late: [] };
  const kind = user.license === "TEAM" ? "TEAM" : "REGULAR";
  const total = kind === "TEAM" ? rows.organization.teamSeats : rows.organization.regularSeats;
  const needsSeat = seatAfter(user, application.key, action, answers, before) && !takenIn(facts, user);
  const [outcome] = firstOf(
    unless(user.license !== "SUPPORT", "NOT_FOUND"),
    unless(!isAnswered || !answers.isWrong, "BAD_USER_INPUT"),
    unless(holds(file, as, "MANAGE_USERS", now), "FORBIDDEN"),
    unless(isMine, "FORBIDDEN"),
    unless(user.status !== "INACTIVE" || mayAll, "FORBIDDEN"),
    unless(application.key !== "CRM" || !isTouchy || mayAll, "FORBIDDEN"),
    ...place.early,
    unless(availableFor(application.key, user, before).includes(action), "ACTION_NOT_AVAILABLE"),
    ...place.late,
    unless(!needsSeat || takenIn(facts)[kind] < total, "NO_SEAT"),
  );
  return outcome ?? "DONE";
}

type Refusals = readonly (Outcome | null)[];

/** UA-31: who gets CRM is given the whole place by it; otherwise what becomes another one, as `updateUser` would. */
function placeRefusals(
  facts: Facts,
  as: string,
  user: UserRow,
  { role, profile }: Answers,
  isGiven: boolean,
): { readonly early: Refusals; readonly late: Refusals } {
  if (role === null || profile === null) return { early: [], late: [] };
  const then = withUser(facts, user, { role: role.key, profile: profile.key });
  const known = profileOf(facts, user);
  const newProfile = profile.id === user.profileId ? null : profile;
  const isMoved = role.id !== user.roleId;
  const isElsewhere = isMoved || newProfile !== null;
  const given = isGiven ? profile : newProfile;
  const isNobody = user.status === "DELETED";
  return {
    early: [
      unless(
        isNobody || given === null || mayGiveProfile(facts, as, isGiven ? null : known, given),
        "FORBIDDEN",
      ),
      unless(!(isGiven || isElsewhere) || mayMove(facts, as, [user]), "FORBIDDEN"),
    ],
    late: [
      unless(!isElsewhere || mayMove(facts, as, [user], then), "FORBIDDEN"),
      unless(newProfile === null || mayGiveProfile(facts, as, known, newProfile), "FORBIDDEN"),
      newProfile === null ? null : unfit(facts, user, newProfile),
      unless(!isMoved || !reportsToSelf(then, addressOf(user)), "CONFLICT"),
      unless(!isMoved || misreports(facts.file, then).length === 0, "CONFLICT"),
    ],
  };
}

/** UA-40, UA-41, UA-43. */
function availableFor(key: string, { status }: UserRow, before: Row | undefined): readonly Action[] {
  const isWorking = status === "PENDING" || status === "ACTIVE";
  if (before === undefined) return isWorking ? ["ASSIGN"] : [];
  if (status === "INACTIVE") return ["ENABLE"];
  if (!isWorking) return [];
  return (AVAILABLE[key]?.[status] ?? []).filter(
    (action) => action !== (before.isEnabled ? "ENABLE" : "DISABLE"),
  );
}

/** UA-11, UA-12: whether the person is counted afterwards. */
function seatAfter(
  user: UserRow,
  key: string,
  action: Action,
  answers: Answers | null,
  before: Row | undefined,
): boolean {
  const others = user.applications.filter((each) => each.application !== key);
  const isOn =
    action === "ASSIGN" || action === "ENABLE" || (action === "EDIT" && before?.isEnabled === true);
  const values =
    action === "EDIT" ? { ...Object(before?.values), ...answers?.values } : (answers?.values ?? {});
  const own = isOn ? [{ application: key, isEnabled: true, values }] : [];
  // Who comes back has that one application alone (UA-50).
  return [...(user.status === "INACTIVE" ? [] : others), ...own].some(isCounted);
}

export function isCounted(row: {
  readonly application: string;
  readonly isEnabled: boolean;
  readonly values: unknown;
}) {
  if (!row.isEnabled || row.application === "PROJECTS") return false;
  return row.application !== "DESK" || Object(row.values)["lightAgent"] !== true;
}

/** Without CRM nobody can do anything else: these keep it. */
const NEEDED = ["root@acme.test", "ada@acme.test"];

/** Somebody who may, an application and somebody of whom it can be done; null when there is nobody. */
function scene(facts: Facts, dice: Dice, action: Action) {
  const applications = facts.rows.applications.filter(({ key }) => key === "CRM" || key in ANSWERS);
  const peopleFor = ({ key }: Application) =>
    facts.rows.users.filter((user) => {
      const row = user.applications.find((each) => each.application === key);
      if (action === "DISABLE" && NEEDED.includes(user.email ?? "")) return false;
      return user.license !== "SUPPORT" && availableFor(key, user, row).includes(action);
    });
  const fitting = applications.filter((each) => peopleFor(each).length > 0);
  if (fitting.length === 0) return null;
  const application = dice.pick(fitting);
  const as = somebody(
    facts,
    dice,
    (email) => administers(facts, email, application) && holds(facts.file, email, "MANAGE_USERS", facts.now),
    0.85,
  );
  const user = dice.pick(dice.chance(0.85) ? peopleFor(application) : facts.rows.users);
  return { as, application, user };
}

export const assignApplications: Maker = ({ facts, dice }) => {
  const found = scene(facts, dice, "ASSIGN");
  if (found === null) return null;
  const { as, application, user } = found;
  const answers = answersFor(facts, dice, application.key, user);
  const outcome = outcomeFor(facts, as, user, application, "ASSIGN", answers);
  return {
    mutation: "assignApplications",
    as,
    input: {
      items: [
        { user: userId(user), applications: [{ application: application.key, values: answers.values }] },
      ],
    },
    select: "items { id isDone refusal { code } }",
    expected: ["DONE"],
    events: outcome === "DONE" ? { atLeast: 1 } : 0,
    check: (after, { items }) => {
      expect(items).toEqual([
        {
          id: userId(user),
          isDone: outcome === "DONE",
          refusal: outcome === "DONE" ? null : { code: outcome },
        },
      ]);
      const row = rowOf(after.rows.users, user.id).applications.find(
        (each) => each.application === application.key,
      );
      if (outcome === "DONE") expect(row?.isEnabled).toBe(true);
    },
  };
};

function one(
  mutation: "editApplicationAssignment" | "enableApplication" | "disableApplication" | "unassignApplication",
  action: Action,
): Maker {
  return ({ facts, dice }) => {
    const found = scene(facts, dice, action);
    if (found === null) return null;
    const { as, application, user } = found;
    const isAnswered = action === "EDIT" || action === "ENABLE";
    const answers = isAnswered ? answersFor(facts, dice, application.key, user) : null;
    const before = user.applications.find((each) => each.application === application.key);
    return {
      mutation,
      as,
      input: {
        user: userId(user),
        application: application.key,
        ...(answers === null ? {} : { values: answers.values }),
      },
      select: "user { id }",
      expected: [outcomeFor(facts, as, user, application, action, answers)],
      events: { atLeast: 1 },
      check: (after) => {
        const row = rowOf(after.rows.users, user.id).applications.find(
          (each) => each.application === application.key,
        );
        const isOn = {
          ASSIGN: true,
          ENABLE: true,
          EDIT: before?.isEnabled,
          DISABLE: false,
          UNASSIGN: undefined,
        };
        expect(row?.isEnabled).toBe(isOn[action]);
        if (user.status === "INACTIVE") cameBack(after, user);
      },
    };
  };
}

export const editApplicationAssignment = one("editApplicationAssignment", "EDIT");
export const enableApplication = one("enableApplication", "ENABLE");
export const disableApplication = one("disableApplication", "DISABLE");
export const unassignApplication = one("unassignApplication", "UNASSIGN");

/** UA-43: who never accepted an invitation is invited anew. */
function cameBack(after: Facts, { id, neverAccepted }: UserRow): UserRow {
  const is = rowOf(after.rows.users, id);
  expect([is.status, is.neverAccepted]).toEqual([neverAccepted ? "PENDING" : "ACTIVE", false]);
  return is;
}

/** UA-50: whoever was deactivated comes back with what is named, answered anew. */
export const activateUser: Maker = ({ facts, dice }) => {
  const applications = facts.rows.applications.filter(({ key }) => key === "CRM" || key in ANSWERS);
  const as = somebodyWith(facts, dice, "MANAGE_ADMIN_PERMISSIONS");
  const gone = facts.rows.users.filter(({ status }) => status === "INACTIVE");
  const user = dice.pick(gone.length > 0 && dice.chance(0.85) ? gone : facts.rows.users);
  const known = applications.filter(({ key }) =>
    user.applications.some(({ application }) => application === key),
  );
  const application = dice.pick(known.length > 0 ? known : applications);
  if (known.length === 0 && user.status === "INACTIVE") return null;
  const answers = answersFor(facts, dice, application.key, user);
  const isMine = administers(facts, as, application);
  const { file, now } = facts;
  return {
    mutation: "activateUser",
    as,
    input: {
      id: userId(user),
      applications: [{ application: application.key, values: answers.values }],
    },
    select: "user { id status }",
    expected: firstOf(
      unless(user.license !== "SUPPORT", "NOT_FOUND"),
      unless(!isMine || !answers.isWrong, "BAD_USER_INPUT"),
      unless(
        holds(file, as, "MANAGE_ADMIN_PERMISSIONS", now) && holds(file, as, "MANAGE_USERS", now) && isMine,
        "FORBIDDEN",
      ),
      unless(user.status === "INACTIVE", "ACTION_NOT_AVAILABLE"),
      ...[outcomeFor(facts, as, user, application, "ENABLE", answers)].map((outcome) =>
        outcome === "DONE" ? null : outcome,
      ),
    ),
    events: { atLeast: 2 },
    check: (after) => {
      const is = cameBack(after, user);
      expect(is.applications.filter(({ isEnabled }) => isEnabled).map((each) => each.application)).toEqual([
        application.key,
      ]);
    },
  };
};

export const configureApplication: Maker = ({ facts, dice, number }) => {
  const { rows, file, now } = facts;
  const application = dice.pick(rows.applications.filter(({ key }) => key !== "CRM"));
  const as = somebody(facts, dice, (email) => administers(facts, email, application), 0.8);
  const present = versionOf(facts, "APPLICATION", application.id);
  const isStale = dice.chance(0.15);
  const administrators = dice.chance(0.5) ? dice.sample(rows.users, dice.between(0, 2)) : null;
  const isAbsent = (each: UserRow) => each.license === "SUPPORT" || each.status === "DELETED";
  const expected = firstOf(
    unless(administrators?.some(isAbsent) !== true, "NOT_FOUND"),
    unless(administers(facts, as, application), "FORBIDDEN"),
    unless(administrators === null || holds(file, as, "MANAGE_ADMIN_PERMISSIONS", now), "FORBIDDEN"),
    unless(administrators === null || !isStale, "CONFLICT"),
    unless(
      administrators?.every((each) => each.status === "ACTIVE" && each.license === "REGULAR") ?? true,
      "ACTION_NOT_AVAILABLE",
    ),
  );
  return {
    mutation: "configureApplication",
    as,
    input: {
      application: application.key,
      name: `Application ${number}`,
      ...(administrators === null
        ? {}
        : { administrators: administrators.map(userId), expectedVersion: isStale ? present + 1 : present }),
    },
    select: "application { id }",
    expected,
    check: (after) => {
      const is = rowOf(after.rows.applications, application.id);
      expect(is.name).toBe(`Application ${number}`);
      if (administrators !== null)
        expect(is.administrators.map((each) => each.userId).sort()).toEqual(
          administrators.map(({ id }) => id).sort(),
        );
    },
  };
};

export const setSeats: Maker = ({ facts, dice }) => {
  const as = somebodyWith(facts, dice, "MANAGE_SUBSCRIPTION");
  const taken = takenIn(facts);
  const regular = dice.chance(0.2) ? taken.REGULAR - dice.between(1, 3) : taken.REGULAR + dice.between(0, 2);
  const team = taken.TEAM + dice.between(0, 2);
  return {
    mutation: "setSeats",
    as,
    input: { regular, team },
    select: "organization { id }",
    expected: firstOf(
      unless(regular >= 0, "BAD_USER_INPUT"),
      unless(holds(facts.file, as, "MANAGE_SUBSCRIPTION", facts.now), "FORBIDDEN"),
      unless(regular >= taken.REGULAR, "NO_SEAT"),
    ),
    check: (after) =>
      expect(after.rows.organization).toMatchObject({ regularSeats: regular, teamSeats: team }),
  };
};
