import type { GraphiQLOptions } from "graphql-yoga";

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
