import { z } from "zod";
import { key } from "../../terms/shape.ts";
import type { Section } from "../section.ts";
import { checkRecords } from "./check.ts";
import { exportRecords } from "./export.ts";
import { identifyRecords, importRecords } from "./import.ts";
import { completeRecords, printRecords, readRecords, recordShape } from "./shape.ts";

/**
 * Records are many, and never in memory together as more than text: read, printed and written one by one or in batches
 * (BU-06). In files of their own: what a record looks like, its values, how it must fit the rest of the file, and the
 * two ways between records of a file and rows.
 */
export const records: Section<"records"> = {
  shapes: { records: z.record(key, z.record(key, recordShape)).optional() },
  read: readRecords,
  check: checkRecords,
  complete: completeRecords,
  print: printRecords,
  rows: { identities: identifyRecords, "naming records": importRecords },
  export: exportRecords,
};
