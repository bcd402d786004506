import { toGlobalId } from "../../src/kernel/global-id.ts";
import type { Facts } from "../mutations-random/facts.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import type { Race } from "./race.ts";
import {
  groupId,
  itsPersonWrites,
  leadId,
  leadOf,
  profileId,
  profileVersion,
  RAY,
  ROOT,
  recordLeft,
  ruleId,
  userId,
} from "./requests.ts";
import { addPerson, addRecord, person } from "./world.ts";

/** Ray's record, and a rule on what the reps own that lets the subject's person write. */
function withRule(file: OrganizationFile, n: number): void {
  addRecord(file, n);
  addPerson(file, n);
  addRule(file, n, { from: { role: "rep" } });
}

/** The same by criteria: the rule knows the record by its code. */
function withCriteria(file: OrganizationFile, n: number): void {
  addRecord(file, n, { code: n });
  addPerson(file, n);
  addRule(file, n, { criteria: { field: "code", op: "EQ", value: n } });
}

function addRule(file: OrganizationFile, n: number, which: object): void {
  const rule = { module: "leads", to: { user: person(n) }, access: "READ_WRITE" as const, ...which };
  file.sharingRules = { ...file.sharingRules, [`rule-${n}`]: rule };
}

function withShare(file: OrganizationFile, n: number): void {
  addRecord(file, n);
  addPerson(file, n);
  file.shares?.push({ record: `leads/lead-${n}`, to: { user: person(n) }, access: "READ_WRITE" });
}

function withGroup(file: OrganizationFile, n: number): void {
  addRecord(file, n);
  addPerson(file, n);
  file.groups = { ...file.groups, [`group-${n}`]: { name: `Group ${n}`, members: [{ user: person(n) }] } };
  file.shares?.push({ record: `leads/lead-${n}`, to: { group: `group-${n}` }, access: "READ_WRITE" });
}

/** The subject's person is above Ray in the tree, alone in a role of their own. */
function withSuperior(file: OrganizationFile, n: number): void {
  file.roles[`lead-role-${n}`] = { name: `Lead ${n}` };
  file.roles[`under-${n}`] = { name: `Under ${n}`, parent: `lead-role-${n}` };
  file.users[person(n)] = { name: `Cy ${n}`, role: `lead-role-${n}` };
  file.users[`owner-${n}@acme.test`] = { name: `Owner ${n}`, role: `under-${n}` };
  addRecord(file, n);
  const record = file.records?.["leads"]?.[`lead-${n}`];
  if (record !== undefined) record.owner = `owner-${n}@acme.test`;
}

function withProfile(file: OrganizationFile, n: number): void {
  withShare(file, n);
  file.profiles = {
    ...file.profiles,
    [`profile-${n}`]: { name: `Profile ${n}`, modules: { leads: ["VIEW", "EDIT"] }, capabilities: [] },
  };
  const entry = file.users[person(n)];
  if (entry !== undefined) entry.profile = `profile-${n}`;
}

const LOST = { ab: ["DONE", "NOT_FOUND"], ba: ["DONE", "DONE"] } as const;

function shareOf(facts: Facts, n: number): string {
  const record = leadOf(facts, n);
  const share = facts.rows.shares.find(({ recordId }) => recordId === record.id);
  if (share === undefined) throw new Error("the record is not shared");
  return toGlobalId("RecordShare", share.id);
}

/** What lets somebody write is taken away while they write. */
export const REVOCATIONS: readonly Race[] = [
  {
    title: "a rule is deleted while its target writes",
    times: 100,
    subject: withRule,
    a: (facts, n) => ({
      mutation: "deleteSharingRule",
      as: ROOT,
      input: { id: ruleId(facts, n) },
      select: "id",
    }),
    b: itsPersonWrites,
    inOrder: LOST,
    late: "NOT_FOUND",
    left: recordLeft,
  },
  {
    title: "a rule by criteria is deactivated while its target writes",
    times: 100,
    subject: withCriteria,
    a: (facts, n) => ({
      mutation: "deactivateSharingRule",
      as: ROOT,
      input: { id: ruleId(facts, n) },
      select: "id",
    }),
    b: itsPersonWrites,
    inOrder: LOST,
    late: "NOT_FOUND",
    left: recordLeft,
  },
  {
    title: "a share is revoked while its recipient writes",
    times: 100,
    subject: withShare,
    a: (facts, n) => ({
      mutation: "unshareRecord",
      as: RAY,
      input: { share: shareOf(facts, n) },
      select: "id",
    }),
    b: itsPersonWrites,
    inOrder: LOST,
    late: "NOT_FOUND",
    left: recordLeft,
  },
  {
    title: "everything shared with somebody is revoked while they write",
    times: 30,
    subject: withShare,
    a: (facts, n) => ({
      mutation: "revokeShares",
      as: RAY,
      input: { with: { user: userId(facts, person(n)) } },
      select: "revokedShares",
    }),
    b: itsPersonWrites,
    inOrder: LOST,
    late: "NOT_FOUND",
    left: recordLeft,
  },
  {
    title: "a group loses its member while the member writes",
    times: 30,
    subject: withGroup,
    a: (facts, n) => ({
      mutation: "removeGroupMembers",
      as: ROOT,
      input: { id: groupId(facts, `group-${n}`), members: [{ user: userId(facts, person(n)) }] },
      select: "group { id }",
    }),
    b: itsPersonWrites,
    inOrder: LOST,
    late: "NOT_FOUND",
    left: recordLeft,
  },
  {
    title: "a superior is moved aside while they write",
    times: 30,
    subject: withSuperior,
    a: (facts, n) => ({
      mutation: "updateUser",
      as: ROOT,
      input: { id: userId(facts, person(n)), role: roleOf(facts, "clerk") },
      select: "user { id }",
    }),
    b: itsPersonWrites,
    inOrder: LOST,
    late: "NOT_FOUND",
    left: recordLeft,
  },
  {
    title: "the role under a superior is moved while they write",
    times: 30,
    subject: withSuperior,
    a: (facts, n) => ({
      mutation: "moveRole",
      as: ROOT,
      input: { id: roleOf(facts, `under-${n}`), parent: roleOf(facts, "clerk") },
      select: "role { id }",
    }),
    b: itsPersonWrites,
    inOrder: LOST,
    late: "NOT_FOUND",
    left: recordLeft,
  },
  {
    title: "CRM is switched off while its person writes",
    times: 30,
    subject: withShare,
    a: (facts, n) => ({
      mutation: "disableApplication",
      as: ROOT,
      input: { user: userId(facts, person(n)), application: "CRM" },
      select: "user { id }",
    }),
    b: itsPersonWrites,
    inOrder: LOST,
    late: "NOT_FOUND",
    left: recordLeft,
  },
  {
    title: "a profile loses EDIT while its holder writes",
    times: 30,
    subject: withProfile,
    a: (facts, n) => ({
      mutation: "updateProfile",
      as: ROOT,
      input: {
        id: profileId(facts, `profile-${n}`),
        permissions: [{ module: "leads", permissions: ["VIEW"] }],
        expectedVersion: profileVersion(facts, `profile-${n}`),
      },
      select: "profile { id }",
    }),
    b: itsPersonWrites,
    inOrder: { ab: ["DONE", "FORBIDDEN"], ba: ["DONE", "DONE"] },
    late: "FORBIDDEN",
    left: recordLeft,
  },
  {
    title: "a record changes hands while its owner writes",
    times: 30,
    subject: (file, n) => {
      addRecord(file, n);
      addPerson(file, n);
      const record = file.records?.["leads"]?.[`lead-${n}`];
      if (record !== undefined) record.owner = person(n);
    },
    a: (facts, n) => ({
      mutation: "changeOwner",
      as: ROOT,
      input: { id: leadId(facts, n), owner: userId(facts, RAY) },
      select: "id",
    }),
    b: itsPersonWrites,
    inOrder: LOST,
    late: "NOT_FOUND",
    left: recordLeft,
  },
];

function roleOf({ rows }: Facts, key: string): string {
  const role = rows.roles.find((each) => each.key === key);
  if (role === undefined) throw new Error(`no role ${key}`);
  return toGlobalId("Role", role.id);
}
