import { sweep } from "../../swept.ts";
import type { Answer, Gateway } from "../gateway.ts";
import { atVersion, fieldId } from "../noun-id.ts";

export const ROOT = "root@acme.test";
/** Owns every lead. */
export const RAY = "ray@acme.test";
/** Reads leads by the rules alone. */
export const SUE = "sue@acme.test";
/** Manages modules, may delete what he reaches of partners and so destroy values, and reaches no record. */
export const MO = "mo@acme.test";

/**
 * Leads with a value of most kinds, and one rule for each thing that can be done to a field: every rule is by criteria
 * and opens the leads that it matches to Sue.
 */
export const WORLD = `
sightline: 1
organization:
  key: acme
  name: Acme
  timeZone: Europe/Berlin
  edition: ENTERPRISE
  seats: { regular: 10, team: 0 }
  superAdmin: root@acme.test
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo }
  service: { name: Service, parent: ceo }
profiles:
  architect: { name: Architect, modules: { partners: [VIEW, DELETE] }, capabilities: [MANAGE_MODULES] }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep }
  sue@acme.test: { name: Sue, role: service }
  mo@acme.test: { name: Mo, role: service, profile: architect }
modules:
  accounts: { label: Accounts }
  partners: { label: Partners }
  leads:
    label: Leads
    fields:
      status: { type: PICKLIST, options: [new, won, lost], required: true }
      revenue: { type: NUMBER }
      account: { type: LOOKUP, module: accounts }
      contact: { type: USER }
      tags: { type: MULTI_PICKLIST, options: [hot, cold, old] }
      city: { type: TEXT }
records:
  accounts:
    acc-1: { owner: ray@acme.test, name: Known to Ray }
    acc-2: { owner: root@acme.test, name: Known to Root }
  leads:
    full: { owner: ray@acme.test, name: Full, values: { status: won, revenue: 5, account: acc-1, contact: sue@acme.test, tags: [hot, old], city: Bonn } }
    part: { owner: ray@acme.test, name: Part, values: { status: lost, revenue: 0, tags: [old], city: "" } }
    bare: { owner: ray@acme.test, name: Bare, values: { status: new } }
`;

/** The world with rules, by key: their criteria as they stand in a file. */
export function withRules(rules: Readonly<Record<string, string>>): string {
  const lines = Object.entries(rules).map(
    ([key, criteria]) =>
      `  ${key}: { module: leads, criteria: ${criteria}, to: { user: sue@acme.test }, access: READ_ONLY }`,
  );
  return WORLD.replace("records:\n", `sharingRules:\n${lines.join("\n")}\nrecords:\n`);
}

const FIELD = "field { id key label type isRequired options lookupModule { key } module { key } }";
export const CREATE = `mutation ($input: CreateFieldInput!) { createField(input: $input) { ${FIELD} } }`;
export const UPDATE = `mutation ($input: UpdateFieldInput!) { updateField(input: $input) { ${FIELD} } }`;
export const DELETE = `mutation ($input: DeleteFieldInput!) { deleteField(input: $input) { id } }`;

/** Asks for a change of a field of the leads. */
export async function changeField(
  gateway: Gateway,
  as: string,
  key: string,
  change: object,
): Promise<Answer> {
  const input = { id: await fieldId(gateway, "leads", key), ...change };
  return gateway.ask(as, UPDATE, { input: "options" in change ? await atVersion(gateway, input) : input });
}

/** Asks for the end of a field of the leads. */
export async function removeField(
  gateway: Gateway,
  as: string,
  key: string,
  confirm: boolean | null = true,
): Promise<Answer> {
  return gateway.ask(as, DELETE, { input: { id: await fieldId(gateway, "leads", key), confirm } });
}

/** What is stored for every lead under the key, by record key, once it is swept; null for nothing. */
export async function stored(gateway: Gateway, key: string): Promise<Record<string, unknown>> {
  await sweep(gateway.database);
  const rows = await gateway.database.reader.record.findMany({ where: { module: { key: "leads" } } });
  return Object.fromEntries(
    rows.map((row) => [row.key, (row.values as Record<string, unknown>)[key] ?? null]),
  );
}
