import relay, { type Environment, type RequestParameters, type Variables } from "relay-runtime";
import { FIRST, type Leads, printLeads } from "../program.ts";
import query, { type operationsLeadsQuery } from "./generated/operationsLeadsQuery.graphql.ts";

function environmentOf(url: string, token: string): Environment {
  const send = async ({ text }: RequestParameters, variables: Variables) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: text, variables }),
    });
    return response.json();
  };
  return new relay.Environment({
    network: relay.Network.create(send),
    store: new relay.Store(new relay.RecordSource()),
  });
}

async function leads(url: string, token: string): Promise<Leads> {
  const environment = environmentOf(url, token);
  const data = await relay.fetchQuery<operationsLeadsQuery>(environment, query, { first: FIRST }).toPromise();
  const names = data?.records?.edges.flatMap(({ node }) => node?.name ?? []) ?? [];
  return { total: data?.records?.totalCount ?? -1, names };
}

export async function misused(environment: Environment): Promise<unknown> {
  const fetchLeads = relay.fetchQuery<operationsLeadsQuery>;
  // @ts-expect-error a variable of another type
  await fetchLeads(environment, query, { first: "3" }).toPromise();
  // @ts-expect-error a variable left out
  await fetchLeads(environment, query, {}).toPromise();
  const data = await fetchLeads(environment, query, { first: 3 }).toPromise();
  // @ts-expect-error a field that nobody asked for
  return data?.records?.edges[0]?.node?.values;
}

await printLeads(leads);
