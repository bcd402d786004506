import { z } from "zod";
import type { Condition } from "../../../policy/model/condition.ts";
import { RULE_LEVELS } from "../../../policy/model/org.ts";
import { readEntries } from "../../terms/entries.ts";
import { type Printed, printedInstant, section, unless } from "../../terms/lines.ts";
import { printedParty, source, target } from "../../terms/party.ts";
import { closed, instant, key, name, orNull } from "../../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "../section.ts";
import { checkRules, readCriteria } from "./check.ts";
import { exportRules, importRules } from "./rows.ts";

/** Criteria are read by `policy/criteria/check.ts`, which knows the module's fields; the JSON Schema has their shape. */
const criteria = z.unknown().meta({ $ref: "#/definitions/condition" });

const shape = closed({
  name: orNull(name).describe("What people call it, unique in its module; its key unless said."),
  module: key.describe("One of `modules`: whose records it is about."),
  from: orNull(source).describe(
    "Whose records: `everyone`, or one of these. A rule has `from`, `criteria` or both.",
  ),
  criteria: criteria.optional().describe("Which records: those that meet it."),
  to: target.describe("Who gets them: `everyone`, or one of these."),
  access: z.enum(RULE_LEVELS).describe("What may be done with them."),
  includeSuperiors: z
    .boolean()
    .default(false)
    .describe("Whether those above the people it gives to get the same."),
  active: z.boolean().default(true).describe("Whether it is in force."),
  expiresAt: orNull(instant).describe("From when on it is in force no more; never unless said."),
}).transform(({ from, to, access, active, criteria, ...written }) => ({
  ...written,
  /** As written; undefined when there are none. */
  criteria,
  source: from,
  target: to,
  level: access,
  isActive: active,
}));

/** A rule whose name may be left to its key, and whose criteria have not been read. */
export type DraftRule = Readonly<z.output<typeof shape>>;

export type FileRule = Omit<DraftRule, "name" | "criteria"> & {
  readonly name: string;
  /** In stored form, but for constants of LOOKUP (a record key) and USER (an address): `mapConstants` makes ids of them. */
  readonly criteria: Condition | null;
};

export const sharingRules: Section<"sharingRules"> = {
  shapes: {
    sharingRules: z
      .record(key, shape)
      .optional()
      .describe("Records of some owners, or those that meet criteria: to whom, how far, until when."),
  },
  read: (reading) => readEntries(reading, "sharingRules", () => shape),
  check: checkRules,
  complete,
  print: ({ sharingRules }) =>
    sharingRules.size === 0 ? [] : section("sharingRules", sharingRules, printed),
  rows: { namingRecords: importRules },
  export: exportRules,
};

function complete(draft: Draft): OrganizationFile["sharingRules"] {
  const completed = (key: string, rule: DraftRule): FileRule => {
    const read = readCriteria(draft, rule);
    const criteria = read?.kind === "CONDITION" ? read.condition : null;
    return { ...rule, name: rule.name ?? key, criteria };
  };
  return new Map([...draft.sharingRules.entries].map(([key, rule]) => [key, completed(key, rule)]));
}

function printed(rule: FileRule, key: string): Printed {
  return {
    name: unless(key, rule.name),
    module: rule.module,
    from: rule.source === null ? undefined : printedParty(rule.source),
    criteria: unless(null, rule.criteria),
    to: printedParty(rule.target),
    access: rule.level,
    includeSuperiors: unless(false, rule.includeSuperiors),
    active: unless(true, rule.isActive),
    expiresAt: printedInstant(rule.expiresAt),
  };
}
