import type { Dice } from "./dice.ts";
import { type Territory, TRADES, type Trade } from "./territories.ts";

/** A company that does not exist, at a place that does. */
export type Company = {
  readonly company: string;
  readonly trade: Trade;
  readonly city: string;
  readonly country: string;
};

export function companyIn(territory: Territory, dice: Dice): Company {
  const trade = dice.pick(Object.keys(TRADES) as Trade[]);
  const [city, country] = dice.pick(placesIn(territory));
  const company = `${dice.pick(territory.houses)} ${dice.pick(TRADES[trade])}${dice.chance(35) ? ` ${city}` : ""}`;
  return { company, trade, city, country };
}

/** An address at a company, under a domain that can belong to nobody (RFC 2606). */
export function addressAt(company: string, mailbox: string): string {
  return `${plain(mailbox, ".")}@${plain(company, "-")}.example`;
}

/** A person's name as it is usual in the territory. */
export function personIn(territory: Territory, dice: Dice): string {
  return `${dice.pick(territory.firstNames)} ${dice.pick(territory.lastNames)}`;
}

/** Text as a part of an address: letters without their marks, the rest replaced. */
function plain(text: string, separator: string): string {
  const unmarked = text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ø", "o").replaceAll("ß", "ss");
  return unmarked.toLowerCase().replace(/[^a-z0-9]+/g, separator);
}

function placesIn({ cities }: Territory): (readonly [city: string, country: string])[] {
  return Object.entries(cities).flatMap(([country, names]) => names.map((city) => [city, country] as const));
}
