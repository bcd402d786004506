import { renderGraphiQL as renderOffline } from "@graphql-yoga/render-graphiql";
import type { GraphiQLOptions } from "graphql-yoga";
import { keptTabs } from "./kept-tabs.ts";
import { PERSONA_MENU } from "./persona-menu.ts";
import { RECORD_VARIABLE } from "./record-variable.ts";
import { WRAPPED_LINES } from "./wrapped-lines.ts";

/** Its page carries all of its scripts: it works with no network (AP-30). */
export const renderGraphiQL = (options?: GraphiQLOptions): string => render(options, "");

/** The same with the persona menu above it, for development (AP-21). */
export const renderGraphiQLWithPersonas = (options?: GraphiQLOptions): string =>
  render(options, PERSONA_MENU + RECORD_VARIABLE);

const ROOT = '<div id="root">';
const CLOSED_EDITORS = "globalAPI: false";

/** The library's page, with what is ours above GraphiQL and with its editors within reach of our scripts. */
function render(options: GraphiQLOptions | undefined, menu: string): string {
  const above = `${keptTabs(options?.defaultQuery)}${WRAPPED_LINES}${menu}`;
  return replaced(
    replaced(renderOffline(options), ROOT, `${above}${ROOT}`),
    CLOSED_EDITORS,
    "globalAPI: true",
  );
}

/** @throws when the library's page has no such place any more. */
function replaced(page: string, place: string, text: string): string {
  const at = page.indexOf(place);
  if (at < 0) throw new Error(`The page of GraphiQL has no ${place}.`);
  return page.slice(0, at) + text + page.slice(at + place.length);
}
