import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import type { GraphiQLOptions } from "graphql-yoga";
import { EXAMPLES, EXAMPLES_WITH_MENU } from "./examples.ts";
import { keptTabs } from "./kept-tabs.ts";
import { PERSONA_MENU } from "./persona-menu.ts";
import { RECORD_VARIABLE } from "./record-variable.ts";
import { WRAPPED_LINES } from "./wrapped-lines.ts";

/** GraphiQL as the server gives it out. */
export type GraphiQLPage = {
  readonly options: GraphiQLOptions;
  readonly render: (options?: GraphiQLOptions) => string;
};

/**
 * The page of GraphiQL, which carries all of its scripts: it works with no network (AP-30).
 *
 * @param hasMenu whether the persona menu stands above it (AP-21).
 * @param examples the operations it opens with, instead of those that fit any organisation.
 */
export function graphiqlPage(
  hasMenu: boolean,
  examples = hasMenu ? EXAMPLES_WITH_MENU : EXAMPLES,
): GraphiQLPage {
  const above = keptTabs(examples) + WRAPPED_LINES + (hasMenu ? PERSONA_MENU + RECORD_VARIABLE : "");
  return {
    options: {
      title: "Sightline",
      defaultQuery: examples,
      inputValueDeprecation: true,
      schemaDescription: true,
    },
    render: (options) => {
      const page = replaced(renderGraphiQL(options), ROOT, above + ROOT);
      return replaced(page, "globalAPI: false", "globalAPI: true");
    },
  };
}

const ROOT = '<div id="root">';

/** @throws when the library's page has no such place any more. */
function replaced(page: string, place: string, text: string): string {
  const at = page.indexOf(place);
  if (at < 0) throw new Error(`The page of GraphiQL has no ${place}.`);
  return page.slice(0, at) + text + page.slice(at + place.length);
}
