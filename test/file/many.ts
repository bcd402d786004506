/** Organisations with many of one kind, as files; whoever is expected to see something is in them too. */

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

/** What an organisation has many of, by the sections that say so. */
type Sections = {
  readonly roles?: readonly string[];
  readonly users?: readonly string[];
  readonly profiles?: readonly string[];
  readonly groups?: readonly string[];
  readonly modules?: readonly string[];
  readonly sharingRules?: readonly string[];
};

/** Every kind, with how an organisation looks that has so many of it. */
export const KINDS: Readonly<Record<string, (count: number) => Sections>> = {
  people: (count) => ({ users: numbers(count).map((at) => `u${at}@x.test: { name: U${at}, role: rep }`) }),
  "people who report to each other": (count) => ({
    roles: numbers(count).map((at) => `d${at}: { name: D${at}, parent: ${at === 0 ? "rep" : `d${at - 1}`} }`),
    users: numbers(count).map(
      (at) =>
        `d${at}@x.test: { name: D${at}, role: d${at}, reportsTo: ${at === 0 ? "ray" : `d${at - 1}`}@x.test }`,
    ),
  }),
  roles: (count) => ({ roles: numbers(count).map((at) => `r${at}: { name: R${at}, parent: rep }`) }),
  profiles: (count) => ({
    profiles: numbers(count).map((at) => `p${at}: { name: P${at}, modules: { deals: [VIEW] } }`),
    users: ["pat@x.test: { name: Pat, role: rep, profile: p0 }"],
  }),
  groups: (count) => ({
    groups: numbers(count).map((at) => `g${at}: { name: G${at}, members: [ { user: ray@x.test } ] }`),
  }),
  "members of a group": (count) => ({
    users: numbers(count).map((at) => `m${at}@x.test: { name: M${at}, role: rep }`),
    groups: [
      `all: { name: All, members: [ ${numbers(count)
        .map((at) => `{ user: m${at}@x.test }`)
        .join(", ")} ] }`,
    ],
  }),
  "groups inside each other": (count) => ({
    groups: numbers(count).map(
      (at) =>
        `n${at}: { name: N${at}, members: [ { ${at === count - 1 ? "user: far@x.test" : `group: n${at + 1}`} } ] }`,
    ),
    sharingRules: ["nested: { module: deals, from: { role: rep }, to: { group: n0 }, access: READ_ONLY }"],
  }),
  "rules by criteria": (count) => ({
    sharingRules: numbers(count).map(
      (at) =>
        `s${at}: { module: deals, criteria: { field: amount, op: EQ, value: ${at} }, to: { user: far@x.test }, access: READ_ONLY }`,
    ),
  }),
  "rules by owner": (count) => ({
    users: numbers(count).map((at) => `o${at}@x.test: { name: O${at}, role: rep }`),
    sharingRules: numbers(count).map(
      (at) =>
        `o${at}: { module: deals, from: { role: rep }, to: { user: o${at}@x.test }, access: READ_ONLY }`,
    ),
  }),
};

/** Modules, each with so many fields; lookups lead around. */
export function modulesOf(count: number, fields: number): Sections {
  return {
    modules: numbers(count).map((at) => {
      const inside = numbers(fields).map((field) =>
        field === 0
          ? `next: { type: LOOKUP, module: m${(at + 1) % count} }`
          : `f${field}: { type: PICKLIST, options: [a, b, c] }`,
      );
      return `m${at}: { label: M${at}, fields: { ${inside.join(", ")} } }`;
    }),
    profiles: [
      `clerk: { name: Clerk, modules: { ${numbers(count)
        .map((at) => `m${at}: [VIEW, EDIT]`)
        .join(", ")} } }`,
    ],
    users: ["cleo@x.test: { name: Cleo, role: rep, profile: clerk }"],
  };
}

/** All of them in one organisation. */
export function together(all: readonly Sections[]): Sections {
  const lines = (section: keyof Sections) => all.flatMap((each) => each[section] ?? []);
  return {
    roles: lines("roles"),
    users: lines("users"),
    profiles: lines("profiles"),
    groups: lines("groups"),
    modules: lines("modules"),
    sharingRules: lines("sharingRules"),
  };
}

/** The text of an organisation: Ray owns one deal, which Far sees where the sections say so. */
export function organizationWith(key: string, sections: Sections, farReads: boolean): string {
  const lines = (section: readonly string[] | undefined) =>
    (section ?? []).map((line) => `  ${line}\n`).join("");
  const block = (name: string, section: readonly string[] | undefined) =>
    section === undefined ? "" : `${name}:\n${lines(section)}`;
  return `sightline: 1
organization: { key: ${key}, name: Many, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 99999, team: 0 }, superAdmin: root@x.test }
roles:
  top: { name: Top }
  rep: { name: Rep, parent: top }
  apart: { name: Apart }
${lines(sections.roles)}users:
  root@x.test: { name: Root, role: top, profile: administrator }
  ray@x.test: { name: Ray, role: rep }
  far@x.test: { name: Far, role: apart }
${lines(sections.users)}${block("profiles", sections.profiles)}${block("groups", sections.groups)}modules:
  deals: { label: Deals, fields: { amount: { type: NUMBER } } }
${lines(sections.modules)}${block("sharingRules", sections.sharingRules)}records: { deals: { one: { owner: ray@x.test, name: One, values: { amount: 1 } } } }
expect:
  at: 2026-12-01T12:00:00Z
  access:
    - { user: root@x.test, module: deals, read: [one], update: [one] }
    - { user: ray@x.test, module: deals, read: [one], update: [one] }
    - { user: far@x.test, module: deals, read: [${farReads ? "one" : ""}], update: [] }
`;
}
