import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { isTeamModule } from "../../oracle/gates.ts";
import { findPerson } from "../../oracle/people.ts";
import { addressOf, type Facts, moduleKeyOf, personOf, type RecordRow, recordId, userId } from "../facts.ts";
import {
  firstOf,
  isEligible,
  mayOn,
  members,
  permits,
  somebody,
  somebodyAndRecord,
  unless,
} from "../plausible/predict.ts";
import { randomValues, unwritten } from "../plausible/values.ts";
import type { Maker, Outcome, Scene, Step } from "../step.ts";

/** More records than these are not made: the sequence deletes them again. */
const MANY = 34;
const FEW = 16;

const SELECT = "id record { id name owner { id } }";

export const createRecord: Maker = (scene) => {
  const { facts, dice, number } = scene;
  if (facts.rows.records.length >= MANY) return null;
  const module = dice.pick(facts.rows.modules).key;
  const as = somebody(facts, dice, (email) => permits(facts, email, module, "CREATE"), 0.85);
  const name = `Record ${String(number).padStart(4, "0")}`;
  const values = randomValues(scene, as, module, true);
  const owner = dice.chance(0.3) ? dice.pick(members(facts)) : null;
  const isBlank = dice.chance(0.04);
  const isUnknown = dice.chance(0.03);
  return {
    mutation: "createRecord",
    as,
    input: {
      module: isUnknown ? "no-such-module" : module,
      name: isBlank ? "  " : name,
      values: values.input,
      ...(owner === null ? {} : { owner: userId(personOf(facts, owner)) }),
    },
    select: SELECT,
    expected: firstOf(
      unless(!isUnknown && !isBlank, "BAD_USER_INPUT"),
      values.refusal,
      unless(owner === null || findPerson(facts.file, owner)?.entry.status !== "DELETED", "NOT_FOUND"),
      unless(permits(facts, as, module, "CREATE"), "FORBIDDEN"),
      unless(owner === null || owner === as || permits(facts, as, module, "CHANGE_OWNER"), "FORBIDDEN"),
      ineligible(facts, owner ?? as, module),
    ),
    check: (after, payload) => {
      const made = after.rows.records.find((record) => recordId(record) === payload.id);
      expect(made && { module: moduleKeyOf(after.rows, made), name: made.name }).toEqual({ module, name });
      if (made === undefined) return;
      expect(addressOf(personOf(after, owner ?? as))).toBe(ownerOf(after, made));
      expect(unwritten(after, module, made.key, values.wanted), "values that were not written").toEqual([]);
      isReadIffReached(after, as, made, payload);
    },
  };
};

/** TU-33, TU-12b. */
export function ineligible(facts: Facts, owner: string, module: string): Outcome | null {
  if (isEligible(facts, owner, module)) return null;
  const isTeamUser = findPerson(facts.file, owner)?.entry.license === "TEAM";
  return isTeamUser && !isTeamModule(facts.file, module) ? "FORBIDDEN" : "BAD_USER_INPUT";
}

export function ownerOf({ rows }: Facts, record: RecordRow): string {
  const owner = rows.users.find(({ id }) => id === record.ownerId);
  if (!owner) throw new Error(`${record.name} has no owner`);
  return addressOf(owner);
}

/** SH-46: the payload shows the record exactly when it is read afterwards. */
export function isReadIffReached(
  after: Facts,
  as: string,
  record: RecordRow,
  payload: { readonly record: unknown },
): void {
  expect(payload.record !== null, "SH-46: the payload shows what is read").toBe(
    mayOn(after, as, "READ", record),
  );
}

export const updateRecord: Maker = (scene) => {
  const { facts, dice } = scene;
  const found = somebodyAndRecord(facts, dice, "UPDATE");
  if (found === null) return null;
  const { as, record } = found;
  const change = randomChange(scene, as, record);
  return {
    mutation: "updateRecord",
    as,
    input: change.input,
    select: SELECT,
    expected: change.expected,
    check: (after, payload) => {
      expect(payload.id).toBe(recordId(record));
      change.check(after);
      isReadIffReached(after, as, record, payload);
    },
  };
};

type Change = {
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: readonly Outcome[];
  readonly check: (after: Facts) => void;
};

/** What of one record is to change, in `updateRecord` and in `massUpdateRecords`. */
function randomChange(scene: Scene, as: string, record: RecordRow, isMass = false): Change {
  const { facts, dice } = scene;
  const module = moduleKeyOf(facts.rows, record);
  const name = dice.chance(0.3) ? `${record.name.split(" of ")[0]} of ${scene.number}` : null;
  const isBlank = !isMass && dice.chance(0.03);
  const values = randomValues(scene, as, module, false);
  const seen = dice.weighted([
    [6, null],
    [3, record.updatedAt.getTime()],
    [1, record.updatedAt.getTime() - 1],
  ] as const);
  return {
    input: {
      id: recordId(record),
      values: values.input,
      ...(isBlank ? { name: " " } : name === null ? {} : { name }),
      ...(seen === null ? {} : { expectedUpdatedAt: new Date(seen).toISOString() }),
    },
    expected: firstOf(
      unless(!isBlank, "BAD_USER_INPUT"),
      unless(mayOn(facts, as, "READ", record), "NOT_FOUND"),
      values.refusal,
      isMass ? unless(permits(facts, as, module, "MASS_UPDATE"), "FORBIDDEN") : null,
      unless(mayOn(facts, as, "UPDATE", record), "FORBIDDEN"),
      unless(seen === null || seen === record.updatedAt.getTime(), "CONFLICT"),
    ),
    check: (after) => {
      const now = after.rows.records.find(({ id }) => id === record.id);
      expect(now?.name).toBe(name ?? record.name);
      expect(now?.updatedAt.getTime()).toBeGreaterThan(record.updatedAt.getTime());
      expect(unwritten(after, module, record.key, values.wanted), "values that were not written").toEqual([]);
    },
  };
}

export const deleteRecord: Maker = ({ facts, dice }) => {
  if (facts.rows.records.length <= FEW) return null;
  const found = somebodyAndRecord(facts, dice, "DELETE");
  if (found === null) return null;
  const { as, record } = found;
  const isNothing = dice.chance(0.05);
  return {
    mutation: "deleteRecord",
    as,
    input: { id: isNothing ? toGlobalId("User", record.id) : recordId(record) },
    select: "id",
    expected: firstOf(
      unless(!isNothing && mayOn(facts, as, "READ", record), "NOT_FOUND"),
      unless(mayOn(facts, as, "DELETE", record), "FORBIDDEN"),
    ),
    check: (after, payload) => {
      expect(payload.id).toBe(recordId(record));
      expect(after.rows.records.some(({ id }) => id === record.id)).toBe(false);
    },
  };
};

export const massUpdateRecords: Maker = (scene) => {
  const { facts, dice } = scene;
  const as = somebodyAndRecord(facts, dice, "UPDATE")?.as;
  if (as === undefined) return null;
  const records = dice.sample(facts.rows.records, dice.between(1, 5));
  const changes = records.map((record) => ({ record, ...randomChange(scene, as, record, true) }));
  return massStep(scene, {
    mutation: "massUpdateRecords",
    as,
    items: changes.map(({ input }) => input),
    ids: records.map(recordId),
    expected: changes.map(({ expected }) => expected[0] ?? "DONE"),
    check: (after, isDone) => {
      for (const [at, { check }] of changes.entries()) if (isDone(at)) check(after);
    },
  });
};

export const massDeleteRecords: Maker = (scene) => {
  const { facts, dice } = scene;
  if (facts.rows.records.length <= FEW + 3) return null;
  const as = somebodyAndRecord(facts, dice, "DELETE")?.as;
  if (as === undefined) return null;
  const records = dice.sample(facts.rows.records, dice.between(1, 4));
  const expected = records.map(
    (record) =>
      firstOf(
        unless(mayOn(facts, as, "READ", record), "NOT_FOUND"),
        unless(permits(facts, as, moduleKeyOf(facts.rows, record), "MASS_DELETE"), "FORBIDDEN"),
        unless(mayOn(facts, as, "DELETE", record), "FORBIDDEN"),
      )[0] ?? "DONE",
  );
  return massStep(scene, {
    mutation: "massDeleteRecords",
    as,
    items: records.map(recordId),
    ids: records.map(recordId),
    expected,
    check: (after, isDone) => {
      for (const [at, { id }] of records.entries())
        expect(after.rows.records.some((record) => record.id === id)).toBe(!isDone(at));
    },
  });
};

type Mass = {
  readonly mutation: "massUpdateRecords" | "massDeleteRecords";
  readonly as: string;
  readonly items: readonly unknown[];
  readonly ids: readonly string[];
  /** How each item is to end. */
  readonly expected: readonly Outcome[];
  readonly check: (after: Facts, isDone: (at: number) => boolean) => void;
};

/** AP-07: every item answers for itself, in the order of the input; an event for each that is done. */
function massStep({ dice }: Scene, { mutation, as, items, ids, expected, check }: Mass): Step {
  const isTwice = dice.chance(0.05);
  return {
    mutation,
    as,
    input: { items: isTwice ? [...items, items[0]] : items },
    select: "items { id isDone refusal { code } record { id } }",
    expected: [isTwice ? "BAD_USER_INPUT" : "DONE"],
    events: expected.filter((outcome) => outcome === "DONE").length,
    check: (after, payload) => {
      const outcomes = payload.items.map(
        (item: { isDone: boolean; refusal: { code: Outcome } | null }) =>
          item.refusal?.code ?? (item.isDone ? "DONE" : "?"),
      );
      expect(payload.items.map(({ id }: { id: string }) => id)).toEqual(ids);
      expect(outcomes, "each item by itself").toEqual(expected);
      check(after, (at) => expected[at] === "DONE");
    },
  };
}
