import { InvalidInput } from "../../kernel/fault.ts";
import type { Party } from "../../policy/model/org.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";

type Member<Value> = Value | null | undefined;

/** A party as a client names it: exactly one member. `everyone` is a member of the inputs of rules alone. */
export type PartyShape = {
  readonly user?: Member<string>;
  readonly role?: Member<string>;
  readonly roleAndSubordinates?: Member<string>;
  readonly group?: Member<string>;
  readonly everyone?: Member<boolean>;
};

/** With whom a record can be shared, and who can be a member of a group: not everyone (SH-41). */
export const PartyInput = builder.inputRef<Omit<PartyShape, "everyone">>("PartyInput").implement({
  description: "A party: exactly one of these fields, with a global id.",
  isOneOf: true,
  fields: (t) => ({
    user: t.id({ description: "One user." }),
    role: t.id({ description: "The users of one role." }),
    roleAndSubordinates: t.id({ description: "The users of one role and of every role below it." }),
    group: t.id({ description: "The members of one group, nested groups included." }),
  }),
});

/**
 * The party that an input names, by ids that nobody has looked up yet: see `partyNamed`.
 *
 * @param field the input, such as `input.with`.
 * @throws {InvalidInput} naming the member, for text that is no global id, and for `everyone: false`.
 */
export function readParty(field: string, input: PartyShape): Party {
  const { user, role, roleAndSubordinates, group, everyone } = input;
  if (user != null) return { kind: "USER", userId: readId(`${field}.user`, "User", user) };
  if (role != null) return { kind: "ROLE", roleId: readId(`${field}.role`, "Role", role) };
  if (roleAndSubordinates != null) {
    const roleId = readId(`${field}.roleAndSubordinates`, "Role", roleAndSubordinates);
    return { kind: "ROLE_AND_SUBORDINATES", roleId };
  }
  if (group != null) return { kind: "GROUP", groupId: readId(`${field}.group`, "Group", group) };
  if (everyone === true) return { kind: "EVERYONE" };
  if (everyone === false)
    throw new InvalidInput(`${field}.everyone`, "Everyone is `true`; name another party instead of `false`.");
  throw new InvalidInput(field, "Name exactly one party.");
}
