import { toGlobalId } from "../../../src/kernel/global-id.ts";
import type { RuleTarget } from "../../oracle/file.ts";
import type { Dice } from "../../random/dice.ts";
import { addressOf, type Facts, userId } from "../facts.ts";

/** A party as a client names it and as the file does; the file has no word for one that is not there. */
export type NamedParty = { readonly input: object; readonly party: RuleTarget | null };

const NOTHING = "00000000-0000-7000-8000-000000000000";

/** Some party: a member, a role, a role with its subordinates or a group; now and then one that is not there. */
export function randomParty(facts: Facts, dice: Dice): NamedParty {
  const { users, roles, groups } = facts.rows;
  const [user, role, group] = [
    dice.pick(users),
    dice.pick(roles),
    dice.pick(groups.length > 0 ? groups : roles),
  ];
  const isNobody = user.license === "SUPPORT" || user.status === "DELETED";
  const kind = dice.weighted([
    [5, "user"],
    [3, "role"],
    [3, "subtree"],
    [4, groups.length > 0 ? "group" : "role"],
    [0.5, "absent"],
  ] as const);
  switch (kind) {
    case "user":
      return { input: { user: userId(user) }, party: isNobody ? null : { user: addressOf(user) } };
    case "role":
      return { input: { role: toGlobalId("Role", role.id) }, party: { role: role.key } };
    case "subtree":
      return {
        input: { roleAndSubordinates: toGlobalId("Role", role.id) },
        party: { roleAndSubordinates: role.key },
      };
    case "group":
      return { input: { group: toGlobalId("Group", group.id) }, party: { group: group.key } };
    case "absent":
      return { input: { role: toGlobalId("Role", NOTHING) }, party: null };
  }
}

/** Whether two parties are the same. */
export function isSameParty(one: RuleTarget, other: RuleTarget): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
