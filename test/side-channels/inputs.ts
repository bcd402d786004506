import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";
import type { NodeType } from "../../src/kernel/global-id.ts";
import type { Dice } from "../random/dice.ts";
import { type Comparison, comparisonOf, type Order, orderOf, textOf } from "./comparisons.ts";
import type { Coverage } from "./coverage.ts";
import { type Lures, pickRecord } from "./lures.ts";

/** What arguments are made from. */
export type Maker = {
  readonly dice: Dice;
  readonly lures: Lures;
  readonly seen: Coverage;
  /** Cursors of the list in this order, made by a person who sees all of it, in either world. */
  readonly cursorsOf: (module: string, order: readonly Order[]) => Promise<readonly string[]>;
  /** Cursors of all the other lists. */
  readonly otherCursors: readonly string[];
};

/** What a list of records has to be asked with; the rest is chosen. */
export type Wanted = {
  readonly module: string;
  readonly compare?: Comparison;
  readonly order?: readonly Order[];
};

/** What arguments of one field have to agree on. */
type Scope = { readonly module: string; order: readonly Order[]; readonly wanted: Wanted | null };

type Inputs = Record<string, unknown>;

/** Values for the arguments of a field: all that it needs and some of the rest. */
export async function argumentsOf(
  make: Maker,
  parent: string,
  field: GraphQLField<unknown, unknown>,
  wanted: Wanted | null = null,
): Promise<Inputs> {
  const { dice, lures, seen } = make;
  const scope: Scope = {
    module: wanted?.module ?? dice.pick(lures.modules),
    order: wanted?.order ?? [],
    wanted,
  };
  const given: Inputs = {};
  // What cursors depend on comes first.
  const inOrder = [...field.args].sort((a, b) => rankOf(a) - rankOf(b));
  for (const arg of inOrder) {
    const place = `${parent}.${field.name}(${arg.name})`;
    if (!isWanted(arg, scope) && !isRequiredArgument(arg) && !isChosen(make, place, arg, given)) continue;
    seen.add(place);
    given[arg.name] =
      arg.name === "after" || arg.name === "before"
        ? await cursorFor(make, `${parent}.${field.name}`, scope)
        : inputOf(make, arg, scope, 0);
    if (arg.name === "orderBy") scope.order = given[arg.name] as readonly Order[];
  }
  return given;
}

function rankOf({ name }: GraphQLArgument): number {
  return name === "module" || name === "orderBy" ? 0 : 1;
}

function isWanted({ name }: GraphQLArgument, { wanted }: Scope): boolean {
  return (
    (name === "filter" && wanted?.compare !== undefined) ||
    (name === "orderBy" && wanted?.order !== undefined)
  );
}

/** `last` seldom stands beside `first`: that is refused. */
function isChosen({ dice, seen }: Maker, place: string, { name }: GraphQLArgument, given: Inputs): boolean {
  if (name === "last" && given["first"] !== undefined) return dice.chance(0.03);
  return seen.usesOf(place) === 0 || dice.chance(0.35);
}

async function cursorFor(make: Maker, field: string, { module, order }: Scope): Promise<string> {
  const { dice, otherCursors } = make;
  const own = field === "Query.records" ? await make.cursorsOf(module, order) : otherCursors;
  if (own.length > 0 && dice.chance(0.93)) return dice.pick(own);
  return dice.pick([
    ...otherCursors,
    ...(await make.cursorsOf(dice.pick(make.lures.modules), [])),
    "",
    "bm9uZQ",
  ]);
}

/** A value for an argument or a field of an input. */
export function inputOf(
  make: Maker,
  { name, type }: Pick<GraphQLArgument | GraphQLInputField, "name" | "type">,
  scope: Scope,
  depth: number,
): unknown {
  const { dice, seen } = make;
  const nullable = getNullableType(type) as GraphQLInputType;
  if (isListType(nullable)) return listOf(make, name, nullable.ofType, scope, depth);
  if (isEnumType(nullable)) {
    const values = nullable.getValues().map((value) => value.name);
    const unused = values.filter((value) => seen.usesOf(`${nullable.name}.${value}`) === 0);
    const value = dice.pick(unused.length > 0 && dice.chance(values.length > 20 ? 1 : 0.5) ? unused : values);
    seen.add(`${nullable.name}.${value}`);
    return value;
  }
  if (isInputObjectType(nullable)) return objectOf(make, nullable, scope, depth);
  const scalar = getNamedType(nullable).name;
  switch (scalar) {
    case "ID":
      return idFor(make, name);
    case "Int":
      return dice.chance(0.04)
        ? dice.pick([-1, 0, 101, 2 ** 31 - 1])
        : dice.between(1, dice.pick([2, 8, 100]));
    case "Boolean":
      return dice.chance(0.5);
    case "String":
      return stringFor(make, name, scope);
    case "DateTime":
      return dice.pick(["2026-11-01T00:00:00Z", "2026-12-01T12:00:00Z", "2027-03-01T00:00:00Z"]);
    default:
      throw new Error(`nothing is known that could be given as ${scalar} for ${name}: teach it here`);
  }
}

function listOf(make: Maker, name: string, type: GraphQLInputType, scope: Scope, depth: number): unknown[] {
  const { dice } = make;
  if (getNamedType(type).name === "RecordOrder")
    return [...(scope.wanted?.order ?? orderOf(make, scope.module))];
  const named = getNamedType(type);
  // Of many words many are given, so that each is once.
  const most = isEnumType(named) && named.getValues().length > 20 ? 40 : 3;
  return Array.from({ length: dice.chance(0.03) ? 0 : dice.between(1, most) }, () =>
    inputOf(make, { name, type }, scope, depth + 1),
  );
}

function objectOf(make: Maker, type: GraphQLInputObjectType, scope: Scope, depth: number): unknown {
  const { dice, seen } = make;
  const fields = Object.values(type.getFields());
  const use = (name: string) => seen.add(`${type.name}.${name}`);
  if (type.name === "RecordComparison") return comparisonOf(make, scope.module);
  if (type.name === "RecordKey") {
    const { module, key } = pickRecord(make);
    for (const { name } of fields) use(name);
    return { module: dice.chance(0.9) ? module : scope.module, key };
  }
  if (type.isOneOf) {
    const wanted = scope.wanted?.compare;
    if (type.name === "RecordFilter" && wanted !== undefined) return { compare: wanted };
    // A tree ends somewhere.
    const ends = fields.filter((field) => getNamedType(field.type) !== type);
    const field = dice.pick(depth > 2 || dice.chance(0.55) ? ends : fields);
    use(field.name);
    return { [field.name]: inputOf(make, field, scope, depth) };
  }
  const given: Inputs = {};
  for (const field of fields) {
    if (!isRequiredInputField(field) && dice.chance(0.4)) continue;
    use(field.name);
    given[field.name] = inputOf(make, field, scope, depth + 1);
  }
  return given;
}

/** What an argument is called says what it names, mostly; other nouns are tried on it too. */
export function idFor(make: Maker, name: string): string {
  const { dice, lures } = make;
  const { ids } = lures;
  if (dice.chance(0.01)) return dice.pick(["", "nonsense", "UmVjb3JkOjE"]);
  if (name === "user" && dice.chance(0.9)) return dice.pick(ids.User);
  if (name === "record" && dice.chance(0.9)) return pickRecord(make).id;
  const nouns = (Object.keys(ids) as NodeType[]).filter((noun) => ids[noun].length > 0);
  if (dice.chance(0.7)) return pickRecord(make).id;
  if (ids.RecordShare.length > 0 && dice.chance(0.6)) return dice.pick(ids.RecordShare);
  return dice.pick(ids[dice.pick(nouns)]);
}

function stringFor(make: Maker, name: string, scope: Scope): string {
  const { dice, lures } = make;
  if (name === "module") return scope.wanted !== null || dice.chance(0.97) ? scope.module : "no-such-module";
  if (name === "key" && dice.chance(0.7)) return dice.pick(lures.modules);
  return textOf(make);
}
