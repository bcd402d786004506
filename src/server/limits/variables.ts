import type { Plugin } from "graphql-yoga";
import type { ServerContext } from "../http/exchange.ts";
import { limitExceeded } from "./exceeded.ts";

/** Values inside values: the deepest filter that is accepted has about 70 levels. */
const MAX_LEVELS = 128;

/**
 * Refuses variables and extensions that are nested too deeply (AP-10), before anything walks through them by calling
 * itself: a body of the allowed size has room for more levels than the stack.
 */
export const limitsVariables: Plugin<object, ServerContext> = {
  onParams: ({ params: { variables, extensions } }) => {
    if (!isDeeper({ variables, extensions })) return;
    throw limitExceeded(
      { name: "levels", max: MAX_LEVELS, actual: MAX_LEVELS + 1 },
      `The variables have more than ${MAX_LEVELS} values inside each other.`,
      { status: 400, spec: true },
    );
  },
};

/** Whether values stand inside each other more often than allowed below this object; level by level, without calls. */
function isDeeper(root: object): boolean {
  let level: readonly object[] = [root];
  for (let depth = 0; depth <= MAX_LEVELS; depth += 1) {
    level = level.flatMap((each) => Object.values(each).filter(isNest));
    if (level.length === 0) return false;
  }
  return true;
}

function isNest(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
