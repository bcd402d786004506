import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
} from "graphql";
import type { NodeType } from "../../src/kernel/global-id.ts";
import { NOW } from "../graphql/world.ts";
import type { Dice } from "../random/dice.ts";
import { constantOf, criterionOf, textOf } from "./comparisons.ts";
import type { Coverage } from "./coverage.ts";
import { ATTRIBUTES, type Comparable, type Lure, type Lures, type Standing } from "./lures.ts";

export type MutationField = GraphQLField<unknown, unknown>;

/** What inputs are made from. */
export type InputMaker = {
  readonly dice: Dice;
  readonly lures: Lures;
  readonly seen: Coverage;
  /** Where the records that an input names come from, and how often. */
  readonly aim: readonly (readonly [number, Standing])[];
  /** Whose records are preferred among the reached, by global id: there most can be done. */
  readonly self: string | null;
};

/** What the fields of one input have to agree on. */
type Scope = { readonly mutation: string; module: string; record: Lure | null };

/** An input that could be meant: ids of the right nouns, values that fit, most of what is optional. */
export function inputFor(make: InputMaker, mutation: MutationField): Record<string, unknown> {
  const arg = mutation.args.find(({ name }) => name === "input");
  const type = arg && getNullableType(arg.type);
  if (!isInputObjectType(type)) throw new Error(`${mutation.name} takes no input object`);
  const scope = { mutation: mutation.name, module: make.dice.pick(make.lures.modules), record: null };
  return valueFor(make, { name: "input", type }, scope, 0) as Record<string, unknown>;
}

/** Which noun an id of an input is of, by what it is called there. */
export function nounOf(mutation: string, name: string): NodeType {
  switch (name) {
    case "id":
    case "items":
      return NOUNS.find(([ending]) => ending.test(mutation))?.[1] ?? "Record";
    case "role":
    case "roleAndSubordinates":
    case "parent":
      return "Role";
    case "from":
    case "to":
    case "transferRecordsTo":
      return "User";
    case "transferTo":
      return mutation === "deleteProfile" ? "Profile" : "Role";
    case "group":
      return "Group";
    case "profile":
      return "Profile";
    case "module":
      return "Module";
    case "share":
      return "RecordShare";
    case "owner":
    case "user":
    case "users":
    case "reportsTo":
    case "forecastManager":
    case "administrators":
      return "User";
    default:
      return "Record";
  }
}

const NOUNS: readonly (readonly [RegExp, NodeType])[] = [
  [/SharingRule$/, "SharingRule"],
  [/(Field)$/, "Field"],
  [/(Module)$/, "Module"],
  [/SupportAccess$/, "SupportAccess"],
  [/Group$/, "Group"],
  [/Profile$/, "Profile"],
  [/Role$/, "Role"],
  [/(Users?|UserEmail|Invitation|Administrator)$/, "User"],
];

type Place = Pick<GraphQLInputField, "name" | "type">;

function valueFor(make: InputMaker, { name, type }: Place, scope: Scope, depth: number): unknown {
  const { dice, seen } = make;
  const nullable = getNullableType(type) as GraphQLInputType;
  if (isListType(nullable)) {
    const inner = { name, type: nullable.ofType };
    return Array.from({ length: dice.between(1, 3) }, () => valueFor(make, inner, scope, depth + 1));
  }
  if (isEnumType(nullable)) return dice.pick(nullable.getValues()).name;
  if (isInputObjectType(nullable)) {
    if (nullable.name === "RecordComparison") return criterionOf(make, scope.module, dice.weighted(make.aim));
    const fields = Object.values(nullable.getFields());
    if (nullable.isOneOf) {
      const ends = fields.filter((field) => getNamedType(field.type) !== nullable);
      const user = fields.filter((field) => field.name === "user" && dice.chance(0.5));
      const field = dice.pick(user.length > 0 ? user : depth > 2 ? ends : fields);
      seen.add(`${nullable.name}.${field.name}`);
      return { [field.name]: valueFor(make, field, scope, depth + 1) };
    }
    // What others depend on comes first.
    const inOrder = [...fields].sort((a, b) => rankOf(a) - rankOf(b));
    const given: Record<string, unknown> = {};
    for (const field of inOrder) {
      if (!isRequiredInputField(field) && dice.chance(0.35)) continue;
      seen.add(`${nullable.name}.${field.name}`);
      given[field.name] = valueFor(make, field, scope, depth + 1);
    }
    return given;
  }
  return scalarFor(make, name, getNamedType(nullable).name, scope);
}

function rankOf({ name }: GraphQLInputField): number {
  return name === "id" || name === "module" ? 0 : 1;
}

function scalarFor(make: InputMaker, name: string, scalar: string, scope: Scope): unknown {
  const { dice, lures } = make;
  switch (scalar) {
    case "ID":
      return idFor(make, name, scope);
    case "Boolean":
      return dice.chance(0.5);
    case "Int":
      return dice.between(0, 20);
    case "DateTime":
      return name === "expectedUpdatedAt"
        ? ((dice.chance(0.7) ? scope.record : aimed(make, () => true))?.constants["updatedAt"] ??
            new Date(NOW).toISOString())
        : new Date(NOW + dice.between(-3, 30) * 86_400_000).toISOString();
    case "Date":
      return new Date(NOW + dice.between(-3, 30) * 86_400_000).toISOString().slice(0, 10);
    case "JSON":
      return name === "values" ? valuesFor(make, scope.module) : dice.pick(["x", 1, null, true]);
    case "String":
      if (name !== "module") return wordFor(make, name);
      scope.module = dice.pick(lures.modules);
      return scope.module;
    default:
      throw new Error(`nothing is known that could be given as ${scalar} for ${name}: teach it here`);
  }
}

function wordFor(make: InputMaker, name: string): string {
  const { dice, lures } = make;
  const number = dice.between(0, 9999);
  switch (name) {
    case "modules":
    case "transferModules":
    case "lookupModule":
      return dice.pick(lures.modules);
    case "application":
      return dice.pick(["CRM", "DESK", "SURVEY", "ANALYTICS"]);
    case "csv":
      return `email,DESK.role\nmade-${number}@acme.test,Agent`;
    case "email":
      return `made-${number}@acme.test`;
    case "key":
      return `made-${number}`;
    case "name":
    case "label":
      return `Made ${number}`;
    default:
      return textOf(make);
  }
}

function idFor(make: InputMaker, name: string, scope: Scope): string {
  const { dice, lures } = make;
  const noun = nounOf(scope.mutation, name);
  if (noun === "RecordShare" && lures.reachedShares.length > 0 && dice.chance(0.6))
    return dice.pick(lures.reachedShares);
  if (noun !== "Record") {
    const id = dice.pick(lures.ids[noun]);
    scope.module = lures.moduleOfRule[id] ?? scope.module;
    return id;
  }
  const record = aimed(make, () => true);
  scope.module = record.module;
  scope.record = record;
  return record.id;
}

/** A record to name, where the aim says; of the others if there is none. */
function aimed({ dice, lures, aim, self }: InputMaker, fits: (record: Lure) => boolean): Lure {
  const standing = dice.weighted(aim);
  const records = lures.records[standing].filter(fits);
  const own = records.filter(({ constants }) => constants["owner"] === self);
  if (standing === "REACHED" && own.length > 0 && dice.chance(0.6)) return dice.pick(own);
  return dice.pick(records.length > 0 ? records : lures.records.ABSENT);
}

/** Values for some fields of the module, those that may be required among them. */
function valuesFor(make: InputMaker, module: string): Record<string, unknown> {
  const { dice, lures } = make;
  const fields = (lures.comparables[module] ?? []).slice(ATTRIBUTES.length);
  return Object.fromEntries(
    fields
      .filter(({ type }) => dice.chance(type === "PICKLIST" ? 0.9 : 0.3))
      .map((field) => [field.name, dice.chance(0.1) ? null : valueOfField(make, module, field)]),
  );
}

function valueOfField(make: InputMaker, module: string, field: Comparable): unknown {
  if (field.type === "LOOKUP") return aimed(make, (record) => record.module === field.module).id;
  return constantOf(make, module, field, make.dice.weighted(make.aim));
}
