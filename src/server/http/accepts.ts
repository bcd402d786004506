import type { Plugin } from "graphql-yoga";
import type { ServerContext } from "./exchange.ts";

/** What yoga can write an answer as. */
const WRITTEN = [
  "application/graphql-response+json",
  "application/json",
  "text/event-stream",
  "multipart/mixed",
];

/**
 * Refuses as 406 whoever accepts no kind of answer that can be written. Yoga finds that out only when it has an answer:
 * a mutation would have happened by then, and nobody be told.
 */
export const refusesUnanswerable: Plugin<object, ServerContext> = {
  onRequestParse: ({ request, endResponse }) => {
    const accepted = acceptedTypes(request.headers.get("accept") || "*/*");
    if (accepted.some((type) => WRITTEN.some((written) => isWithin(written, type)))) return;
    const accept = WRITTEN.map((type) => `${type}; charset=utf-8`).join(", ");
    endResponse(new Response(null, { status: 406, headers: { accept } }));
  },
};

/** The types of an `Accept` header as yoga reads it: in UTF-8, which is the only one that it writes, whatever their `q`. */
function acceptedTypes(header: string): readonly string[] {
  return header
    .replace(/\s/g, "")
    .toLowerCase()
    .split(",")
    .flatMap((each) => {
      const [type = "", ...parameters] = each.split(";");
      const charset = parameters.find((parameter) => parameter.includes("charset="));
      return charset === undefined || charset === "charset=utf-8" ? [type] : [];
    });
}

function isWithin(type: string, range: string): boolean {
  const [kind, form] = type.split("/");
  const [kinds, forms] = range.split("/");
  return (kinds === "*" || kinds === kind) && (forms === "*" || forms === form);
}
