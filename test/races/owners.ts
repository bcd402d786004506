import { addressOf, type Facts, rowOf } from "../mutations-random/facts.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import type { Race } from "./race.ts";
import { leadId, leadOf, RAY, ROOT, recordLeft, roleId, userId } from "./requests.ts";
import { addPerson, addRecord, person } from "./world.ts";

/** A person whom a record is made for or given to, and a role that they may move to. */
function withMover(file: OrganizationFile, n: number): void {
  addRecord(file, n);
  addPerson(file, n);
}

/** The role of whoever owns the record, and the one that the record is found under. */
function ownerLeft(facts: Facts, name: string): object {
  const record = facts.rows.records.find((each) => each.name === name);
  if (record === undefined) return { isThere: false };
  const owner = rowOf(facts.rows.users, record.ownerId);
  const roleKey = (id: string | null) => facts.rows.roles.find((role) => role.id === id)?.key ?? null;
  return {
    owner: addressOf(owner).slice(0, 3),
    role: roleKey(owner.roleId),
    under: roleKey(record.ownerRoleId),
  };
}

const movesToRep = (facts: Facts, n: number) => ({
  mutation: "updateUser" as const,
  as: ROOT,
  input: { id: userId(facts, person(n)), role: roleId(facts, "rep") },
  select: "user { id }",
});

const BOTH = { ab: ["DONE", "DONE"], ba: ["DONE", "DONE"] } as const;

/** Records, and whom they belong to. */
export const OWNERS: readonly Race[] = [
  {
    title: "somebody moves to another role while a record is made for them",
    times: 100,
    subject: withMover,
    a: movesToRep,
    b: (facts, n) => ({
      mutation: "createRecord",
      as: ROOT,
      input: { module: "leads", name: `Made ${n}`, owner: userId(facts, person(n)) },
      select: "id",
    }),
    inOrder: BOTH,
    late: null,
    left: (facts, n) => ownerLeft(facts, `Made ${n}`),
  },
  {
    title: "somebody moves to another role while a record is handed to them",
    times: 100,
    subject: withMover,
    a: movesToRep,
    b: (facts, n) => ({
      mutation: "changeOwner",
      as: RAY,
      input: { id: leadId(facts, n), owner: userId(facts, person(n)) },
      select: "id",
    }),
    inOrder: BOTH,
    late: null,
    left: (facts, n) => ownerLeft(facts, `Lead ${n}`),
  },
  {
    title: "a role is deleted while a record is made for one of its users",
    times: 30,
    subject: (file, n) => {
      file.roles[`role-${n}`] = { name: `Role ${n}`, parent: "ceo" };
      file.users[person(n)] = { name: `Cy ${n}`, role: `role-${n}` };
    },
    a: (facts, n) => ({
      mutation: "deleteRole",
      as: ROOT,
      input: { id: roleId(facts, `role-${n}`), transferTo: roleId(facts, "clerk") },
      select: "id",
    }),
    b: (facts, n) => ({
      mutation: "createRecord",
      as: ROOT,
      input: { module: "leads", name: `Made ${n}`, owner: userId(facts, person(n)) },
      select: "id",
    }),
    inOrder: BOTH,
    late: null,
    left: (facts, n) => ownerLeft(facts, `Made ${n}`),
  },
  {
    title: "two change what they saw: exactly one does",
    times: 100,
    subject: addRecord,
    a: (facts, n) => saw(facts, n, "one"),
    b: (facts, n) => saw(facts, n, "other"),
    inOrder: { ab: ["DONE", "CONFLICT"], ba: ["CONFLICT", "DONE"] },
    late: null,
    left: recordLeft,
  },
  {
    title: "a record is deleted while it is shared",
    times: 100,
    subject: withMover,
    a: (facts, n) => ({ mutation: "deleteRecord", as: RAY, input: { id: leadId(facts, n) }, select: "id" }),
    b: (facts, n) => ({
      mutation: "shareRecord",
      as: RAY,
      input: { id: leadId(facts, n), with: { user: userId(facts, person(n)) }, level: "READ_WRITE" },
      select: "id",
    }),
    inOrder: { ab: ["DONE", "NOT_FOUND"], ba: ["DONE", "DONE"] },
    late: "NOT_FOUND",
    left: (facts, n) => ({ ...recordLeft(facts, n), shares: facts.rows.shares.length }),
  },
  {
    title: "two share a record with the same person",
    times: 30,
    subject: withMover,
    a: (facts, n) => shares(facts, n, "READ_ONLY"),
    b: (facts, n) => shares(facts, n, "READ_WRITE"),
    inOrder: BOTH,
    late: null,
    left: (facts, n) => {
      const { id } = leadOf(facts, n);
      return facts.rows.shares.filter(({ recordId }) => recordId === id).map(({ level }) => level);
    },
  },
  {
    title: "everything shared with somebody is revoked while more is shared with them",
    times: 30,
    subject: withMover,
    a: (facts, n) => ({
      mutation: "revokeShares",
      as: RAY,
      input: { with: { user: userId(facts, person(n)) } },
      select: "revokedShares",
    }),
    b: (facts, n) => shares(facts, n, "READ_ONLY"),
    inOrder: BOTH,
    late: null,
    left: recordLeft,
  },
];

function saw(facts: Facts, n: number, name: string) {
  return {
    mutation: "updateRecord" as const,
    as: RAY,
    input: {
      id: leadId(facts, n),
      values: { note: name },
      expectedUpdatedAt: leadOf(facts, n).updatedAt.toISOString(),
    },
    select: "id",
  };
}

function shares(facts: Facts, n: number, level: "READ_ONLY" | "READ_WRITE") {
  return {
    mutation: "shareRecord" as const,
    as: RAY,
    input: { id: leadId(facts, n), with: { user: userId(facts, person(n)) }, level },
    select: "id",
  };
}
