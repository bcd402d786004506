import { z } from "zod";
import { MAX_CONSTANTS } from "../policy/criteria/check.ts";
import { arityOf, OPERATORS_OF } from "../policy/criteria/criteria.ts";
import { OPERATORS } from "../policy/model/condition.ts";
import { FIELD_TYPES } from "../policy/model/org.ts";
import { fileShape } from "./sections/index.ts";
import { key } from "./terms/shape.ts";

/**
 * The JSON Schema (draft 07) of an organisation file, for editors (BU-05): generated from the schemas that read it.
 *
 * It says the shape of every entry. What entries say about each other, and which `op` fits which field's type, is in
 * descriptions: the reader checks it.
 */
export function organizationFileJsonSchema(): { readonly [key: string]: unknown } {
  const { $schema, definitions, ...root } = z.toJSONSchema(fileShape, OPTIONS);
  const { definitions: ofCondition } = z.toJSONSchema(z.strictObject({ condition }), OPTIONS);
  const all = Object.assign({}, definitions, ofCondition);
  return { $schema, title: "Sightline organisation file", ...root, definitions: all };
}

const OPTIONS = { io: "input", target: "draft-07" } as const;

const field = key.describe("A field of the rule's module.");
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const operands = OPERATORS.map((op) => ({
  op,
  kinds: new Set(typesOf(op).map((type) => arityOf(type, op))),
}));

/** The closed condition tree of `policy/criteria/criteria.ts`, as far as one can say without knowing the module's fields. */
const condition: z.ZodType = z
  .lazy(() => z.union([tree("all"), tree("any"), ...operands.map(comparison)]))
  .meta({
    id: "condition",
    description: [
      "An and/or tree of comparisons with constants. Text is compared by code point, case-sensitive, without wildcards; a field without a value meets only IS_NULL.",
      ...FIELD_TYPES.map((type) => `${type}: ${OPERATORS_OF[type].join(" ")}.`),
    ].join(" "),
  });

function tree(kind: "all" | "any") {
  const description = kind === "all" ? "Every one of them holds." : "At least one of them holds.";
  return z.strictObject({ [kind]: z.array(condition).min(1).describe(description) });
}

function comparison({ op, kinds }: (typeof operands)[number]) {
  const description = `Fits ${typesOf(op).join(", ")}.`;
  const named = { field, op: z.literal(op).describe("How it is compared.") };
  if (kinds.has("NOTHING")) return z.strictObject(named).describe(description);
  const list = z.array(scalar).min(1).max(MAX_CONSTANTS);
  const value = !kinds.has("LIST") ? scalar : kinds.has("ONE") ? z.union([scalar, list]) : list;
  return z
    .strictObject({ ...named, value: value.describe("What it is compared with.") })
    .describe(description);
}

function typesOf(op: (typeof OPERATORS)[number]) {
  return FIELD_TYPES.filter((type) => OPERATORS_OF[type].includes(op));
}
