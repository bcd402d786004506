import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { holds } from "../../oracle/oracle.ts";
import type { Dice } from "../../random/dice.ts";
import { type Facts, rowOf, userId } from "../facts.ts";
import { firstOf, somebody, unless } from "../plausible/predict.ts";
import { mayGiveProfile } from "../plausible/profiles.ts";
import { takenIn } from "../plausible/seats.ts";
import type { Maker, Outcome, Scene } from "../step.ts";
import { ANSWERS, type Application, administers, outcomeFor } from "./application.ts";

/** Somebody new with one application, and how inviting them ends. */
type Newcomer = {
  readonly as: string;
  readonly input: Readonly<Record<string, unknown>> & { readonly email: string };
  readonly outcome: Outcome;
};

/** So many pending people are enough for everything else. */
const MOST_PENDING = 6;

function newcomer({ facts, dice, number }: Scene): Newcomer | null {
  const { rows, file, now } = facts;
  if (rows.users.filter(({ status }) => status === "PENDING").length >= MOST_PENDING) return null;
  const application = dice.pick(rows.applications.filter(({ key }) => key === "CRM" || key in ANSWERS));
  const as = inviter(facts, dice, application);
  const isMine = administers(facts, as, application);
  const isTaken = dice.chance(0.1);
  const known = dice.pick(rows.users.filter(({ email }) => email !== null));
  const email = isTaken ? (known.email ?? "").toUpperCase() : `new-${number}@acme.test`;
  const isTeam = dice.chance(0.2);
  const isWrong = application.key !== "CRM" && dice.chance(0.1);
  const role = dice.pick(rows.roles);
  const profile = dice.pick(rows.profiles);
  const isCrm = application.key === "CRM";
  const values = isCrm
    ? { role: toGlobalId("Role", role.id), profile: toGlobalId("Profile", profile.id) }
    : { ...ANSWERS[application.key], ...(isWrong ? { unheardOf: "x" } : {}) };
  const taken = takenIn(facts)[isTeam ? "TEAM" : "REGULAR"];
  const total = isTeam ? rows.organization.teamSeats : rows.organization.regularSeats;
  const [outcome = "DONE"] = firstOf(
    unless(!isWrong || !isMine, "BAD_USER_INPUT"),
    unless(holds(file, as, "MANAGE_USERS", now), "FORBIDDEN"),
    unless(isMine, "FORBIDDEN"),
    unless(!isCrm || mayGiveProfile(facts, as, null, profile), "FORBIDDEN"),
    unless(!isTaken, "CONFLICT"),
    unless(!isCrm || isTeam === (profile.kind === "TEAM_USER"), "ACTION_NOT_AVAILABLE"),
    unless(application.key === "PROJECTS" || taken < total, "NO_SEAT"),
  );
  const input = {
    email,
    ...(dice.chance(0.5) ? { name: `Newcomer ${number}` } : {}),
    ...(isTeam ? { license: "TEAM" } : {}),
    applications: [{ application: application.key, values }],
  };
  return { as, input, outcome };
}

function inviter(facts: Facts, dice: Dice, application: Application): string {
  return somebody(
    facts,
    dice,
    (email) => administers(facts, email, application) && holds(facts.file, email, "MANAGE_USERS", facts.now),
    0.85,
  );
}

/** UA-20: the person is pending, and a mail with a token is on its way to them. */
function isInvited({ rows }: Facts, email: string): void {
  const user = rows.users.find((each) => each.email === email.toLowerCase());
  expect(user?.status).toBe("PENDING");
  expect(
    rows.tokens.filter(({ userId: id, purpose }) => id === user?.id && purpose === "INVITATION"),
  ).toHaveLength(1);
}

export const inviteUser: Maker = (scene) => {
  const made = newcomer(scene);
  if (made === null) return null;
  const { as, input, outcome } = made;
  return {
    mutation: "inviteUser",
    as,
    input,
    select: "user { id }",
    expected: [outcome],
    check: (after) => isInvited(after, input.email),
  };
};

export const inviteUsers: Maker = (scene) => {
  const made = newcomer(scene);
  if (made === null) return null;
  const { as, input, outcome } = made;
  return {
    mutation: "inviteUsers",
    as,
    input: { items: [input] },
    select: "items { email isDone refusal { code } }",
    expected: ["DONE"],
    events: outcome === "DONE" ? 1 : 0,
    check: (after, { items }) => {
      expect(items).toEqual([
        {
          email: input.email,
          isDone: outcome === "DONE",
          refusal: outcome === "DONE" ? null : { code: outcome },
        },
      ]);
      if (outcome === "DONE") isInvited(after, input.email);
    },
  };
};

export const addApplicationUsers: Maker = ({ facts, dice }) => {
  const { rows } = facts;
  const application = dice.pick(rows.applications.filter(({ key }) => key in ANSWERS));
  const as = inviter(facts, dice, application);
  const user = dice.pick(rows.users);
  const values = ANSWERS[application.key] ?? {};
  const answers = { values, isWrong: false, role: null, profile: null };
  const outcome = outcomeFor(facts, as, user, application, "ASSIGN", answers);
  return {
    mutation: "addApplicationUsers",
    as,
    input: { application: application.key, values, items: [{ user: userId(user) }] },
    select: "items { isDone refusal { code } }",
    expected: ["DONE"],
    events: outcome === "DONE" ? 1 : 0,
    check: (after, { items }) => {
      expect(items).toEqual([
        { isDone: outcome === "DONE", refusal: outcome === "DONE" ? null : { code: outcome } },
      ]);
      if (outcome !== "DONE") return;
      const row = rowOf(after.rows.users, user.id).applications.find(
        (each) => each.application === application.key,
      );
      expect(row?.isEnabled).toBe(true);
    },
  };
};
