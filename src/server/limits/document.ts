import { type DocumentNode, GraphQLError, parse } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Settings } from "../../settings/settings.ts";
import type { ServerContext } from "../http/exchange.ts";
import { type Excess, limitExceeded } from "./exceeded.ts";
import { shapeOf } from "./shape.ts";

/**
 * Refuses documents that are too long, too deep or too wide (AP-10) before they are validated, since `LIMIT_EXCEEDED`
 * goes before `BAD_USER_INPUT` (AP-04). Tokens are counted while reading, which stops at the limit.
 */
export function limitsDocuments(settings: Settings): Plugin<object, ServerContext> {
  return {
    onParse: ({ setParseFn }) => {
      setParseFn((source, options) => parseWithin(settings.maxTokens, source, options));
      return ({ result }) => {
        if (result instanceof Error || result == null) return;
        const excess = excessOf(result as DocumentNode, settings);
        if (excess === undefined) return;
        // Thrown, not put in the place of the document: yoga keeps what stands there for the next request.
        throw limitExceeded(
          excess,
          `The document has ${excess.actual} ${UNITS[excess.name]}; at most ${excess.max} are allowed.`,
          { status: 400, spec: true },
        );
      };
    },
  };
}

type OfShape = Excess & { readonly name: keyof typeof UNITS };

const UNITS = {
  depth: "fields inside each other",
  aliases: "aliases",
  directives: "directives at one place",
  repeats: "repetitions of one field in one selection",
} as const;

function excessOf(document: DocumentNode, settings: Settings): OfShape | undefined {
  const { depth, aliases, directives, repeats } = shapeOf(document);
  const measures: readonly OfShape[] = [
    { name: "depth", max: settings.maxDepth, actual: depth },
    { name: "aliases", max: settings.maxAliases, actual: aliases },
    { name: "directives", max: settings.maxDirectives, actual: directives },
    { name: "repeats", max: settings.maxRepeats, actual: repeats },
  ];
  return measures.find(({ max, actual }) => actual > max);
}

function parseWithin(
  max: number,
  source: Parameters<typeof parse>[0],
  options: Parameters<typeof parse>[1],
): DocumentNode {
  try {
    return parse(source, { ...options, maxTokens: max });
  } catch (error) {
    if (
      !(error instanceof GraphQLError) ||
      !/Document contains more tha[nt] \d+ tokens/.test(error.message)
    ) {
      throw error;
    }
    throw limitExceeded(
      { name: "tokens", max, actual: max + 1 },
      `The document has more than ${max} tokens.`,
      { status: 400, spec: true },
    );
  }
}
