import { z } from "zod";
import { FORECASTS } from "../../../policy/model/org.ts";
import { key, unique } from "../../terms/shape.ts";
import type { Section } from "../section.ts";
import { checkModules } from "./check.ts";
import { exportModules, importModules, pruneModules } from "./rows.ts";
import { completeModules, forecastsShape, moduleShape, printModules, readModules } from "./shape.ts";
import { dropStaleValues } from "./stale-values.ts";

/**
 * Modules with their fields, and which of them are open to team users. In files of their own: what they look like, how
 * they must fit the rest of the file, their rows, and the values that a change of fields takes away.
 */
export const modules: Section<"modules"> = {
  shapes: {
    modules: z
      .looseObject({ [FORECASTS]: forecastsShape.optional() })
      .catchall(moduleShape)
      .optional(),
    teamUserModules: unique(key).optional(),
  },
  read: readModules,
  check: checkModules,
  complete: completeModules,
  print: printModules,
  rows: { structure: importModules, "naming records": dropStaleValues, prune: pruneModules },
  export: exportModules,
};
