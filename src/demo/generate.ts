import type { Instant } from "../kernel/instant.ts";
import { makeAccounts, makeContacts, makeDeals, makeQuotes, makeVisits } from "./customers.ts";
import { makeForecasts, makeLeads } from "./leads.ts";
import { makeShares } from "./shares.ts";
import { TERRITORIES } from "./territories.ts";
import { makeTickets } from "./tickets.ts";
import { workshopOf } from "./workshop.ts";
import type { WrittenFile, WrittenRecords, WrittenShare } from "./written.ts";

/** How many records of each module are made. Contacts, quotes and visits depend on what they point to. */
const COUNTS = {
  leads: 1_400,
  dealerLeads: 70,
  accounts: 480,
  contacts: 900,
  deals: 680,
  quotes: 520,
  visits: 560,
  tickets: 340,
} as const;

/** The bulk of the demo: the same for the same file, whatever the day. */
export function generate(
  file: WrittenFile,
  asOf: Instant,
): { readonly records: WrittenRecords; readonly shares: readonly WrittenShare[] } {
  const workshop = workshopOf(file, asOf);
  const accounts = makeAccounts(workshop, COUNTS.accounts);
  const deals = makeDeals(workshop, accounts, COUNTS.deals);
  const leads = makeLeads(workshop, COUNTS.leads, COUNTS.dealerLeads);
  const quotes = makeQuotes(workshop, deals, COUNTS.quotes);
  const made = {
    leads,
    accounts,
    contacts: makeContacts(workshop, accounts, COUNTS.contacts),
    deals,
    quotes,
    visits: makeVisits(workshop, accounts, COUNTS.visits),
    forecasts: makeForecasts(
      workshop,
      TERRITORIES.flatMap(({ roles }) => workshop.holders(roles)),
    ),
    tickets: makeTickets(workshop, accounts, COUNTS.tickets),
  };
  const records = Object.fromEntries(
    Object.entries(made).map(([module, items]) => [
      module,
      Object.fromEntries(items.map(({ key, record }) => [key, record])),
    ]),
  );
  return { records, shares: makeShares(workshop, { leads, deals, quotes }) };
}
