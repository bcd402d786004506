import { complexityFromQuery } from "@pothos/plugin-complexity";
import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  getNullableType,
  isListType,
  Kind,
  type OperationDefinitionNode,
} from "graphql";
import { DEFAULT_PAGE, MAX_PAGE } from "../../store/directory/page.ts";

/** How often what stands below a list counts when no argument says how long the list can be. */
const LIST = 10;

/** The rule by which operations are priced (AP-10), for people; it stands in the description of `Query`. */
export const PRICES = `What an operation costs is known before it runs. Every field costs 1 for each row that it may be read from: below a connection these are \`first\` or \`last\` rows (${DEFAULT_PAGE} when neither is given), below \`nodes\` as many as there are ids, below the items of a mass change as many as are sent, below any other list ${LIST}. Lists inside lists multiply. An operation that costs more than the limit of the server (\`SIGHTLINE_MAX_COST\`) is refused as \`LIMIT_EXCEEDED\` with its cost, and no part of it runs.`;

type Arguments = Readonly<Record<string, unknown>>;
type Field = Pick<GraphQLField<unknown, unknown>, "name" | "args" | "type">;

/** The price of one field: itself, and how often what is selected below it counts. */
export function priceOf(args: Arguments, _context: object, field: Field) {
  return { field: 1, multiplier: rowsOf(args, field) };
}

function rowsOf(args: Arguments, field: Field): number {
  if (field.args.some(({ name }) => name === "first")) {
    const asked = args["first"] ?? args["last"] ?? DEFAULT_PAGE;
    // Other sizes are refused by the field itself, after the limits.
    return typeof asked === "number" && asked >= 1 && asked <= MAX_PAGE ? asked : MAX_PAGE;
  }
  const { ids, input } = args;
  if (Array.isArray(ids)) return ids.length;
  // The list of what became of the items is below, and counts as a list.
  if (isMap(input) && Array.isArray(input["items"]))
    return Math.max(1, Math.ceil(input["items"].length / LIST));
  // The rows of a page were counted where the page was asked for.
  if (field.name === "edges" || !isListType(getNullableType(field.type))) return 1;
  return LIST;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/**
 * What one operation of a valid document costs with these variables, by `PRICES`.
 *
 * @throws {GraphQLError} when the variables are not what the operation declares.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Arguments,
): number {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const alone: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
  return complexityFromQuery(alone, { schema, variables }).complexity;
}
