import { z } from "zod";
import { readEntries } from "../../terms/entries.ts";
import { section } from "../../terms/lines.ts";
import { key } from "../../terms/shape.ts";
import type { Section } from "../section.ts";
import { checkRules } from "./check.ts";
import { exportRules, importRules } from "./rows.ts";
import { completeRules, printedRule, ruleShape } from "./shape.ts";

/** In files of their own: what a rule looks like, how it must fit the rest of the file, and the rows that it becomes. */
export const sharingRules: Section<"sharingRules"> = {
  shapes: { sharingRules: z.record(key, ruleShape).optional() },
  read: (reading) => readEntries(reading, "sharingRules", () => ruleShape),
  check: checkRules,
  complete: completeRules,
  print: ({ sharingRules }) =>
    sharingRules.size === 0 ? [] : section("sharingRules", sharingRules, printedRule),
  rows: { "naming records": importRules },
  export: exportRules,
};
