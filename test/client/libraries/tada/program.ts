import { Client, fetchExchange } from "@urql/core";
import { initGraphQLTada } from "gql.tada";
import { FIRST, type Leads, printLeads } from "../program.ts";
import type { introspection } from "./generated/introspection.ts";

const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { DateTime: string; JSON: unknown };
}>();

// The types of both come from the text itself, with nothing generated for it.
const LEADS = graphql(`
  query Leads($first: Int!, $filter: RecordFilter) {
    records(module: "leads", first: $first, filter: $filter) {
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
`);

async function leads(url: string, token: string): Promise<Leads> {
  const { data, error } = await clientOf(url, token).query(LEADS, { first: FIRST }).toPromise();
  if (error) throw error;
  const names = data?.records?.edges.flatMap(({ node }) => node?.name ?? []) ?? [];
  return { total: data?.records?.totalCount ?? -1, names };
}

function clientOf(url: string, token: string): Client {
  return new Client({
    url,
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${token}` } },
  });
}

export async function misused(client: Client): Promise<unknown> {
  // @ts-expect-error a variable of another type
  await client.query(LEADS, { first: "3" }).toPromise();
  // @ts-expect-error an operator that the SDL does not have
  await client.query(LEADS, { first: 3, filter: { compare: { field: "name", op: "NEAR" } } }).toPromise();
  const { data } = await client.query(LEADS, { first: 3 }).toPromise();
  // @ts-expect-error a field that nobody asked for
  return data?.records?.edges[0]?.node?.values;
}

await printLeads(leads);
