import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { holds } from "../../oracle/oracle.ts";
import type { Facts, ModuleRow, RuleRow } from "../facts.ts";
import { constantsOn } from "../plausible/criteria.ts";
import { firstOf, somebodyWith, unless } from "../plausible/predict.ts";
import type { Maker, Outcome, Scene, Step } from "../step.ts";

/** How many fields a module has about. */
const [FEW, MANY] = [2, 12];

type Field = ModuleRow["fields"][number];

const fieldId = ({ id }: Field) => toGlobalId("Field", id);

const OPTIONS = ["new", "won", "lost", "hot", "cold"];

/** A shape that a field can have, and a value that fits it; null for what only reaches something by an id. */
function randomShape({ facts, dice }: Scene) {
  const type = dice.pick(["TEXT", "NUMBER", "BOOLEAN", "PICKLIST", "MULTI_PICKLIST", "LOOKUP"] as const);
  switch (type) {
    case "TEXT":
      return { shape: { type }, value: "one" };
    case "NUMBER":
      return { shape: { type }, value: 5 };
    case "BOOLEAN":
      return { shape: { type }, value: true };
    case "PICKLIST":
      return { shape: { type, options: OPTIONS.slice(0, 3) }, value: "won" };
    case "MULTI_PICKLIST":
      return { shape: { type, options: OPTIONS }, value: ["hot", "new"] };
    case "LOOKUP": {
      const lookupModule = dice.pick(facts.rows.modules).key;
      return { shape: { type, lookupModule }, value: null };
    }
  }
}

export const createField: Maker = (scene) => {
  const { facts, dice, number } = scene;
  const module = dice.pick(facts.rows.modules);
  if (module.fields.length >= MANY) return null;
  const as = somebodyWith(facts, dice, "MANAGE_MODULES");
  const { shape, value } = randomShape(scene);
  const key = dice.weighted([
    [8, `field-${number}`],
    [0.6, "owner"],
    [1, module.fields[0]?.key ?? "key"],
  ]);
  const isRequired = value !== null && dice.chance(0.4);
  const fillWith = isRequired !== dice.chance(0.1) ? value : null;
  return {
    mutation: "createField",
    as,
    input: {
      module: toGlobalId("Module", module.id),
      key,
      ...shape,
      isRequired,
      ...(fillWith === null ? {} : { fillWith }),
    },
    select: "field { id key }",
    expected: firstOf(
      unless(key !== "owner" && key !== "key" && isRequired === (fillWith !== null), "BAD_USER_INPUT"),
      unless(holds(facts.file, as, "MANAGE_MODULES", facts.now), "FORBIDDEN"),
      unless(!module.fields.some((field) => field.key === key), "CONFLICT"),
    ),
    check: (after) => {
      expect(after.file.modules?.[module.key]?.fields?.[key]).toMatchObject({ type: shape.type });
      for (const { values } of Object.values(after.file.records?.[module.key] ?? {}))
        expect(values?.[key] ?? null).toEqual(fillWith);
    },
  };
};

export const updateField: Maker = (scene) => {
  const { facts, dice } = scene;
  const module = dice.pick(facts.rows.modules.filter(({ fields }) => fields.length > 0));
  const field = dice.pick(module.fields);
  const change = dice.pick(CHANGES)(scene, field);
  if (change === null) return null;
  const replacesList = "options" in change.input && (optionsOf(field)?.length ?? 0) > 0;
  const said = replacesList ? versionSaid(scene, field) : field.version;
  return { ...fieldStep(scene, "updateField", { module, field, ...change, said }), select: "field { id }" };
};

/** SH-40: as a rule the one that was read; now and then an older one, or none. */
function versionSaid({ dice }: Scene, { version }: Field): number | undefined {
  return dice.weighted([
    [10, version],
    [1, version - 1],
    [1, undefined],
  ]);
}

type Change = {
  readonly input: Readonly<Record<string, unknown>>;
  /** What is wrong with the input by itself. */
  readonly refusal: Outcome | null;
  /** Which values go: those that are one of these options, or all of them; none when nothing is lost. */
  readonly lost: readonly string[] | "ALL" | null;
};

/** The ways in which a field can change; null where one does not fit the field. */
const CHANGES: readonly ((scene: Scene, field: Field) => Change | null)[] = [
  ({ number }) => ({ input: { label: `Field ${number}` }, refusal: null, lost: null }),
  (_, field) => {
    const options = optionsOf(field);
    if (options === null || options.length > 6) return null;
    const more = OPTIONS.find((option) => !options.includes(option)) ?? `more ${options.length}`;
    return { input: { options: [...options, more] }, refusal: null, lost: null };
  },
  ({ dice }, field) => {
    const options = optionsOf(field);
    if (options === null || options.length < 2) return null;
    const gone = dice.pick(options);
    const left = options.filter((option) => option !== gone);
    const fillWith = field.type === "PICKLIST" ? left[0] : left.slice(0, 1);
    return {
      input: { options: left, ...(field.isRequired ? { fillWith } : {}) },
      refusal: null,
      lost: [gone],
    };
  },
  (_, { isRequired }) => (isRequired ? { input: { isRequired: false }, refusal: null, lost: null } : null),
  ({ dice }, field) => {
    const options = optionsOf(field);
    if (field.isRequired || options === null) return null;
    const fillWith = field.type === "PICKLIST" ? options[0] : options.slice(0, 1);
    const isFilled = dice.chance(0.7);
    return {
      input: { isRequired: true, ...(isFilled ? { fillWith } : {}) },
      refusal: isFilled ? null : "BAD_USER_INPUT",
      lost: null,
    };
  },
  (scene, field) => {
    const { shape, value } = randomShape(scene);
    // Another type; another module to point to is the same type, and loses everything too.
    if (shape.type === field.type || (field.isRequired && value === null)) return null;
    return {
      input: { ...shape, ...(field.isRequired ? { fillWith: value } : {}) },
      refusal: null,
      lost: "ALL",
    };
  },
  ({ facts, dice }, field) => {
    if (field.type !== "LOOKUP") return null;
    const other = dice.pick(facts.rows.modules);
    const isOther = other.id !== field.lookupModuleId;
    return { input: { lookupModule: other.key }, refusal: null, lost: isOther ? "ALL" : null };
  },
];

function optionsOf({ type, options }: Field): readonly string[] | null {
  return type === "PICKLIST" || type === "MULTI_PICKLIST" ? (options as string[]) : null;
}

export const deleteField: Maker = (scene) => {
  const { facts, dice } = scene;
  const modules = facts.rows.modules.filter(({ fields }) => fields.length > FEW);
  if (modules.length === 0) return null;
  const module = dice.pick(modules);
  const field = dice.pick(module.fields);
  return {
    ...fieldStep(scene, "deleteField", {
      module,
      field,
      input: {},
      refusal: null,
      lost: "ALL",
      said: null,
    }),
    select: "id",
  };
};

type FieldChange = Change & {
  readonly module: ModuleRow;
  readonly field: Field;
  /** The version that is said to be the field's; null where none is asked for. */
  readonly said: number | undefined | null;
};

/** SH-32: whoever loses values confirms it, and the rules that use what is lost are broken, with an event for each. */
function fieldStep(
  { facts, dice }: Scene,
  mutation: "updateField" | "deleteField",
  { module, field, input, refusal, lost, said }: FieldChange,
): Omit<Step, "select"> {
  const as = somebodyWith(facts, dice, "MANAGE_MODULES");
  const confirm = lost !== null && dice.chance(0.85);
  const broken = facts.rows.rules.filter(
    (rule) => rule.moduleId === module.id && !rule.isBroken && loses(rule, field, lost),
  );
  return {
    mutation,
    as,
    input: {
      id: fieldId(field),
      ...input,
      ...(lost === null ? {} : { confirm }),
      ...(said == null ? {} : { expectedVersion: said }),
    },
    events: 1 + broken.length,
    expected: firstOf(
      unless(said !== undefined, "BAD_USER_INPUT"),
      refusal,
      unless(holds(facts.file, as, "MANAGE_MODULES", facts.now), "FORBIDDEN"),
      unless(lost === null || holds(facts.file, as, "RECORD_DELETE", facts.now), "FORBIDDEN"),
      unless(said == null || said === field.version, "CONFLICT"),
      unless(lost === null || confirm, "CONFIRMATION_REQUIRED"),
    ),
    check: (after) => {
      const are = (rules: readonly RuleRow[]) => rules.map(({ name }) => name).sort();
      const before = facts.rows.rules.filter(({ isBroken }) => isBroken);
      expect(are(after.rows.rules.filter(({ isBroken }) => isBroken))).toEqual(are([...before, ...broken]));
      expect(valuesThatStayed(after, module, field, lost), "values that should be gone").toEqual([]);
    },
  };
}

function loses({ criteria }: RuleRow, { key }: Field, lost: Change["lost"]): boolean {
  if (criteria === null || lost === null) return false;
  const constants = constantsOn(criteria, key);
  if (constants === null) return false;
  return lost === "ALL" || constants.some((constant) => lost.includes(String(constant)));
}

function valuesThatStayed(
  { rows }: Facts,
  module: ModuleRow,
  { key }: Field,
  lost: Change["lost"],
): readonly unknown[] {
  const values = rows.records
    .filter(({ moduleId }) => moduleId === module.id)
    .map((record) => (record.values as Record<string, unknown>)[key])
    .filter((value) => value !== undefined && value !== null);
  if (lost === null) return [];
  const filled = rows.modules.find(({ id }) => id === module.id)?.fields.find((each) => each.key === key);
  if (lost === "ALL") return filled?.isRequired === true ? [] : values;
  return values.filter((value) => [value].flat().some((each) => lost.includes(String(each))));
}
