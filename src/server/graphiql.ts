import { renderGraphiQL as renderOffline } from "@graphql-yoga/render-graphiql";
import type { GraphiQLOptions } from "graphql-yoga";
import { PERSONA_MENU } from "./sign-in/persona-menu.ts";

/** Its page carries all of its scripts: it works with no network (AP-30). */
export const renderGraphiQL = (options?: GraphiQLOptions): string => renderOffline(options);

/** The same with the persona menu above it, for development (AP-21). */
export const renderGraphiQLWithPersonas = (options?: GraphiQLOptions): string =>
  renderOffline(options).replace('<div id="root">', (root) => `${PERSONA_MENU}${root}`);

/** What GraphiQL opens with, unless the server was given something else. */
export const GRAPHIQL: GraphiQLOptions = {
  title: "Sightline",
  defaultQuery: `# Choose above whom to sign in as, run an operation, choose somebody else: the answer changes with the viewer.
# Outside of development, sign in with the headers below: {"Authorization": "Bearer …"}.

query WhoAmI {
  viewer {
    user { name role { name } }
    isSupport
    capabilities
  }
}

query MyLeads {
  records(module: "leads", first: 10) {
    totalCount
    edges { node { id key name owner { name } access { read update delete share changeOwner } } }
  }
}

# Take the id of a lead from MyLeads.
query WhyMayI($record: ID!) {
  explainAccess(record: $record, action: UPDATE) {
    allowed
    paths { kind sentence level rolePath }
    refusals { gate sentence }
    absences { kind sentence }
    remedy { change sentence }
  }
}

mutation MakeALead {
  createRecord(input: { module: "leads", name: "A new lead", values: {} }) {
    record { id key name owner { name } access { read update delete share changeOwner } }
  }
}
`,
  inputValueDeprecation: true,
  schemaDescription: true,
};
