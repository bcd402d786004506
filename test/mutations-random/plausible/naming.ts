import { expect } from "vitest";
import type { Member, RuleTarget } from "../../oracle/file.ts";
import { at } from "../../oracle/people.ts";
import type { Facts, RuleRow } from "../facts.ts";
import { partyOf, ruleOf } from "../file.ts";

/** What names a role or a group that is about to go (SH-39). */
export type Naming = {
  readonly rules: readonly RuleRow[];
  /** How many audit events tell that it goes: rules, groups that lose members, shares. */
  readonly events: number;
  /** Nothing names it any more, and whatever did not name it is still there. */
  readonly check: (after: Facts) => void;
};

export function naming(facts: Facts, names: (party: Member) => boolean): Naming {
  const rules = facts.rows.rules.filter((rule) => isNamedBy(facts, rule, names));
  const groups = Object.values(facts.file.groups ?? {}).filter(({ members }) => members.some(names));
  const shares = facts.rows.shares.filter((share) => namesParty(facts, share, names));
  return {
    rules,
    events: rules.length + groups.length + shares.length,
    check: (after) => {
      const left = (all: readonly { readonly id: string }[], gone: readonly { readonly id: string }[]) =>
        all.map(({ id }) => id).filter((id) => !gone.some((each) => each.id === id));
      expect(after.rows.rules.map(({ id }) => id)).toEqual(left(facts.rows.rules, rules));
      expect(after.rows.shares.map(({ id }) => id)).toEqual(left(facts.rows.shares, shares));
      for (const [key, { members }] of Object.entries(after.file.groups ?? {}))
        expect(members).toEqual(at(facts.file.groups, key)?.members.filter((member) => !names(member)));
    },
  };
}

function isNamedBy({ rows }: Facts, rule: RuleRow, names: (party: Member) => boolean): boolean {
  const { from, to } = ruleOf(rows, { ...rule, criteria: null });
  const parties: RuleTarget[] = from === undefined ? [to] : [from, to];
  return parties.some((party) => party !== "everyone" && names(party));
}

function namesParty(
  { rows }: Facts,
  share: Facts["rows"]["shares"][number],
  names: (party: Member) => boolean,
): boolean {
  const party = partyOf(rows, { ...share, kind: share.partyKind });
  return party !== "everyone" && names(party);
}
