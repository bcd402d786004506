import { ORG } from "../mutations-random/instance.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import type { Race } from "./race.ts";

/** The instant at which the races begin, in milliseconds since 1970. */
export const BEGIN = Date.parse("2026-12-01T12:00:00Z");

/**
 * The organisation of a race, with so many subjects: Ray owns what is met about, nobody but his superiors and the super
 * administrator reaches it by themselves.
 */
export function organizationOf({ subject }: Race, subjects: number): OrganizationFile {
  const file: OrganizationFile = {
    sightline: 1,
    organization: {
      key: ORG,
      name: "Acme",
      timeZone: "UTC",
      edition: "ENTERPRISE",
      seats: { regular: 1000, team: 10 },
      superAdmin: "root@acme.test",
    },
    roles: {
      ceo: { name: "CEO" },
      head: { name: "Head", parent: "ceo" },
      rep: { name: "Rep", parent: "head" },
      clerk: { name: "Clerk", parent: "ceo" },
    },
    profiles: {},
    users: {
      "root@acme.test": { name: "Root", role: "ceo", profile: "administrator" },
      "ray@acme.test": { name: "Ray", role: "rep" },
    },
    groups: {},
    modules: {
      leads: {
        label: "Leads",
        fields: {
          note: { type: "TEXT" },
          code: { type: "NUMBER" },
          parent: { type: "LOOKUP", module: "leads" },
        },
      },
    },
    sharingRules: {},
    records: { leads: {} },
    shares: [],
  };
  for (let n = 0; n < subjects; n += 1) subject(file, n);
  return file;
}

/** Adds one record of Ray's. */
export function addRecord(
  file: OrganizationFile,
  n: number,
  values: Record<string, number | string> = {},
  key = `lead-${n}`,
): void {
  const { records = {} } = file;
  records["leads"] = {
    ...records["leads"],
    [key]: { owner: "ray@acme.test", name: `Lead ${n}`, values },
  };
}

/** Adds one person without subordinates. */
export function addPerson(file: OrganizationFile, n: number): void {
  file.users[person(n)] = { name: `Cy ${n}`, role: "clerk" };
}

export function person(n: number): string {
  return `cy-${n}@acme.test`;
}
