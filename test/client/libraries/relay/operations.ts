import { graphql } from "relay-runtime";

// Read by the Relay compiler alone, and never run: a bundler's plugin for Relay puts the artifact in the place of the
// tag, and without a bundler a program imports the artifact.
export const leads = graphql`
  query operationsLeadsQuery($first: Int!, $after: String) {
    records(module: "leads", first: $first, after: $after) @connection(key: "leads_records") {
      totalCount
      edges {
        node {
          name
          access {
            update
          }
        }
      }
    }
  }
`;

// What a list that is loaded page by page needs: `@refetchable` wants `node` and global ids (AP-01).
export const shares = graphql`
  fragment operationsShares on Record
  @refetchable(queryName: "operationsSharesPageQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" }) {
    shares(first: $first, after: $after) @connection(key: "record_shares") {
      edges {
        node {
          level
        }
      }
    }
  }
`;
