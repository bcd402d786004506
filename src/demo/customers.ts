import { dayAfter, written } from "./calendar.ts";
import { addressAt, companyIn, personIn } from "./companies.ts";
import { PRODUCTS, TERRITORIES, type Territory, TITLES } from "./territories.ts";
import { type Made, numbered, sellersOf, someTime, type Workshop } from "./workshop.ts";
import type { WrittenRecord, WrittenValue } from "./written.ts";

const DAY_MS = 86_400_000;
const PURPOSES = ["demonstration", "demonstration", "installation", "training", "review"] as const;
const REPORTS = [
  "Went well; they ask for a quote.",
  "The rotor is too small for their tubes.",
  "Second appointment agreed.",
  "Training finished, six people.",
] as const;

/** Customers of all territories. */
export function makeAccounts(workshop: Workshop, count: number): Made[] {
  const { dice, holders } = workshop;
  const engineers = holders(["application-engineer"]);
  const records = Array.from({ length: count }, (): WrittenRecord => {
    const territory = dice.pick(TERRITORIES);
    const { company, trade, city, country } = companyIn(territory, dice);
    const values: Record<string, WrittenValue> = {
      industry: trade,
      city,
      country,
      employees: dice.between(8, 4_000),
    };
    if (dice.chance(90)) values["keyAccount"] = dice.chance(7);
    if (dice.chance(40)) values["engineer"] = dice.pick(engineers);
    return {
      owner: dice.pick(sellersOf(workshop, territory)),
      name: company,
      createdAt: someTime(workshop),
      values,
    };
  });
  return numbered("account", records);
}

/** People at the accounts, owned by whoever owns the account. */
export function makeContacts(workshop: Workshop, accounts: readonly Made[], count: number): Made[] {
  const { dice } = workshop;
  const records = Array.from({ length: count }, (): WrittenRecord => {
    const { key, record: account } = dice.pick(accounts);
    const name = personIn(territoryOf(account), dice);
    const values: Record<string, WrittenValue> = { account: key, title: dice.pick(TITLES) };
    if (dice.chance(75)) values["email"] = addressAt(account.name, name);
    if (dice.chance(80)) values["newsletter"] = dice.chance(30);
    return { owner: account.owner, name, createdAt: someTime(workshop, account.createdAt), values };
  });
  return numbered("contact", records);
}

/** Deals with the accounts, mostly of the account's owner. */
export function makeDeals(workshop: Workshop, accounts: readonly Made[], count: number): Made[] {
  const { dice, asOf } = workshop;
  const records = Array.from({ length: count }, (): WrittenRecord => {
    const { key, record: account } = dice.pick(accounts);
    const products = dice.some(PRODUCTS, dice.between(1, 3));
    const stage = dice.pick([
      "discovery",
      "discovery",
      "proposal",
      "proposal",
      "negotiation",
      "won",
      "won",
      "lost",
    ]);
    const isOver = stage === "won" || stage === "lost";
    const amount = dice.between(6, 220) * 1_000 * (dice.chance(10) ? 4 : 1);
    const createdAt = someTime(workshop, account.createdAt);
    const ageDays = Math.floor((asOf - Date.parse(createdAt)) / DAY_MS);
    const closesOn = dayAfter(asOf, isOver ? -dice.between(1, ageDays) : dice.between(10, 200));
    const values: Record<string, WrittenValue> = { account: key, stage, amount, products, closesOn };
    if (dice.chance(4)) values["global"] = true;
    if (stage === "won" && dice.chance(12)) values["reference"] = true;
    const owner = dice.chance(85) ? account.owner : dice.pick(sellersOf(workshop, territoryOf(account)));
    return { owner, name: `${account.name}: ${products.join(", ")}`, createdAt, values };
  });
  return numbered("deal", records);
}

/** Quotes for deals, of the deal's owner; some were never sent. */
export function makeQuotes(workshop: Workshop, deals: readonly Made[], count: number): Made[] {
  const { dice } = workshop;
  const records = Array.from({ length: count }, (): WrittenRecord => {
    const { key, record: deal } = dice.pick(deals);
    const createdAt = someTime(workshop, deal.createdAt);
    const discount = dice.pick([0, 0, 3, 5, 5, 8, 10, 12, 15, 20, 25]);
    const total = Math.round((Number(deal.values["amount"]) * (100 - discount)) / 100);
    const values: Record<string, WrittenValue> = {
      deal: key,
      total,
      discount,
      validUntil: dayAfter(Date.parse(createdAt), dice.between(20, 60)),
    };
    if (dice.chance(80)) values["sentAt"] = written(Date.parse(createdAt) + dice.between(5, 2_000) * 60_000);
    return { owner: deal.owner, name: `Quote, ${deal.name}`, createdAt, values };
  });
  return numbered("quote", records);
}

/** Visits to the accounts, past ones with a report. */
export function makeVisits(workshop: Workshop, accounts: readonly Made[], count: number): Made[] {
  const { dice, asOf, holders } = workshop;
  const travellers = holders(["application-engineer", "service-engineer"]);
  const records = Array.from({ length: count }, (): WrittenRecord => {
    const { key, record: account } = dice.pick(accounts);
    const createdAt = someTime(workshop, account.createdAt);
    const startsAt = Date.parse(createdAt) + dice.between(3, 45) * DAY_MS;
    const purpose = dice.pick(PURPOSES);
    const values: Record<string, WrittenValue> = { account: key, startsAt: written(startsAt), purpose };
    if (startsAt < asOf && dice.chance(70)) values["report"] = dice.pick(REPORTS);
    const owner = dice.chance(65) ? account.owner : dice.pick(travellers);
    return { owner, name: `${sentenceCase(purpose)}, ${account.name}`, createdAt, values };
  });
  return numbered("visit", records);
}

function territoryOf(account: WrittenRecord): Territory {
  const { country } = account.values;
  const found = TERRITORIES.find(({ cities }) => Object.hasOwn(cities, String(country)));
  if (found === undefined) throw new Error(`no territory sells in ${String(country)}`);
  return found;
}

function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
