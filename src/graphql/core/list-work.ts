import {
  defaultFieldResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNullableType,
  isIntrospectionType,
  isListType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { InvalidInput } from "../../kernel/fault.ts";
import type { Context } from "./context.ts";

/**
 * So many fields may be read from the rows of an operation's lists. Before it runs a list counts as ten rows, however
 * many there turn out to be, and lists lead back to where they came from.
 */
export const MAX_LISTED = 100_000;

/** The same schema, whose lists are counted as they are read: pages, which are priced by their size, are none (AP-10). */
export function countingLists(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields()))
      if (isListType(getNullableType(field.type)) && field.name !== "edges") wrap(field);
  }
  return schema;
}

function wrap(field: GraphQLField<unknown, Context>): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    const work = workOf(context);
    // The executor goes on with what stands beside a field that was refused.
    if (work.refusal !== null) throw work.refusal;
    const rows: unknown = resolve(source, args, context, info);
    return rows instanceof Promise
      ? rows.then((found: unknown) => counted(found, work, info))
      : counted(rows, work, info);
  };
}

/** What the lists of an operation had so far, and the refusal once it was too much. */
type Work = { listed: number; refusal: InvalidInput | null };

const works = new WeakMap<Context, Work>();

function workOf(context: Context): Work {
  const known = works.get(context);
  if (known !== undefined) return known;
  const work = { listed: 0, refusal: null };
  works.set(context, work);
  return work;
}

/** @throws {InvalidInput} `LIMIT_EXCEEDED` when the lists of the operation are too much. */
function counted(rows: unknown, work: Work, info: GraphQLResolveInfo): unknown {
  if (!Array.isArray(rows)) return rows;
  work.listed += rows.length * Math.max(1, fieldsBelow(info));
  if (work.listed <= MAX_LISTED) return rows;
  work.refusal ??= new InvalidInput(
    info.fieldName,
    `More than ${MAX_LISTED} fields of the rows of lists were asked for. Ask for fewer at once.`,
    {
      code: "LIMIT_EXCEEDED",
      requirement: "AP-10",
      details: { limit: { name: "listed", max: MAX_LISTED, actual: work.listed } },
    },
  );
  throw work.refusal;
}

const counts = new WeakMap<FieldNode | FragmentDefinitionNode, number>();

/** How many fields are selected below a field, at any depth, each fragment counted wherever it is spread. */
function fieldsBelow({ fieldNodes, fragments }: GraphQLResolveInfo): number {
  const below = (node: FieldNode | FragmentDefinitionNode): number => {
    const known = counts.get(node);
    if (known !== undefined) return known;
    const count = node.selectionSet === undefined ? 0 : within(node.selectionSet);
    counts.set(node, count);
    return count;
  };
  const within = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => sum + each(selection), 0);
  const each = (selection: SelectionNode): number => {
    if (selection.kind === Kind.FIELD) return 1 + below(selection);
    if (selection.kind === Kind.INLINE_FRAGMENT) return within(selection.selectionSet);
    const fragment = fragments[selection.name.value];
    return fragment === undefined ? 0 : below(fragment);
  };
  return fieldNodes.reduce((sum, node) => sum + below(node), 0);
}
