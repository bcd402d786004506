import { addressOf, type Facts } from "../mutations-random/facts.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import type { Race } from "./race.ts";
import { itsPersonWrites, leadId, profileId, RAY, ROOT, recordLeft, userId } from "./requests.ts";
import { addPerson, addRecord, person } from "./world.ts";

const one = (n: number) => `one-${n}@acme.test`;
const other = (n: number) => `other-${n}@acme.test`;

/** Two who administer the suite. */
function withSuiteAdministrators(file: OrganizationFile, n: number): void {
  file.users[one(n)] = { name: `One ${n}`, role: "clerk", administrator: true };
  file.users[other(n)] = { name: `Other ${n}`, role: "clerk", administrator: true };
}

/** Two who have the Administrator profile. */
function withAdministrators(file: OrganizationFile, n: number): void {
  file.users[one(n)] = { name: `One ${n}`, role: "clerk", profile: "administrator" };
  file.users[other(n)] = { name: `Other ${n}`, role: "clerk", profile: "administrator" };
}

const otherDeactivatesOne = (facts: Facts, n: number) => ({
  mutation: "deactivateUser" as const,
  as: other(n),
  input: { id: userId(facts, one(n)) },
  select: "user { id }",
});

/** Which of the two are active, and administer. */
function administratorsLeft({ rows }: Facts, n: number): readonly string[] {
  const administers = rows.profiles.find(({ key }) => key === "administrator")?.id;
  return [one(n), other(n)]
    .filter((email) =>
      rows.users.some(
        (user) =>
          user.email === email &&
          user.status === "ACTIVE" &&
          (user.isAdministrator || user.profileId === administers),
      ),
    )
    .map((email) => email.replace(/-\d+/, ""));
}

function withReader(file: OrganizationFile, n: number): void {
  addRecord(file, n);
  addPerson(file, n);
  file.shares?.push({ record: `leads/lead-${n}`, to: { user: person(n) }, access: "READ_WRITE" });
}

function withPerson(file: OrganizationFile, n: number): void {
  addRecord(file, n);
  addPerson(file, n);
}

const deletes = (facts: Facts, n: number) => ({
  mutation: "deleteUser" as const,
  as: ROOT,
  input: { id: userId(facts, person(n)), confirm: true },
  select: "id",
});

const EITHER = { ab: ["DONE", "FORBIDDEN"], ba: ["UNAUTHENTICATED", "DONE"] } as const;

/** People lose their work while they, or others, count on it. */
export const ADMINISTRATORS: readonly Race[] = [
  {
    title: "UA-51 of two administrators one revokes the other, who deactivates the one: one is left",
    times: 100,
    subject: withSuiteAdministrators,
    a: (facts, n) => ({
      mutation: "revokeAdministrator",
      as: one(n),
      input: { id: userId(facts, other(n)) },
      select: "user { id }",
    }),
    b: otherDeactivatesOne,
    inOrder: EITHER,
    late: "FORBIDDEN",
    left: administratorsLeft,
  },
  {
    title: "UA-51 of two with the profile one demotes the other, who deactivates the one: one is left",
    times: 100,
    subject: withAdministrators,
    a: (facts, n) => ({
      mutation: "updateUser",
      as: one(n),
      input: { id: userId(facts, other(n)), profile: profileId(facts, "standard") },
      select: "user { id }",
    }),
    b: otherDeactivatesOne,
    inOrder: EITHER,
    late: "FORBIDDEN",
    left: administratorsLeft,
  },
  {
    title: "UA-50 somebody is deactivated while they write",
    times: 100,
    subject: withReader,
    a: (facts, n) => ({
      mutation: "deactivateUser",
      as: ROOT,
      input: { id: userId(facts, person(n)) },
      select: "user { id }",
    }),
    b: itsPersonWrites,
    inOrder: { ab: ["DONE", "UNAUTHENTICATED"], ba: ["DONE", "DONE"] },
    late: "UNAUTHENTICATED",
    left: recordLeft,
  },
  {
    title: "UA-61 somebody is deleted while they write",
    times: 100,
    subject: withReader,
    a: deletes,
    b: itsPersonWrites,
    inOrder: { ab: ["DONE", "UNAUTHENTICATED"], ba: ["DONE", "DONE"] },
    late: "UNAUTHENTICATED",
    left: recordLeft,
  },
  {
    title: "UA-61 somebody is deleted while something is shared with them",
    times: 100,
    subject: withPerson,
    a: deletes,
    b: (facts, n) => ({
      mutation: "shareRecord",
      as: RAY,
      input: { id: leadId(facts, n), with: { user: userId(facts, person(n)) }, level: "READ_WRITE" },
      select: "id",
    }),
    inOrder: { ab: ["DONE", "NOT_FOUND"], ba: ["DONE", "DONE"] },
    late: "NOT_FOUND",
    left: recordLeft,
  },
  {
    title: "UA-61 somebody is deleted while a record is handed to them",
    times: 100,
    subject: withPerson,
    a: deletes,
    b: (facts, n) => ({
      mutation: "changeOwner",
      as: RAY,
      input: { id: leadId(facts, n), owner: userId(facts, person(n)) },
      select: "id",
    }),
    inOrder: { ab: ["DONE", "NOT_FOUND"], ba: ["DONE", "DONE"] },
    late: "NOT_FOUND",
    left: ({ rows }, n) => {
      const record = rows.records.find(({ key }) => key === `lead-${n}`);
      const owner = rows.users.find(({ id }) => id === record?.ownerId);
      return owner === undefined ? null : [owner.status, addressOf(owner) === RAY];
    },
  },
  {
    title: "UA-61 two delete the same person: exactly one does",
    times: 30,
    subject: withPerson,
    a: deletes,
    b: deletes,
    inOrder: { ab: ["DONE", "ACTION_NOT_AVAILABLE"], ba: ["ACTION_NOT_AVAILABLE", "DONE"] },
    late: "ACTION_NOT_AVAILABLE",
    left: ({ rows }, n) => rows.users.filter(({ name }) => name === `Cy ${n}`).map(({ status }) => status),
  },
];
