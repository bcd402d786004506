import { z } from "zod";
import type { Party } from "../../policy/model/org.ts";
import { type Faults, shown } from "../reading/faults.ts";
import type { DocumentPath } from "../reading/node.ts";
import { type ImportRun, idOfKey } from "./import-run.ts";
import type { Printed } from "./lines.ts";
import { hasGroup, hasPresentUser, hasRole, type Referable } from "./references.ts";
import { closed, email, key, refused } from "./shape.ts";

/** One end of a rule or share, or a member of a group, by the keys of the file. */
export type FileParty =
  | { readonly kind: "USER"; readonly email: string }
  | { readonly kind: "ROLE"; readonly role: string }
  | { readonly kind: "ROLE_AND_SUBORDINATES"; readonly role: string }
  | { readonly kind: "GROUP"; readonly group: string }
  | { readonly kind: "EVERYONE" };

const PARTY_KEYS = {
  role: key.optional().describe("One of `roles`: whoever has it."),
  roleAndSubordinates: key.optional().describe("One of `roles`: whoever has it or one below it."),
  group: key.optional().describe("One of `groups`: whoever belongs to it."),
};
const USER = email.optional().describe("One of `users`.");

/** A user, a role, a role and its subordinates, or a group: members of groups and recipients of shares. */
export const member = exactlyOne({ user: USER, ...PARTY_KEYS });

/** Everyone is no map. */
const EVERYONE_ALONE = { everyone: "the word everyone by itself, without braces, such as to: everyone" };

/** The target of a rule (SH-33). */
export const target = orEveryone(exactlyOne({ user: USER, ...PARTY_KEYS }, EVERYONE_ALONE));

/** The source of a rule (SH-31). */
export const source = orEveryone(
  exactlyOne(
    {
      ...PARTY_KEYS,
      user: refused(
        "no user: the source of a rule is a role, a role and its subordinates, a group or everyone",
      ),
    },
    EVERYONE_ALONE,
  ),
);

/** The party as one text: equal for the same party. */
export function partyText(party: FileParty): string {
  return JSON.stringify(party, ["kind", "email", "role", "group"]);
}

/** A fault unless the party is there and may be named. */
export function checkParty(draft: Referable, faults: Faults, path: DocumentPath, party: FileParty): void {
  switch (party.kind) {
    case "USER":
      hasPresentUser(draft, faults, [...path, "user"], party.email, shown(party.email));
      return;
    case "ROLE":
      hasRole(draft, faults, [...path, "role"], party.role);
      return;
    case "ROLE_AND_SUBORDINATES":
      hasRole(draft, faults, [...path, "roleAndSubordinates"], party.role);
      return;
    case "GROUP":
      hasGroup(draft, faults, [...path, "group"], party.group);
      return;
    case "EVERYONE":
      return;
  }
}

export function printedParty(party: FileParty): Printed {
  switch (party.kind) {
    case "USER":
      return { user: party.email };
    case "ROLE":
      return { role: party.role };
    case "ROLE_AND_SUBORDINATES":
      return { roleAndSubordinates: party.role };
    case "GROUP":
      return { group: party.group };
    case "EVERYONE":
      return "everyone";
  }
}

/** The party that the file names, by ids. */
export function partyWithIds(run: ImportRun, party: FileParty): Party {
  switch (party.kind) {
    case "USER":
      return { kind: party.kind, userId: idOfKey(run.users, party.email).id };
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return { kind: party.kind, roleId: idOfKey(run.roles, party.role) };
    case "GROUP":
      return { kind: party.kind, groupId: idOfKey(run.groups, party.group) };
    case "EVERYONE":
      return party;
  }
}

/** The party of an organisation as a file names it. */
export function partyWithKeys(
  names: Readonly<Record<"user" | "role" | "group", (id: string) => string>>,
  party: Party,
): FileParty {
  switch (party.kind) {
    case "USER":
      return { kind: party.kind, email: names.user(party.userId) };
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return { kind: party.kind, role: names.role(party.roleId) };
    case "GROUP":
      return { kind: party.kind, group: names.group(party.groupId) };
    case "EVERYONE":
      return { kind: party.kind };
  }
}

function exactlyOne<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  instead: Readonly<Record<string, string>> = {},
) {
  return closed(shape, instead)
    .meta({ minProperties: 1, maxProperties: 1 })
    .transform((written, context): FileParty => {
      if (context.issues.length > 0) return z.NEVER;
      const named = Object.keys(written).filter(
        (name) => (written as Record<string, unknown>)[name] !== undefined,
      );
      const party = named.length === 1 ? partyOf(written) : null;
      if (party !== null) return party;
      const names = Object.keys(shape).join(", ");
      context.issues.push({ code: "custom", input: written, message: `exactly one of ${names}` });
      return z.NEVER;
    });
}

function orEveryone<Schema extends z.ZodType<FileParty>>(schema: Schema) {
  const everyone = z.literal("everyone").transform((): FileParty => ({ kind: "EVERYONE" }));
  return z.union([everyone, schema], {
    error: "everyone, or a map with one of role, roleAndSubordinates, group",
  });
}

type WrittenParty = {
  readonly user?: string | undefined;
  readonly role?: string | undefined;
  readonly roleAndSubordinates?: string | undefined;
  readonly group?: string | undefined;
};

function partyOf({ user, role, roleAndSubordinates, group }: WrittenParty): FileParty | null {
  if (user !== undefined) return { kind: "USER", email: user };
  if (role !== undefined) return { kind: "ROLE", role };
  if (roleAndSubordinates !== undefined) return { kind: "ROLE_AND_SUBORDINATES", role: roleAndSubordinates };
  if (group !== undefined) return { kind: "GROUP", group };
  return null;
}
