import type { Plugin } from "graphql-yoga";
import { InvalidInput } from "../../kernel/fault.ts";
import type { ServerContext } from "./exchange.ts";

/** Refuses a GET whose `variables` or `extensions` are no JSON: yoga would answer as if the fault were ours. */
export const refusesBrokenParameters: Plugin<object, ServerContext> = {
  onRequestParse: ({ request }) => {
    if (request.method !== "GET") return;
    const { searchParams } = new URL(request.url);
    for (const name of ["variables", "extensions"]) {
      const text = searchParams.get(name);
      if (text && !isJson(text)) throw new InvalidInput(name, `The parameter ${name} is no JSON.`);
    }
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
