import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from "graphql";
import type { Question } from "./gateway.ts";
import type { MutationField } from "./mutation-inputs.ts";

/** How deep a payload is selected. */
const DEPTH = 3;

/**
 * How far a rule has been applied is readable by those who manage rules (SH-36), and counts records whether they reach
 * them or not: the one number that tells the worlds apart, by decision.
 */
const PROGRESS: ReadonlySet<string> = new Set(["SharingRule.appliedRecords", "SharingRule.totalRecords"]);

/** Every mutation of the schema. */
export function mutationsOf(schema: GraphQLSchema): readonly MutationField[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {});
}

/** One mutation with an input, and of its payload everything that is no list of rows. */
export function mutationQuestion(mutation: MutationField, input: unknown): Question {
  const { name, args, type } = mutation;
  const declared = String(args.find((arg) => arg.name === "input")?.type);
  return {
    query: `mutation Any($input: ${declared}) { ${name}(input: $input)${payloadText(getNamedType(type), 1)} }`,
    variables: { input },
  };
}

function payloadText(type: GraphQLNamedType, depth: number): string {
  if (isLeafType(type)) return "";
  if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`${type.name} cannot be selected from`);
  const fields = Object.values(type.getFields()).filter((field) => {
    // Rows that were made in this run have random ids, and with them a random place in a list.
    if (field.args.length > 0 || PROGRESS.has(`${type.name}.${field.name}`)) return false;
    return isLeafType(getNamedType(field.type)) || depth < DEPTH;
  });
  return ` { ${fields.map((field) => field.name + payloadText(getNamedType(field.type), depth + 1)).join(" ")} }`;
}
