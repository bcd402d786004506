import type { FileParty } from "../../../src/file/terms/party.ts";

/** Who holds a share, is the end of a rule or a member of a group: places in the lists of the data set. */
export type Party =
  | { readonly kind: "USER"; readonly at: number }
  | { readonly kind: "ROLE"; readonly at: number }
  | { readonly kind: "ROLE_AND_SUBORDINATES"; readonly at: number }
  | { readonly kind: "GROUP"; readonly at: number };

export type Role = { readonly key: string; readonly parent: number | null; readonly level: number };
export type User = { readonly email: string; readonly name: string; readonly role: number };
export type Group = { readonly key: string; readonly members: readonly Party[] };

/** The people of the data set. */
export type People = {
  readonly roles: readonly Role[];
  readonly users: readonly User[];
  readonly groups: readonly Group[];
};

/** The role and every one above it, nearest first. */
export function lineOf(roles: readonly Role[], role: number): readonly number[] {
  const line: number[] = [];
  for (let at: number | null = role; at !== null; at = roles[at]?.parent ?? null) line.push(at);
  return line;
}

/** Whether the user is in the party: walks the tree and the groups, one step at a time. */
export function isIn(people: People, party: Party, user: number): boolean {
  const role = people.users[user]?.role ?? -1;
  switch (party.kind) {
    case "USER":
      return party.at === user;
    case "ROLE":
      return party.at === role;
    case "ROLE_AND_SUBORDINATES":
      return lineOf(people.roles, role).includes(party.at);
    case "GROUP":
      return (people.groups[party.at]?.members ?? []).some((member) => isIn(people, member, user));
  }
}

/** Whether the user stands above a role or a user that the party names, its groups' members included (SH-35). */
export function isAbove(people: People, party: Party, user: number): boolean {
  const role = people.users[user]?.role ?? -1;
  switch (party.kind) {
    case "USER":
      return lineOf(people.roles, people.users[party.at]?.role ?? -1)
        .slice(1)
        .includes(role);
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return lineOf(people.roles, party.at).slice(1).includes(role);
    case "GROUP":
      return (people.groups[party.at]?.members ?? []).some((member) => isAbove(people, member, user));
  }
}

/** The party as an organisation file names it. */
export function named({ roles, users, groups }: People, party: Party): FileParty {
  switch (party.kind) {
    case "USER":
      return { kind: "USER", email: users[party.at]?.email ?? "" };
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return { kind: party.kind, role: roles[party.at]?.key ?? "" };
    case "GROUP":
      return { kind: "GROUP", group: groups[party.at]?.key ?? "" };
  }
}
