import { Client, fetchExchange } from "@urql/core";
import { CountRecordsDocument, RecordsDocument } from "../../../../src/client/generated/graphql.ts";
import { parsed } from "../parsed.ts";
import { FIRST, type Leads, printLeads } from "../program.ts";

async function leads(url: string, token: string): Promise<Leads> {
  const client = new Client({
    url,
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetchOptions: { headers: { authorization: `Bearer ${token}` } },
  });
  const count = await client.query(parsed(CountRecordsDocument), { module: "leads" }).toPromise();
  const list = await client.query(parsed(RecordsDocument), { module: "leads", first: FIRST }).toPromise();
  if (count.error ?? list.error) throw count.error ?? list.error;
  const names = list.data?.records?.edges.flatMap(({ node }) => node?.name ?? []) ?? [];
  return { total: count.data?.records?.totalCount ?? -1, names };
}

export async function misused(client: Client): Promise<unknown> {
  // @ts-expect-error a variable of another type
  await client.query(parsed(RecordsDocument), { module: 1 }).toPromise();
  // @ts-expect-error the module left out
  await client.query(parsed(RecordsDocument), { first: 1 }).toPromise();
  const { data } = await client.query(parsed(RecordsDocument), { module: "leads" }).toPromise();
  // @ts-expect-error a field that nobody asked for
  return data?.records?.edges[0]?.node?.values;
}

await printLeads(leads);
