/** Operations that fit any organisation, for whoever is chosen in the persona menu. */
export const EXAMPLES_WITH_MENU = examples(`# Choose above whom to sign in as, put the
# cursor into an operation and run it. Choose
# somebody else and run it again: the answer
# changes with the viewer.
#
# WhyMayI is asked about the record in Variables
# below: one that whoever is signed in sees.`);

/** The same where nobody can be chosen. */
export const EXAMPLES = examples(`# Sign in with a token in Headers below:
# {"Authorization": "Bearer TOKEN"}. Then put the
# cursor into an operation and run it.
#
# WhyMayI wants a record in Variables below, with
# an id from MyLeads: {"record": "ID"}.`);

function examples(howTo: string): string {
  return `${howTo}

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
    edges {
      node {
        id
        key
        name
        owner { name }
        access { read update delete share }
      }
    }
  }
}

query WhyMayI($record: ID!) {
  explainAccess(
    record: $record
    action: UPDATE
  ) {
    allowed
    paths { kind sentence level rolePath }
    refusals { gate sentence }
    absences { kind sentence }
    remedy { change sentence }
  }
}

mutation MakeALead {
  createRecord(
    input: {
      module: "leads"
      name: "A new lead"
      values: {}
    }
  ) {
    record {
      id
      key
      name
      owner { name }
      access { read update delete share }
    }
  }
}
`;
}
