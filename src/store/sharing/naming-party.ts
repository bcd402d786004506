import { inParts, oneOf } from "../../database/parts.ts";
import { Forbidden, InvalidInput } from "../../kernel/fault.ts";
import { toGlobalId } from "../../kernel/global-id.ts";
import { asId, type GroupId, type RoleId, type UserId } from "../../kernel/id.ts";
import { compareText } from "../../kernel/text.ts";
import type { Party, SharingRule } from "../../policy/model/org.ts";
import type { Happening } from "../core/audit-event.ts";
import type { Viewer } from "../core/viewer.ts";
import type { Writing } from "../core/write.ts";
import { contentAsEvent } from "./rule/content.ts";
import { seesRules } from "./rules.ts";

/** What is about to go, and may be named by rules, groups and shares. */
export type Named = { readonly name: string } & (
  | { readonly kind: "ROLE"; readonly id: RoleId }
  | { readonly kind: "GROUP"; readonly id: GroupId }
  | { readonly kind: "USER"; readonly id: UserId }
);

/** A rule as far as it matters to what it names. */
export type NamingRule = Pick<SharingRule, "id" | "name" | "status">;

/**
 * The rules that name it, as source or target, once it is sure that they may go (SH-39). By name.
 *
 * @throws {Forbidden} when rules are to go without `MANAGE_DATA_SHARING`.
 * @throws {InvalidInput} `CONFLICT` unless forced; `RULE_APPLYING` when one of them is being applied (SH-36).
 */
export async function rulesToRemove(
  writing: Writing,
  named: Named,
  force: boolean,
): Promise<readonly NamingRule[]> {
  const rules = await rulesThatName(writing, named);
  if (force) admitRemovingRules(writing.viewer, named, rules);
  requireRemovable(writing.viewer, named, rules, force);
  return rules;
}

/** The rules that name it, by name, for a mutation that is still to ask whether they may go. */
export async function rulesThatName({ tx, viewer }: Writing, named: Named): Promise<readonly NamingRule[]> {
  const rows = await tx.sharingRule.findMany({
    where: { orgId: viewer.orgId, OR: [...rulesNaming(named)] },
    select: { id: true, name: true, status: true },
  });
  return rows
    .map((row): NamingRule => ({ ...row, id: asId(row.id) }))
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
}

/** Removing a rule is a change of rules (SH-10). @throws {Forbidden} without `MANAGE_DATA_SHARING`. */
export function admitRemovingRules(viewer: Viewer, named: Named, rules: readonly NamingRule[]): void {
  if (rules.length === 0 || seesRules(viewer)) return;
  throw new Forbidden(
    `Sharing rules name ${named.name}: removing them needs the capability MANAGE_DATA_SHARING.`,
    "SH-10",
  );
}

/**
 * To whom rules are not shown they are not named.
 *
 * @throws {InvalidInput} `CONFLICT` unless forced; `RULE_APPLYING` when one of them is being applied (SH-36).
 */
export function requireRemovable(
  viewer: Viewer,
  named: Named,
  rules: readonly NamingRule[],
  force: boolean,
): void {
  if (rules.length === 0) return;
  const maySee = seesRules(viewer);
  if (!force)
    throw new InvalidInput(
      "input.id",
      maySee
        ? `Sharing rules name ${named.name}: ${namesOf(rules)}. Send \`force: true\` to remove them too.`
        : `Sharing rules name ${named.name}. Whoever manages data sharing has to change them first.`,
      { code: "CONFLICT", requirement: "SH-39", details: maySee ? { rules: shownRules(rules) } : {} },
    );
  const applying = rules.filter((rule) => rule.status === "APPLYING");
  if (applying.length > 0)
    throw new InvalidInput("input.id", `Being applied: ${namesOf(applying)}. Deactivate them, or wait.`, {
      code: "RULE_APPLYING",
      requirement: "SH-36",
      details: { rules: shownRules(applying) },
    });
}

function rulesNaming({ kind, id }: Named) {
  switch (kind) {
    case "ROLE":
      return [{ sourceRoleId: id }, { targetRoleId: id }];
    case "GROUP":
      return [{ sourceGroupId: id }, { targetGroupId: id }];
    case "USER":
      return [{ targetUserId: id }];
  }
}

function shownRules(rules: readonly NamingRule[]) {
  return rules.map(({ id, name }) => ({ id: toGlobalId("SharingRule", id), name }));
}

function namesOf(rules: readonly NamingRule[]): string {
  return rules.map(({ name }) => name).join(", ");
}

/**
 * Takes it out of the rules and groups that name it as a party: the rules given go, and so do its places in groups.
 * What was shared with it is void without it (`deleteParty`, `leaveSharesWith`).
 *
 * @param rules what `rulesToRemove` gave. When there are any, whoever calls wakes the sweep after the transaction.
 */
export async function releaseParty(
  writing: Writing,
  named: Named,
  rules: readonly NamingRule[],
): Promise<readonly Happening[]> {
  return [...(await removeRules(writing, rules)), ...(await leaveGroups(writing, named))];
}

/** Their matches admit nothing from then on, and are swept in the background as those of any deleted rule. */
async function removeRules(
  { tx, viewer }: Writing,
  rules: readonly NamingRule[],
): Promise<readonly Happening[]> {
  if (rules.length === 0) return [];
  const { orgId, policy } = viewer;
  for (const part of inParts(rules.map((rule) => rule.id)))
    await tx.sharingRule.deleteMany({ where: { orgId, id: oneOf(part) } });
  const known = new Map(policy.org.rules.map((rule) => [rule.id, rule]));
  return rules.map(({ id, name }) => {
    const rule = known.get(id);
    return {
      action: "DELETE_SHARING_RULE",
      target: { type: "SharingRule", id },
      // Of a rule that could not be read, the name is what is known.
      before: rule === undefined ? { name } : contentAsEvent(rule),
      after: null,
    };
  });
}

async function leaveGroups({ tx, viewer }: Writing, named: Named): Promise<readonly Happening[]> {
  const { orgId, policy } = viewer;
  await tx.groupMember.deleteMany({ where: { orgId, ...membershipOf(named) } });
  return [...policy.groups.values()].flatMap(({ id, members }) => {
    const left = members.filter((member) => !names(member, named));
    if (left.length === members.length) return [];
    return [
      {
        action: "UPDATE_GROUP",
        target: { type: "Group", id },
        before: { members },
        after: { members: left },
      },
    ];
  });
}

function membershipOf({ kind, id }: Named) {
  switch (kind) {
    case "ROLE":
      return { roleId: id };
    case "GROUP":
      return { memberGroupId: id };
    case "USER":
      return { userId: id };
  }
}

function names(party: Party, named: Named): boolean {
  switch (party.kind) {
    case "USER":
      return party.userId === named.id;
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return party.roleId === named.id;
    case "GROUP":
      return party.groupId === named.id;
    case "EVERYONE":
      return false;
  }
}
