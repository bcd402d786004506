/** What each library is asked for: the first leads of whoever's token it is, in order, and how many there are. */
export type Leads = { readonly total: number; readonly names: readonly string[] };

/** How many of the names. */
export const FIRST = 3;

/** Runs a library's program, `URL TOKEN`, and prints what it got as JSON. */
export async function printLeads(leads: (url: string, token: string) => Promise<Leads>): Promise<void> {
  const [url = "", token = ""] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(await leads(url, token)));
}
