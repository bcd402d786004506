import type { Facts } from "../mutations-random/facts.ts";
import type { Race } from "./race.ts";
import { groupId, moduleId, RAY, ROOT, roleId, userId } from "./requests.ts";
import { addPerson, person } from "./world.ts";

/** Two changes of policy that cannot both be. */
export const STRUCTURE: readonly Race[] = [
  {
    title: "two roles are put under each other: never a cycle",
    times: 100,
    subject: (file, n) => {
      file.roles[`one-${n}`] = { name: `One ${n}`, parent: "ceo" };
      file.roles[`other-${n}`] = { name: `Other ${n}`, parent: "ceo" };
    },
    a: (facts, n) => moves(facts, `one-${n}`, `other-${n}`),
    b: (facts, n) => moves(facts, `other-${n}`, `one-${n}`),
    inOrder: { ab: ["DONE", "CONFLICT"], ba: ["CONFLICT", "DONE"] },
    late: null,
    left: ({ file }, n) => [file.roles[`one-${n}`]?.parent, file.roles[`other-${n}`]?.parent].map(nameless),
  },
  {
    title: "a role is deleted while a rule comes to name it",
    times: 100,
    subject: (file, n) => {
      file.roles[`role-${n}`] = { name: `Role ${n}`, parent: "ceo" };
    },
    a: (facts, n) => ({
      mutation: "deleteRole",
      as: ROOT,
      input: { id: roleId(facts, `role-${n}`) },
      select: "id",
    }),
    b: (facts, n) => ({
      mutation: "createSharingRule",
      as: ROOT,
      input: {
        module: "leads",
        name: `Rule ${n}`,
        source: { role: roleId(facts, "rep") },
        target: { role: roleId(facts, `role-${n}`) },
        level: "READ_ONLY",
      },
      select: "id",
    }),
    inOrder: { ab: ["DONE", "NOT_FOUND"], ba: ["CONFLICT", "DONE"] },
    late: "NOT_FOUND",
    left: ({ file, rows }, n) => ({
      role: file.roles[`role-${n}`] !== undefined,
      rule: rows.rules.some(({ name }) => name === `Rule ${n}`),
    }),
  },
  {
    title: "two rules that are twins are made: exactly one is",
    times: 100,
    subject: addPerson,
    a: (facts, n) => makesRule(facts, n, "One"),
    b: (facts, n) => makesRule(facts, n, "Other"),
    inOrder: { ab: ["DONE", "CONFLICT"], ba: ["CONFLICT", "DONE"] },
    late: null,
    left: ({ rows }, n) =>
      rows.rules.filter(({ name }) => name.endsWith(` ${n}`)).map(({ name }) => name.split(" ")[0]),
  },
  {
    title: "two groups are put into each other: never a cycle",
    times: 30,
    subject: (file, n) => {
      file.groups = {
        ...file.groups,
        [`one-${n}`]: { name: `One ${n}`, members: [] },
        [`other-${n}`]: { name: `Other ${n}`, members: [] },
      };
    },
    a: (facts, n) => nests(facts, `one-${n}`, `other-${n}`),
    b: (facts, n) => nests(facts, `other-${n}`, `one-${n}`),
    inOrder: { ab: ["DONE", "CONFLICT"], ba: ["CONFLICT", "DONE"] },
    late: null,
    left: ({ file }, n) =>
      [`one-${n}`, `other-${n}`].map((key) => file.groups?.[key]?.members.length ?? null),
  },
  {
    title: "a module is deleted while a record is made in it",
    times: 30,
    subject: (file, n) => {
      file.modules = { ...file.modules, [`module-${n}`]: { label: `Module ${n}` } };
    },
    a: (facts, n) => ({
      mutation: "deleteModule",
      as: ROOT,
      input: { id: moduleId(facts, `module-${n}`), confirm: true },
      select: "id",
    }),
    b: (_, n) => ({
      mutation: "createRecord",
      as: RAY,
      input: { module: `module-${n}`, name: `Made ${n}` },
      select: "id",
    }),
    inOrder: { ab: ["DONE", "BAD_USER_INPUT"], ba: ["DONE", "DONE"] },
    late: "BAD_USER_INPUT",
    left: ({ rows }, n) => rows.records.filter(({ name }) => name === `Made ${n}`).length,
  },
];

function moves(facts: Facts, role: string, parent: string) {
  return {
    mutation: "moveRole" as const,
    as: ROOT,
    input: { id: roleId(facts, role), parent: roleId(facts, parent) },
    select: "role { id }",
  };
}

function nests(facts: Facts, group: string, member: string) {
  return {
    mutation: "addGroupMembers" as const,
    as: ROOT,
    input: { id: groupId(facts, group), members: [{ group: groupId(facts, member) }] },
    select: "group { id }",
  };
}

function makesRule(facts: Facts, n: number, name: string) {
  return {
    mutation: "createSharingRule" as const,
    as: ROOT,
    input: {
      module: "leads",
      name: `${name} ${n}`,
      source: { role: roleId(facts, "rep") },
      target: { user: userId(facts, person(n)) },
      level: "READ_ONLY",
    },
    select: "id",
  };
}

/** A key without the number of its subject. */
function nameless(key: string | undefined): string | null {
  return key?.replace(/-\d+$/, "") ?? null;
}
