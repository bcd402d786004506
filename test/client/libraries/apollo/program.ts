import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { CountRecordsDocument, RecordsDocument } from "../../../../src/client/generated/graphql.ts";
import { parsed } from "../parsed.ts";
import { FIRST, type Leads, printLeads } from "../program.ts";

function clientOf(url: string, token: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri: url, headers: { authorization: `Bearer ${token}` } }),
    cache: new InMemoryCache(),
  });
}

async function leads(url: string, token: string): Promise<Leads> {
  const client = clientOf(url, token);
  const count = await client.query({ query: parsed(CountRecordsDocument), variables: { module: "leads" } });
  const list = await client.query({
    query: parsed(RecordsDocument),
    variables: { module: "leads", first: FIRST },
  });
  const names = list.data?.records?.edges.flatMap(({ node }) => node?.name ?? []) ?? [];
  return { total: count.data?.records?.totalCount ?? -1, names };
}

export async function misused(client: ApolloClient): Promise<unknown> {
  // @ts-expect-error a variable of another type
  await client.query({ query: parsed(RecordsDocument), variables: { module: 1 } });
  // @ts-expect-error the module left out
  await client.query({ query: parsed(RecordsDocument), variables: { first: 1 } });
  const { data } = await client.query({ query: parsed(RecordsDocument), variables: { module: "leads" } });
  // @ts-expect-error a field that nobody asked for
  return data?.records?.edges[0]?.node?.values;
}

await printLeads(leads);
