import type { Action, OrganizationFile, RuleEntry, ShareEntry, UserEntry } from "./file.ts";
import { may } from "./oracle.ts";

/** The instant at which the tests look at the world, in milliseconds since 1970. */
export const NOW = Date.parse("2026-12-01T12:00:00Z");

/** Two branches under `ceo`; each user is named after its role. */
export function world(change: (file: OrganizationFile) => void = () => {}): OrganizationFile {
  const user = (role: string, more: Partial<UserEntry> = {}): UserEntry => ({ name: role, role, ...more });
  const file: OrganizationFile = {
    sightline: 1,
    organization: {
      key: "acme",
      name: "Acme",
      timeZone: "UTC",
      edition: "ENTERPRISE",
      seats: { regular: 20, team: 20 },
      superAdmin: "root@acme.test",
    },
    roles: {
      ceo: { name: "CEO" },
      head: { name: "Head", parent: "ceo" },
      rep: { name: "Rep", parent: "head" },
      service: { name: "Service", parent: "ceo" },
      agent: { name: "Agent", parent: "service" },
      empty: { name: "Empty", parent: "agent" },
    },
    profiles: {},
    users: {
      "root@acme.test": user("empty"),
      "ceo@acme.test": user("ceo"),
      "head@acme.test": user("head"),
      "rep@acme.test": user("rep"),
      "rep2@acme.test": user("rep"),
      "service@acme.test": user("service"),
      "agent@acme.test": user("agent"),
    },
    groups: {},
    modules: { leads: { label: "Leads" }, tickets: { label: "Tickets", kind: "TEAM" } },
    sharingRules: {},
    records: {
      leads: { one: { owner: "rep@acme.test", name: "One" } },
      forecasts: { q1: { owner: "rep@acme.test", name: "Q1" } },
      tickets: { t1: { owner: "rep@acme.test", name: "T1" } },
    },
    shares: [],
  };
  change(file);
  return file;
}

/** The user named after its role. */
export const entry = (file: OrganizationFile, name: string): UserEntry =>
  file.users[`${name}@acme.test`] as UserEntry;

/** A change to the world, a question about it, and who is answered yes; users are named without their domain. */
export type Row = [
  title: string,
  change: (file: OrganizationFile) => void,
  asks: [Action, string, string],
  who: string[],
];

/** Everybody who may do that now. */
export function whoMay(file: OrganizationFile, action: Action, module: string, recordKey: string): string[] {
  return Object.keys(file.users)
    .filter((user) => may(file, { user, action, module, recordKey, now: NOW }))
    .map((user) => user.replace("@acme.test", ""));
}

/** Adds a rule on the reps' leads for everyone, changed. */
export function rule(file: OrganizationFile, change: Partial<RuleEntry>): void {
  file.sharingRules = {
    ...file.sharingRules,
    [`rule-${Object.keys(file.sharingRules ?? {}).length}`]: {
      module: "leads",
      from: { role: "rep" },
      to: "everyone",
      access: "READ_ONLY",
      ...change,
    },
  };
}

/** Adds a share of the one lead. */
export function share(file: OrganizationFile, change: Pick<ShareEntry, "to" | "access">): void {
  file.shares?.push({ record: "leads/one", ...change });
}
