import type { Plugin } from "graphql-yoga";
import type { Settings } from "../../settings/settings.ts";
import type { ServerContext } from "../http/exchange.ts";
import { ANONYMOUS } from "./anonymous.ts";
import { limitExceeded } from "./exceeded.ts";
import { type JsonSize, sizeOfJson } from "./json-size.ts";

/** Values inside values: the deepest filter that is accepted has about 70 levels. */
const MAX_LEVELS = 128;

/** The body around variables and extensions: its members, and itself. */
const AROUND: JsonSize = { values: 4, levels: 2 };

/**
 * Refuses variables and extensions that hold too many values or nest them too deeply (AP-10, AP-18), before anything
 * walks through them: the work of coercing and pricing follows their number, and what calls itself follows their depth.
 * A body is measured before it is parsed, whichever of its members is so large.
 */
export function limitsVariables({ maxValues }: Settings): Plugin<object, ServerContext> {
  const maxFor = ({ session }: ServerContext["exchange"]) =>
    session.kind === "ANONYMOUS" ? Math.min(ANONYMOUS.values, maxValues) : maxValues;
  return {
    onRequestParse: ({ requestParser, setRequestParser, serverContext: { exchange } }) => {
      if (requestParser === undefined) return;
      setRequestParser((request) => {
        const read = request.text.bind(request);
        request.text = async () => requireSmall(await read(), maxFor(exchange));
        return requestParser(request);
      });
    },
    onParams: ({ params: { variables, extensions }, context: { exchange } }) => {
      const max = maxFor(exchange);
      refuse(sizeOf({ variables, extensions }, max), max);
    },
  };
}

function requireSmall(text: string, max: number): string {
  const most = { values: max + AROUND.values, levels: MAX_LEVELS + AROUND.levels };
  const { values, levels } = sizeOfJson(text, most);
  refuse({ values: values - AROUND.values, levels: levels - AROUND.levels }, max);
  return text;
}

function refuse({ values, levels }: JsonSize, max: number): void {
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
