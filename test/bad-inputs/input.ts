import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import type { Dice } from "../random/dice.ts";
import { toJson } from "./hostile.ts";
import { malformed } from "./malformed.ts";
import { type Site, selectionOf } from "./site.ts";
import { spoiled } from "./spoil.ts";
import { ABSENT, type Path, type Spot, spotsIn, valueAt, withValueAt } from "./spot.ts";
import { type Arguments, validArguments } from "./valid.ts";
import { PERSONAS, type World } from "./world.ts";

/** A request as it goes out; who sends it is added when it is sent, unless it says so itself. */
export type Sent = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
};

/** One input: what is bad about it, who sends it, and the request. */
export type Input = {
  readonly title: string;
  readonly persona: string | null;
  /** The field that it asks; null where the request itself is malformed. */
  readonly site: Site | null;
  /** The one place that is bad, and the request without it; null when nothing or more than one is. */
  readonly bad: { readonly spot: Path; readonly without: Sent } | null;
  readonly request: Sent;
};

/** How an input is made: nearly good, all bad, no request at all, and a few that are good. */
const KINDS = [
  [79, "ONE_BAD"],
  [5, "ALL_BAD"],
  [13, "MALFORMED"],
  [3, "GOOD"],
] as const;

/** The name of an argument that no field has. */
const UNKNOWN = "nope";

/** An input for one of the fields. */
export async function inputOf(sites: readonly Site[], world: World, dice: Dice): Promise<Input> {
  const persona = dice.weighted(PERSONAS);
  const site = siteOf(sites, dice);
  const good = validArguments({ site, world, dice });
  switch (dice.weighted(KINDS)) {
    case "GOOD":
      return { title: site.name, persona, site, bad: null, request: ask(site, good, world, dice) };
    case "ONE_BAD": {
      const { path, args } = withOneBad(site, good, world, dice);
      const title = `${site.name} with a bad ${path.join(".")}`;
      const without = ask(site, good, world, dice);
      return { title, persona, site, bad: { spot: path, without }, request: ask(site, args, world, dice) };
    }
    case "ALL_BAD": {
      const args = site.field.args.reduce<Arguments>((all) => withOneBad(site, all, world, dice).args, good);
      return {
        title: `${site.name}, all bad`,
        persona,
        site,
        bad: null,
        request: ask(site, args, world, dice),
      };
    }
    case "MALFORMED": {
      const { title, request } = await malformed(ask(site, good, world, dice), world, dice);
      return { title, persona, site: null, bad: null, request };
    }
  }
}

/** A good request for a field, as one that is not spoiled. */
export function goodInput(site: Site, persona: string, world: World, dice: Dice): Input {
  const args = validArguments({ site, world, dice });
  return { title: site.name, persona, site, bad: null, request: ask(site, args, world, dice) };
}

/** Fields in which more can be wrong come more often. */
function siteOf(sites: readonly Site[], dice: Dice): Site {
  return dice.weighted(
    sites.map((site): readonly [number, Site] => {
      if (site.operation === "mutation") return [3, site];
      return [site.name === "Query.records" ? 20 : 1 + site.field.args.length / 4, site];
    }),
  );
}

function withOneBad(
  site: Site,
  good: Arguments,
  world: World,
  dice: Dice,
): { readonly path: Path; readonly args: Arguments } {
  if (dice.chance(0.01)) return { path: [UNKNOWN], args: { ...good, [UNKNOWN]: 1 } };
  const spots = spotsIn(site.field.args, good);
  const spot = dice.weighted(spots.map((each) => [weightOf(each), each] as const));
  const bad = spoiled({ spot, present: valueAt(good, spot.path), world, dice });
  return { path: spot.path, args: withValueAt(good, spot.path, bad) as Arguments };
}

/** Where only graphql-js has something to refuse, less is to be found. */
function weightOf({ type }: Spot): number {
  const nullable = type === null ? null : getNullableType(type);
  if (nullable === null || isListType(nullable)) return 3;
  if (isInputObjectType(nullable)) return nullable.isOneOf ? 3 : 1;
  return isEnumType(nullable) || nullable.name === "Boolean" ? 1 : 6;
}

/** The request that asks the field with these arguments, as variables or written into the document. */
function ask(site: Site, args: Arguments, world: World, dice: Dice): Sent {
  const isLiteral = dice.chance(0.2);
  const selection = selectionOf(site.field.type, 2, dice);
  const given = site.field.args.filter(({ name }) => Object.hasOwn(args, name));
  const passed = given
    .map(({ name, type }) => `${name}: ${isLiteral ? literal(args[name], type) : `$${name}`}`)
    .concat(Object.hasOwn(args, UNKNOWN) ? [`${UNKNOWN}: 1`] : []);
  const asked = `${site.field.name}${passed.length === 0 ? "" : `(${passed.join(", ")})`} ${selection}`;
  const field = site.through.reduceRight((inner, outer) => `${outer} { ${inner} }`, asked);
  const declared = isLiteral ? [] : given.map(({ name, type }) => `$${name}: ${type}`);
  const variables: Record<string, unknown> = isLiteral ? {} : { ...args };
  const root = site.under === null ? field : `node(id: $under) { ... on ${site.under} { ${field} } }`;
  if (site.under !== null) {
    declared.push("$under: ID!");
    variables["under"] = dice.pick(world.ids[site.under]);
  }
  const head = declared.length === 0 ? "" : `(${declared.join(", ")})`;
  const query = `${site.operation} One${head} { ${root} }`;
  const isRepeatable = site.operation === "mutation" && dice.chance(0.1);
  return {
    method: "POST",
    path: "/graphql",
    headers: {
      "content-type": "application/json",
      accept: dice.pick(["application/json", "application/graphql-response+json"]),
      ...(isRepeatable ? { "idempotency-key": `key-${dice.between(1, 1_000_000_000)}` } : {}),
    },
    body: toJson({ query, variables }),
  };
}

/** A value as it is written in a document; names for enums where the value can be one. */
function literal(value: unknown, type: GraphQLInputType | null): string {
  if (value === undefined || value === ABSENT) return "null";
  const inner = type !== null && isNonNullType(type) ? type.ofType : type;
  if (inner !== null && isEnumType(inner) && typeof value === "string" && /^[_A-Za-z]\w*$/.test(value))
    return value;
  if (Array.isArray(value)) {
    const item = inner !== null && isListType(inner) ? inner.ofType : null;
    return `[${value.map((each) => literal(each, item)).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const fields = inner !== null && isInputObjectType(inner) ? inner.getFields() : {};
    const parts = Object.entries(value).map(([key, part]) => {
      const name = /^[_A-Za-z]\w*$/.test(key) ? key : JSON.stringify(key);
      return `${name}: ${literal(part, Object.hasOwn(fields, key) ? (fields[key]?.type ?? null) : null)}`;
    });
    return `{${parts.join(", ")}}`;
  }
  return toJson(value);
}
