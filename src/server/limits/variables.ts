import type { Plugin } from "graphql-yoga";
import type { Settings } from "../../settings/settings.ts";
import type { ServerContext } from "../http/exchange.ts";
import { ANONYMOUS } from "./anonymous.ts";
import { limitExceeded } from "./exceeded.ts";

/** Values inside values: the deepest filter that is accepted has about 70 levels. */
const MAX_LEVELS = 128;

/**
 * Refuses variables and extensions that hold too many values or nest them too deeply (AP-10, AP-18), before anything
 * walks through them: the work of coercing and pricing follows their number, and what calls itself follows their depth.
 */
export function limitsVariables({ maxValues }: Settings): Plugin<object, ServerContext> {
  return {
    onParams: ({ params: { variables, extensions }, context: { exchange } }) => {
      const isStranger = exchange.session.kind === "ANONYMOUS";
      const max = isStranger ? Math.min(ANONYMOUS.values, maxValues) : maxValues;
      const { values, levels } = sizeOf({ variables, extensions }, max);
      if (values > max)
        throw limitExceeded(
          { name: "values", max, actual: values },
          `The variables hold more than ${max} values.`,
          { status: 400, spec: true },
        );
      if (levels > MAX_LEVELS)
        throw limitExceeded(
          { name: "levels", max: MAX_LEVELS, actual: levels },
          `The variables have more than ${MAX_LEVELS} values inside each other.`,
          { status: 400, spec: true },
        );
    },
  };
}

/**
 * How many values stand below an object and how deep, level by level and without calls. Counting ends with the first
 * value or level too many. Lists and objects count as what they are and for what is in them.
 */
function sizeOf(root: object, maxValues: number): { readonly values: number; readonly levels: number } {
  let values = 0;
  let levels = 0;
  // The two members themselves are no values.
  let level: readonly object[] = Object.values(root).filter(isNest);
  for (; level.length > 0; levels += 1) {
    if (levels > MAX_LEVELS) break;
    const below: object[] = [];
    for (const each of level) {
      for (const value of Object.values(each)) {
        values += 1;
        if (values > maxValues) return { values, levels };
        if (isNest(value)) below.push(value);
      }
    }
    level = below;
  }
  return { values, levels };
}

function isNest(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
