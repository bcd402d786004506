import { toGlobalId } from "../../src/kernel/global-id.ts";
import type { Facts } from "../mutations-random/facts.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import type { Race } from "./race.ts";
import { fieldId, fieldVersion, leadId, leadOf, RAY, ROOT, recordLeft, ruleId } from "./requests.ts";
import { addPerson, addRecord, person } from "./world.ts";

const BOTH = { ab: ["DONE", "DONE"], ba: ["DONE", "DONE"] } as const;

/** Rules by criteria, and what they are about. */
export const MATCHES: readonly Race[] = [
  {
    title: "the criteria of a rule change while a record does",
    times: 100,
    isQuiet: false,
    subject: (file, n) => {
      addRecord(file, n, { code: n });
      addPerson(file, n);
      addCriteriaRule(file, n, { field: "code", op: "EQ", value: n });
    },
    a: (facts, n) => ({
      mutation: "updateSharingRule",
      as: ROOT,
      input: { id: ruleId(facts, n), criteria: { compare: { field: "code", op: "EQ", value: n + 1000 } } },
      select: "id",
    }),
    b: (facts, n) => ({
      mutation: "updateRecord",
      as: RAY,
      input: { id: leadId(facts, n), values: { code: n + 1000 } },
      select: "id",
    }),
    inOrder: BOTH,
    late: null,
    left: recordLeft,
  },
  {
    title: "a rule is activated while a record comes to match it",
    times: 30,
    isQuiet: false,
    subject: (file, n) => {
      addRecord(file, n, { code: n });
      addPerson(file, n);
      addCriteriaRule(file, n, { field: "code", op: "EQ", value: n + 1000 });
      const rule = file.sharingRules?.[`rule-${n}`];
      if (rule !== undefined) rule.active = false;
    },
    a: (facts, n) => ({
      mutation: "activateSharingRule",
      as: ROOT,
      input: { id: ruleId(facts, n) },
      select: "id",
    }),
    b: (facts, n) => ({
      mutation: "updateRecord",
      as: RAY,
      input: { id: leadId(facts, n), values: { code: n + 1000 } },
      select: "id",
    }),
    inOrder: BOTH,
    late: null,
    left: recordLeft,
  },
  {
    title: "an option goes while a record chooses it",
    times: 100,
    isQuiet: false,
    subject: (file, n) => {
      addRecord(file, n);
      addPerson(file, n);
      const fields = file.modules?.["leads"]?.fields ?? {};
      fields[`pick-${n}`] = { type: "PICKLIST", options: ["kept", "gone"] };
      addCriteriaRule(file, n, { field: `pick-${n}`, op: "EQ", value: "gone" });
    },
    a: (facts, n) => ({
      mutation: "updateField",
      as: ROOT,
      input: {
        id: fieldId(facts, `pick-${n}`),
        options: ["kept"],
        confirm: true,
        expectedVersion: fieldVersion(facts, `pick-${n}`),
      },
      select: "field { id }",
    }),
    b: (facts, n) => ({
      mutation: "updateRecord",
      as: RAY,
      input: { id: leadId(facts, n), values: { [`pick-${n}`]: "gone" } },
      select: "id",
    }),
    inOrder: { ab: ["DONE", "BAD_USER_INPUT"], ba: ["DONE", "DONE"] },
    late: "BAD_USER_INPUT",
    left: (facts, n) => ({
      value: (leadOf(facts, n).values as Record<string, unknown>)[`pick-${n}`] ?? null,
      isBroken: facts.rows.rules.find(({ key }) => key === `rule-${n}`)?.isBroken,
      grants: recordLeft(facts, n),
    }),
  },
  {
    title: "the target of a lookup is deleted while a record comes to point to it",
    times: 100,
    isQuiet: false,
    subject: (file, n) => {
      addRecord(file, n);
      addRecord(file, n, {}, `target-${n}`);
      addPerson(file, n);
      addCriteriaRule(file, n, {
        all: [
          { field: "parent", op: "EQ", value: `target-${n}` },
          { field: "parent", op: "IS_NOT_NULL" },
        ],
      });
    },
    a: (facts, n) => ({
      mutation: "deleteRecord",
      as: RAY,
      input: { id: targetId(facts, n) },
      select: "id",
    }),
    b: (facts, n) => ({
      mutation: "updateRecord",
      as: RAY,
      input: { id: leadId(facts, n), values: { parent: targetId(facts, n) } },
      select: "id",
    }),
    inOrder: { ab: ["DONE", "NOT_FOUND"], ba: ["DONE", "DONE"] },
    late: "NOT_FOUND",
    left: recordLeft,
  },
];

function targetId({ rows }: Facts, n: number): string {
  const target = rows.records.find(({ key }) => key === `target-${n}`);
  if (target === undefined) throw new Error("the race has no such target");
  return toGlobalId("Record", target.id);
}

type Rule = NonNullable<OrganizationFile["sharingRules"]>[string];

function addCriteriaRule(file: OrganizationFile, n: number, criteria: NonNullable<Rule["criteria"]>): void {
  const rule: Rule = { module: "leads", criteria, to: { user: person(n) }, access: "READ_WRITE" };
  file.sharingRules = { ...file.sharingRules, [`rule-${n}`]: rule };
}
