import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { matches } from "../../oracle/criteria.ts";
import type { FieldEntry, Scalar, Value } from "../../oracle/file.ts";
import { holds } from "../../oracle/oracle.ts";
import { at } from "../../oracle/people.ts";
import { presentValue } from "../../random/values.ts";
import { addressOf, type Facts, moduleKeyOf, type RecordRow, recordId, userId } from "../facts.ts";
import type { Outcome, Scene } from "../step.ts";
import { constantsOn } from "./criteria.ts";
import { mayOn, members } from "./predict.ts";

/** Values as a client writes them, and how they are refused by themselves; null when nothing is wrong with them. */
export type WrittenValues = {
  readonly input: Readonly<Record<string, unknown>>;
  /** The same as the organisation file says them; null takes one away. */
  readonly wanted: Readonly<Record<string, Value>>;
  readonly refusal: Outcome | null;
};

type Written = { readonly input: unknown; readonly wanted: Value };

/** Random values for a record of a module, as somebody would write them; now and then something is wrong with one. */
export function randomValues(scene: Scene, as: string, moduleKey: string, isNew: boolean): WrittenValues {
  const { facts, dice } = scene;
  const fields = Object.entries(at(facts.file.modules, moduleKey)?.fields ?? {});
  const input: Record<string, unknown> = {};
  const wanted: Record<string, Value> = {};
  let refusal: Outcome | null = null;
  for (const [key, field] of fields) {
    const isNeeded = isNew && field.required === true;
    const constants = constantsAbout(facts, moduleKey, key);
    if (!isNeeded && !dice.chance(isNew ? 0.6 : constants.length > 0 ? 0.6 : 0.25)) continue;
    const value =
      dice.chance(0.15) && !isNeeded
        ? null
        : (matchingValue(scene, field, constants) ?? fittingValue(scene, as, field));
    if (value === null && field.required === true) {
      // Nothing that could stand there is within reach.
      refusal = "BAD_USER_INPUT";
    }
    input[key] = value?.input ?? null;
    wanted[key] = value?.wanted ?? null;
  }
  if (refusal !== null || dice.chance(0.85)) return { input, wanted, refusal };
  return spoilt(scene, as, fields, { input, wanted, refusal });
}

/** What the rules that hold matches compare a field with: values that make records come and go. */
function constantsAbout({ rows }: Facts, moduleKey: string, key: string): readonly Scalar[] {
  const rules = rows.rules.filter(
    (rule) => moduleKeyOf(rows, rule) === moduleKey && rule.status !== "INACTIVE" && !rule.isBroken,
  );
  return rules.flatMap(({ criteria }) => (criteria === null ? [] : (constantsOn(criteria, key) ?? [])));
}

/** Often one of these constants, where it is a value by itself. */
function matchingValue({ dice }: Scene, { type }: FieldEntry, constants: readonly Scalar[]): Written | null {
  if (type === "LOOKUP" || type === "USER" || constants.length === 0 || !dice.chance(0.6)) return null;
  const value = dice.pick(constants);
  // A part of an address is a constant, but no address.
  if (type === "EMAIL" && !/^\S+@\S+$/.test(String(value))) return null;
  // A constant may be larger than any value (AP-17).
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) return null;
  if (value === "") return null;
  return type === "MULTI_PICKLIST" ? { input: [value], wanted: [value] } : { input: value, wanted: value };
}

/** A value that fits the field and is within reach of whoever writes it; null when there is none. */
function fittingValue({ facts, dice }: Scene, as: string, field: FieldEntry): Written | null {
  switch (field.type) {
    case "LOOKUP": {
      const open = recordsOf(facts, field.module).filter((record) => mayOn(facts, as, "READ", record));
      return open.length === 0 ? null : lookup(dice.pick(open));
    }
    case "USER": {
      const people = members(facts).filter((email) => holds(facts.file, email, "BE_LOOKED_UP", facts.now));
      const email = dice.pick(people);
      return { input: userIdOf(facts, email), wanted: email };
    }
    default: {
      const value = presentValue(dice, field, { recordKeys: {}, users: [] }) ?? null;
      return value === null ? null : { input: value, wanted: value };
    }
  }
}

/** The same values with one thing wrong. Where the module has no field for it, nothing is. */
function spoilt(
  { facts, dice }: Scene,
  as: string,
  fields: readonly (readonly [string, FieldEntry])[],
  values: WrittenValues,
): WrittenValues {
  const spoil = (key: string, value: unknown, refusal: Outcome): WrittenValues => ({
    ...values,
    input: { ...values.input, [key]: value },
    refusal,
  });
  const field = fields.length === 0 ? undefined : dice.pick(fields);
  if (field === undefined || dice.chance(0.2)) return spoil("no-such-field", 1, "BAD_USER_INPUT");
  const [key, { type, required, module }] = field;
  if (required === true && dice.chance(0.5)) return spoil(key, null, "BAD_USER_INPUT");
  if (type === "LOOKUP") {
    const hidden = recordsOf(facts, module).filter((record) => !mayOn(facts, as, "READ", record));
    const strange = facts.rows.records.filter((record) => moduleKeyOf(facts.rows, record) !== module);
    const wrong = [...hidden, ...strange].map(recordId);
    return spoil(key, dice.pick([...wrong, toGlobalId("Record", NOTHING)]), "NOT_FOUND");
  }
  if (type === "USER") {
    const others = members(facts).filter((email) => !holds(facts.file, email, "BE_LOOKED_UP", facts.now));
    return spoil(key, userIdOf(facts, dice.pick(others)), "BAD_USER_INPUT");
  }
  return spoil(key, { not: "a value" }, "BAD_USER_INPUT");
}

const NOTHING = "00000000-0000-7000-8000-000000000000";

function lookup(record: RecordRow): Written {
  return { input: recordId(record), wanted: record.key };
}

function recordsOf({ rows }: Facts, module: string | undefined): readonly RecordRow[] {
  return rows.records.filter((record) => moduleKeyOf(rows, record) === module);
}

function userIdOf({ rows }: Facts, email: string): string {
  const user = rows.users.find((each) => addressOf(each) === email);
  if (!user) throw new Error(`no user ${email}`);
  return userId(user);
}

/** The fields whose value is not what was written. */
export function unwritten(
  { file }: Facts,
  moduleKey: string,
  recordKey: string,
  wanted: Readonly<Record<string, Value>>,
): readonly string[] {
  const fields = at(file.modules, moduleKey)?.fields;
  const values = at(at(file.records, moduleKey), recordKey)?.values;
  return Object.entries(wanted)
    .filter(([field, value]) =>
      value === null
        ? !matches(fields, values, { field, op: "IS_NULL" })
        : !matches(fields, values, { field, op: "EQ", value }),
    )
    .map(([field]) => field);
}
