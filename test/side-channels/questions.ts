import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import type { Question } from "./gateway.ts";
import { argumentsOf, type Maker, type Wanted } from "./inputs.ts";

/** How deep a selection goes, wrappers of connections not counted. */
const DEPTH = 4;

/** How many fields one operation selects, about. */
const FIELDS = 20;

/** What records show in is asked more often than the rest of what the schema offers. */
const WEIGHTS: Readonly<Record<string, number>> = {
  records: 9,
  record: 5,
  node: 4,
  nodes: 3,
  explainAccess: 5,
};

type Field = GraphQLField<unknown, unknown>;

/** What is written of an operation so far. */
type Draft = {
  readonly make: Maker;
  readonly schema: GraphQLSchema;
  readonly declarations: string[];
  readonly variables: Record<string, unknown>;
  fields: number;
};

/** An operation, and how many fields it has at the top. */
export type Generated = Question & { readonly roots: number };

/** A valid operation out of the schema alone: one to three root fields, arguments as variables, random selections. */
export async function anyQuestion(make: Maker, schema: GraphQLSchema): Promise<Generated> {
  const { dice } = make;
  const roots = Object.values(schema.getQueryType()!.getFields());
  const neverAsked = roots.filter(({ name }) => make.seen.usesOf(`Query.${name}`) === 0);
  const chosen = Array.from({ length: dice.pick([1, 1, 1, 2, 3]) }, () =>
    neverAsked.length > 0 && dice.chance(0.3)
      ? dice.pick(neverAsked)
      : dice.weighted(roots.map((field) => [WEIGHTS[field.name] ?? 1, field] as const)),
  );
  return written(
    make,
    schema,
    chosen.map((field) => ({ field, wanted: null })),
  );
}

/** Pages of records that are filtered or ordered as wanted, with everything else random. */
export function recordsQuestion(
  make: Maker,
  schema: GraphQLSchema,
  lists: readonly Wanted[],
): Promise<Generated> {
  const field = schema.getQueryType()!.getFields()["records"]!;
  return written(
    make,
    schema,
    lists.map((wanted) => ({ field, wanted })),
  );
}

async function written(
  make: Maker,
  schema: GraphQLSchema,
  roots: readonly { readonly field: Field; readonly wanted: Wanted | null }[],
): Promise<Generated> {
  const draft: Draft = { make, schema, declarations: [], variables: {}, fields: 0 };
  const parts: string[] = [];
  for (const [at, { field, wanted }] of roots.entries()) {
    parts.push(`r${at}: ${await fieldText(draft, "Query", field, 0, wanted)}`);
  }
  const declared = draft.declarations.length === 0 ? "" : `(${draft.declarations.join(", ")})`;
  const query = `query Any${declared} { ${parts.join(" ")} }`;
  return { query, variables: draft.variables, roots: roots.length };
}

async function fieldText(
  draft: Draft,
  parent: string,
  field: Field,
  depth: number,
  wanted: Wanted | null = null,
): Promise<string> {
  draft.fields += 1;
  draft.make.seen.add(`${parent}.${field.name}`);
  const given = await argumentsOf(draft.make, parent, field, wanted);
  // Pages inside pages would be long.
  if (depth > 1 && isPaged(field) && given["first"] === undefined && given["last"] === undefined)
    given["first"] = 2;
  const args = Object.entries(given).map(([name, value]) => {
    const variable = `v${draft.declarations.length}`;
    draft.declarations.push(`$${variable}: ${String(field.args.find((arg) => arg.name === name)?.type)}`);
    draft.variables[variable] = value;
    return `${name}: $${variable}`;
  });
  const selected = await selection(draft, getNamedType(field.type), depth + 1);
  return `${field.name}${args.length === 0 ? "" : `(${args.join(", ")})`}${selected}`;
}

function isPaged({ args }: Field): boolean {
  return args.some(({ name }) => name === "first");
}

async function selection(draft: Draft, type: GraphQLNamedType, depth: number): Promise<string> {
  if (isLeafType(type)) return "";
  if (isAbstractType(type)) return ` { __typename ${await fragments(draft, type, depth)} }`;
  if (!isObjectType(type)) throw new Error(`${type.name} cannot be selected from`);
  return ` { ${(await fieldTexts(draft, type, depth)).join(" ")} }`;
}

/** Aliases keep fields of one name and different types apart. */
async function fragments(
  draft: Draft,
  type: Parameters<GraphQLSchema["getPossibleTypes"]>[0],
  depth: number,
): Promise<string> {
  const { dice, seen } = draft.make;
  const possible = draft.schema.getPossibleTypes(type);
  seen.add(`${type.name}.id`);
  const chosen = new Set(dice.sample(possible, dice.between(1, 3)));
  for (const each of possible) if (each.name.startsWith("Record") && dice.chance(0.8)) chosen.add(each);
  const texts: string[] = [];
  for (const each of chosen) {
    const inner = (await fieldTexts(draft, each, depth)).map(
      (text) => `${each.name}_${text.replace(/^\w+/, "$&: $&")}`,
    );
    texts.push(`... on ${each.name} { ${inner.join(" ")} }`);
  }
  return texts.join(" ");
}

async function fieldTexts(draft: Draft, type: GraphQLObjectType, depth: number): Promise<string[]> {
  const fields = Object.values(type.getFields());
  const chosen = fields.filter((field) => draft.make.dice.chance(chanceOf(draft, type, field, depth)));
  const leaf = fields.find(
    (field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument),
  );
  const isWrapper = /(Connection|Edge)$/.test(type.name);
  const texts: string[] = [];
  for (const field of chosen.length > 0 ? chosen : [leaf ?? fields[0]!]) {
    texts.push(await fieldText(draft, type.name, field, isWrapper ? depth - 1 : depth));
  }
  return texts;
}

/** What was never selected is; what leads on is the rarer, the deeper it lies. */
function chanceOf({ make, fields }: Draft, type: GraphQLObjectType, field: Field, depth: number): number {
  if (isLeafType(getNamedType(field.type))) return 0.6;
  if (field.name === "edges" || field.name === "node") return 0.9;
  if (field.name === "pageInfo") return 0.6;
  if (depth > DEPTH || fields > FIELDS) return 0;
  return make.seen.usesOf(`${type.name}.${field.name}`) === 0 ? 1 : 1 / (1 + depth);
}
