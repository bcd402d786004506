/**
 * A file with one section after the other, each as YAML text; `‸` stands before the place of the fault, and is taken out.
 */
export type Sections = { readonly [name: string]: string | null };

/** Small, whole and right: every bad file differs from it in the sections that it names. */
export const GOOD: Sections = {
  sightline: "1",
  organization:
    "{ key: acme, name: Acme, timeZone: Europe/Berlin, edition: ENTERPRISE, seats: { regular: 4, team: 2 }, superAdmin: root@acme.test }",
  roles: `
  ceo: { name: CEO }
  manager: { name: Manager, parent: ceo }
  rep: { name: Rep, parent: manager }`,
  users: `
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  meg@acme.test: { name: Meg, role: manager }
  ray@acme.test: { name: Ray, role: rep, reportsTo: meg@acme.test }
  old@acme.test: { name: Old, role: rep, status: DELETED }
  tia@acme.test: { name: Tia, role: rep, license: TEAM, teamModules: { tickets: MEMBER } }`,
  groups: `
  emea: { name: EMEA, members: [ { user: ray@acme.test }, { group: vips } ] }
  vips: { name: VIPs, members: [] }`,
  modules: `
  leads: { label: Leads, fields: { status: { type: PICKLIST, options: [new, won] }, revenue: { type: NUMBER }, account: { type: LOOKUP, module: accounts }, boss: { type: USER }, met: { type: DATE }, called: { type: DATETIME }, tags: { type: MULTI_PICKLIST, options: [a, b] }, mail: { type: EMAIL }, open: { type: BOOLEAN }, note: { type: TEXT } } }
  accounts: { label: Accounts, fields: { city: { type: TEXT, required: true } } }
  tickets: { label: Tickets, kind: TEAM }`,
  records: `
  accounts:
    acme: { owner: ray@acme.test, name: Acme, values: { city: Berlin } }
  leads:
    lead-1: { owner: ray@acme.test, name: One, values: { account: acme } }`,
};

export const MARK = "‸";

/** The text of the file, and the place of the mark: line and column from 1; null without a mark. */
export function bad(sections: Sections): { text: string; place: { line: number; column: number } | null } {
  const marked = Object.entries({ ...GOOD, ...sections })
    .filter((section): section is [string, string] => section[1] !== null)
    .sort(([a], [b]) => Number(b.endsWith("sightline")) - Number(a.endsWith("sightline")))
    .map(([name, body]) => `${name}: ${body}`)
    .join("\n");
  const at = marked.indexOf(MARK);
  const before = marked.slice(0, at).split("\n");
  return {
    text: `${marked.replace(MARK, "")}\n`,
    place: at === -1 ? null : { line: before.length, column: (before.at(-1) ?? "").length + 1 },
  };
}
