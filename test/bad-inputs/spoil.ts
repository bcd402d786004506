import {
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { NODE_TYPES, toGlobalId } from "../../src/kernel/global-id.ts";
import type { Dice } from "../random/dice.ts";
import { deep, hostileJson, INSTANTS, keyed, NUMBERS, PROTOTYPE_KEYS, TEXTS, UNSTORABLE } from "./hostile.ts";
import { ABSENT, type Spot } from "./spot.ts";
import type { World } from "./world.ts";

/** What a bad value is made from; `present` is the good value that it takes the place of, if there is one. */
type Spoiling = {
  readonly spot: Spot;
  readonly present: unknown;
  readonly world: World;
  readonly dice: Dice;
};

/** A bad value for the place: of the wrong type, or of the right one and hostile. */
export function spoiled(spoiling: Spoiling): unknown {
  const { type } = spoiling.spot;
  return type === null ? insideJson(spoiling) : ofType(type, spoiling);
}

function ofType(type: GraphQLInputType, spoiling: Spoiling): unknown {
  const { present, dice } = spoiling;
  if (isNonNullType(type)) {
    if (dice.chance(0.05)) return null;
    if (present !== undefined && dice.chance(0.05)) return ABSENT;
    return ofType(type.ofType, spoiling);
  }
  if (isListType(type)) return list(type.ofType, spoiling);
  if (isEnumType(type)) return enumValue(type, spoiling);
  if (isInputObjectType(type)) return inputObject(type, spoiling);
  switch (type.name) {
    case "Int":
      if (dice.chance(0.6)) return dice.pick([0, -1, 101, 2 ** 31 - 1, -(2 ** 31)]);
      return dice.chance(0.7)
        ? dice.pick(NUMBERS)
        : wrongly(["5", "", true, [], {}, "NaN", [1, 2]], spoiling);
    case "Float":
      return dice.chance(0.7)
        ? dice.pick(NUMBERS)
        : wrongly(["5", "", true, [], {}, "NaN", [1, 2]], spoiling);
    case "Boolean":
      return wrongly(["true", "", 0, 1, [], {}, [true, false]], spoiling);
    case "ID":
      return dice.chance(0.9) ? globalId(spoiling) : wrongly([5, 2 ** 60, 1.5, true, [], {}], spoiling);
    case "DateTime":
      return dice.chance(0.7) ? dice.pick(INSTANTS) : wrongly([true, [], {}, ...NUMBERS], spoiling);
    case "JSON":
      return hostileJson(dice);
    default:
      return text(spoiling);
  }
}

function wrongly(values: readonly unknown[], { dice }: Spoiling): unknown {
  return dice.pick(values);
}

function text(spoiling: Spoiling): unknown {
  const { dice, spot, present } = spoiling;
  if (/^(after|before)$/.test(spot.name)) return cursor(spoiling);
  return dice.weighted<() => unknown>([
    [4, () => dice.pick(UNSTORABLE)],
    [3, () => `${present ?? "x"}${dice.pick(UNSTORABLE)}`],
    [4, () => dice.pick(TEXTS)],
    [1, () => dice.pick<unknown>([5, 1.5, true, [], {}, ["a", "b"], ...NUMBERS])],
  ])();
}

function list(item: GraphQLInputType, spoiling: Spoiling): unknown {
  const { present, dice } = spoiling;
  const items = Array.isArray(present) ? present : [];
  const bad = () => ofType(item, { ...spoiling, present: items[0] });
  return dice.weighted<() => unknown>([
    [4, () => []],
    [1, () => [...items, null]],
    [4, () => [...items, ...items]],
    [2, () => Array.from({ length: 1_001 }, () => items[0] ?? "x")],
    [1, () => [items]],
    [1, () => ({})],
    [1, () => ({ length: 3 })],
    [1, () => dice.pick<unknown>([5, true, "", "x"])],
    [3, () => [...items, bad()].filter((each) => each !== ABSENT)],
  ])();
}

function enumValue(type: GraphQLEnumType, { dice }: Spoiling): unknown {
  const name = dice.pick(type.getValues()).name;
  return dice.pick<unknown>([
    "NOPE",
    name.toLowerCase(),
    `${name} `,
    `${name}\u0000`,
    "",
    "__proto__",
    "constructor",
    0,
    true,
    {},
    [],
    [name, name],
  ]);
}

function inputObject(type: GraphQLInputObjectType, spoiling: Spoiling): unknown {
  const { present, dice } = spoiling;
  const given = (present ?? {}) as Readonly<Record<string, unknown>>;
  const fields = Object.values(type.getFields());
  if (type.isOneOf && dice.chance(0.4)) {
    const two = dice.sample(fields, 2).map((field) => [field.name, given[field.name] ?? null] as const);
    return dice.pick<unknown>([{}, Object.fromEntries(two), { ...given, [dice.pick(fields).name]: null }]);
  }
  if (type.name === "RecordFilter" && dice.chance(0.5)) return tooMuchFilter(dice);
  return dice.weighted<() => unknown>([
    [3, () => ({ ...given, nope: 1 })],
    [2, () => ({ ...given, ...keyed(dice.pick(PROTOTYPE_KEYS), dice.pick<unknown>([1, { a: 1 }, null])) })],
    [2, () => Object.fromEntries(Object.entries(given).slice(1))],
    [1, () => ({})],
    [1, () => []],
    [1, () => [given, given]],
    [2, () => dice.pick<unknown>([5, "x", "", true, "{}"])],
  ])();
}

/** Filters that are right in every part, and too much of it. */
function tooMuchFilter(dice: Dice): unknown {
  const leaf = { compare: { field: "name", op: "IS_NOT_NULL" } };
  const many = (length: number) => Array.from({ length }, () => leaf);
  return dice.pick<() => unknown>([
    () => deep("all", dice.pick([33, 100, 1_000, 20_000])),
    () => ({ any: many(1_001) }),
    () => ({ all: Array.from({ length: 20 }, () => ({ any: many(60) })) }),
    () => ({ all: [] }),
    () => ({ any: [{ all: [] }] }),
    () => ({
      compare: { field: "name", op: "IN", value: Array.from({ length: 1_001 }, (_, at) => `n${at}`) },
    }),
  ])();
}

/** Ids that are none, that are spelled otherwise, of another noun, of nothing, or of another organisation. */
function globalId({ spot, present, world, dice }: Spoiling): unknown {
  const good = typeof present === "string" ? present : dice.pick(world.ids[dice.pick(NODE_TYPES)]);
  const [noun = "", uuid = ""] = Buffer.from(good, "base64url").toString("utf8").split(":");
  const encoded = (plain: string) => Buffer.from(plain, "utf8").toString("base64url");
  return dice.weighted<() => unknown>([
    [2, () => dice.pick([...TEXTS, ...UNSTORABLE])],
    [1, () => uuid],
    [1, () => `${noun}:${uuid}`],
    [2, () => `${good}${dice.pick(["=", "==", " ", "\n", "A", "\u0000", "."])}`],
    [1, () => ` ${good}`],
    [1, () => good.toLowerCase()],
    [1, () => encoded(`${noun}:${uuid.toUpperCase()}`)],
    [1, () => encoded(`${noun.toLowerCase()}:${uuid}`)],
    [1, () => encoded(`${noun}:${uuid}:${uuid}`)],
    [1, () => encoded(`${noun}:`)],
    [1, () => encoded(`${noun}:1`)],
    [1, () => encoded(`${dice.pick(["Nothing", "__proto__", "constructor", ""])}:${uuid}`)],
    [1, () => encoded(`${noun}:${uuid}`.padEnd(5_000, "x"))],
    [2, () => toGlobalId(dice.pick(NODE_TYPES), "00000000-0000-7000-8000-000000000000")],
    [2, () => dice.pick(world.ids[dice.pick(NODE_TYPES)])],
    [2, () => dice.pick(world.foreign[dice.pick(NODE_TYPES)])],
    [1, () => dice.pick(world.foreign[NODE_TYPES.find((each) => each === noun) ?? "Record"])],
    [1, () => spot.name],
  ])();
}

/** Cursors that are none, of another list, or of this one with something else in it. */
function cursor({ present, world, dice }: Spoiling): unknown {
  const known = Object.values(world.cursors).flat();
  const good = known.find((each) => each === present) ?? dice.pick(known);
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value), "utf8").toString("base64url");
  const parts = JSON.parse(Buffer.from(good, "base64url").toString("utf8")) as readonly unknown[];
  const at = dice.between(0, parts.length - 1);
  const changed = (to: unknown) => encoded(parts.map((part, place) => (place === at ? to : part)));
  const bare = (json: string) => Buffer.from(json, "utf8").toString("base64url");
  return dice.weighted<() => unknown>([
    [2, () => dice.pick([...TEXTS, ...UNSTORABLE])],
    [3, () => dice.pick(known)],
    [6, () => changed(dice.pick<unknown>([null, true, 1, -1, 2 ** 60, "", "x", "\u0000", "\ud800", [], {}]))],
    [2, () => bare(JSON.stringify(parts).replace(/[^,[\]]+(?=[,\]])/, dice.pick(["1e999", "-1e999", "-0"])))],
    [1, () => encoded([...parts, 1])],
    [1, () => encoded(parts.slice(1))],
    [1, () => encoded(Array.from({ length: 500 }, () => "x"))],
    [1, () => dice.pick(["[]", "{}", "null", "1", '"x"', "[", '{"length":2}', "[[],[]]"].map(bare))],
    [1, () => bare("[".repeat(20_000) + "]".repeat(20_000))],
    [1, () => good.slice(0, -3)],
    [1, () => good.toUpperCase()],
    [1, () => dice.pick<unknown>([5, true, {}, []])],
  ])();
}

function insideJson({ present, dice }: Spoiling): unknown {
  return dice.weighted<() => unknown>([
    [1, () => ABSENT],
    [4, () => hostileJson(dice)],
    [2, () => dice.pick(INSTANTS)],
    [1, () => [present, present]],
    [1, () => [present]],
    [1, () => ({ value: present })],
    [2, () => `${typeof present === "string" ? present : "x"}${dice.pick(UNSTORABLE)}`],
    [1, () => (typeof present === "string" ? present.toUpperCase() : String(present))],
  ])();
}
