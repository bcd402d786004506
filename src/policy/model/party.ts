import type { GroupId, RoleId, UserId } from "../../kernel/id.ts";
import { partyKey } from "./grant-key.ts";
import { type Derived, knownIn, maskOfRoles, onceIn } from "./membership.ts";
import type { Party, User } from "./org.ts";
import { addMask, addSeq, emptyMask, hasSeq, type Owners, type SeqMask, seqsOf } from "./owners.ts";
import { once, type Policy, type Question } from "./policy.ts";

/** The users of a party now, tombstones of a role included: they still own records (SH-31, UA-61). */
export function membersOf(policy: Policy, party: Party): Owners {
  return derivedMembers(policy, party).value;
}

function derivedMembers(policy: Policy, party: Party): Derived<Owners> {
  // One bit of one user is cheaper to make again than to keep for every user.
  if (party.kind === "USER") return collect(policy, [party]);
  if (party.kind === "GROUP") return membersOfGroup(policy, party.groupId);
  return onceIn(policy.membership, `members ${partyKey(party)}`, () => collect(policy, [party]));
}

/**
 * Those of a group, from what the groups inside it have: each is looked at once, however many contain it, and none while
 * another one waits, since depth is that of the data.
 */
function membersOfGroup(policy: Policy, groupId: GroupId): Derived<Owners> {
  const { membership, groups, nesting } = policy;
  const known = knownIn<Owners>(membership, groupMembers(groupId));
  if (known !== undefined) return known;
  for (const id of nesting.innerFirst(groupId)) {
    onceIn(membership, groupMembers(id), () => {
      const members = groups.get(id)?.members ?? [];
      const own = collect(
        policy,
        members.filter(({ kind }) => kind !== "GROUP"),
      );
      for (const member of members) {
        const inner = member.kind === "GROUP" && knownIn<Owners>(membership, groupMembers(member.groupId));
        if (!inner) continue;
        addMask(own.value.mask, inner.value.mask);
        addMask(own.value.roles, inner.value.roles);
        addMask(own.roles, inner.roles);
      }
      return own;
    });
  }
  return knownIn<Owners>(membership, groupMembers(groupId)) ?? collect(policy, []);
}

function groupMembers(groupId: GroupId): string {
  return `members ${partyKey({ kind: "GROUP", groupId })}`;
}

/**
 * The members of a rule's target and, when asked, their superiors (SH-33, SH-35).
 *
 * With the role tree, superiors are those above each role that the target names, held or not, and above each user
 * it names. With reports-to (SH-25) they are the managers, all the way up, of its members.
 */
export function audienceOf(policy: Policy, target: Party, includeSuperiors: boolean): SeqMask {
  if (!includeSuperiors || target.kind === "EVERYONE") return membersOf(policy, target).mask;
  return onceIn(policy.membership, `audience ${partyKey(target)}`, () => {
    const members = derivedMembers(policy, target);
    return policy.org.hierarchy === "ROLE"
      ? withRoleSuperiors(policy, target, members)
      : { ...members, value: withManagers(policy, members.value.mask) };
  }).value;
}

/** Whether the user is a member of the party. */
export function isMember(policy: Policy, party: Party, user: User): boolean {
  if (party.kind === "USER") return party.userId === user.id;
  return hasSeq(membersOf(policy, party).mask, user.seq);
}

/** The parties without nesting that make up a party: a group is its closure, any other party itself. */
export function atomsOf(policy: Policy, party: Party): readonly Party[] {
  return party.kind === "GROUP" ? policy.nesting.closure(party.groupId) : [party];
}

/** The viewer, as owner of their own records. */
export function viewerAlone(question: Question): Owners {
  const { policy, viewer } = question;
  return once(question, viewerAlone, () => membersOf(policy, { kind: "USER", userId: viewer.id }));
}

/** The holders of the roles below one, tombstones included. */
export function holdersBelow(policy: Policy, roleId: RoleId): Owners {
  return onceIn(policy.membership, `below ${roleId}`, () =>
    collect(
      policy,
      policy.roleTree.descendants(roleId).map((below) => ({ kind: "ROLE", roleId: below })),
    ),
  ).value;
}

function collect(policy: Policy, atoms: readonly Party[]): Derived<Owners> {
  const mask = emptyMask(policy.width);
  const roles = emptyMask(policy.org.roles.length);
  // Whoever moves to another role is still among everyone, with all their roles.
  if (atoms.some(({ kind }) => kind === "EVERYONE")) {
    const all = { mask, roles: maskOfRoles([...policy.roles.keys()], policy.rolePlaces.ofRole) };
    for (const { seq } of policy.users.values()) addSeq(mask, seq);
    return { value: all, roles, people: [] };
  }
  const addRole = (roleId: RoleId): void => {
    const place = policy.rolePlaces.ofRole.get(roleId);
    if (place !== undefined) addSeq(roles, place);
    for (const user of policy.usersOfRole.get(roleId) ?? []) addSeq(mask, user.seq);
  };
  for (const atom of atoms) {
    switch (atom.kind) {
      case "USER": {
        const user = policy.users.get(atom.userId);
        if (user) addSeq(mask, user.seq);
        break;
      }
      case "ROLE":
        addRole(atom.roleId);
        break;
      case "ROLE_AND_SUBORDINATES":
        addRole(atom.roleId);
        for (const below of policy.roleTree.descendants(atom.roleId)) addRole(below);
        break;
      case "EVERYONE":
        break;
      case "GROUP":
        throw new Error("a group inside a flattened group");
    }
  }
  return { value: { mask, roles }, roles, people: [] };
}

function withRoleSuperiors(policy: Policy, target: Party, members: Derived<Owners>): Derived<SeqMask> {
  const audience = Uint8Array.from(members.value.mask);
  const roles = Uint8Array.from(members.roles);
  const people: UserId[] = [];
  const climbed = new Set<RoleId>();
  /** Above some of them already, and so is whoever is above those. */
  const reached = new Set<RoleId>();
  for (const atom of atomsOf(policy, target)) {
    if (atom.kind === "USER") people.push(atom.userId);
    const roleId = roleNamedBy(policy, atom);
    if (roleId === null || climbed.has(roleId)) continue;
    climbed.add(roleId);
    for (const above of policy.roleTree.ancestorsUntil(roleId, (each) => reached.has(each))) {
      reached.add(above);
      const holders = derivedMembers(policy, { kind: "ROLE", roleId: above });
      addMask(audience, holders.value.mask);
      addMask(roles, holders.roles);
    }
  }
  return { value: audience, roles, people };
}

function roleNamedBy(policy: Policy, atom: Party): RoleId | null {
  switch (atom.kind) {
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return atom.roleId;
    case "USER":
      return policy.users.get(atom.userId)?.roleId ?? null;
    case "GROUP":
    case "EVERYONE":
      return null;
  }
}

function withManagers(policy: Policy, members: SeqMask): SeqMask {
  const audience = Uint8Array.from(members);
  /** Above somebody already, and so is whoever is above them. */
  const reached = new Set<UserId>();
  for (const seq of seqsOf(members)) {
    const member = policy.usersBySeq[seq];
    // A tombstone keeps its last role for the sake of its records; it holds the role no longer.
    if (!member || member.status === "DELETED") continue;
    for (const above of policy.reportingTree.ancestorsUntil(member.id, (each) => reached.has(each))) {
      reached.add(above);
      const manager = policy.users.get(above);
      if (manager) addSeq(audience, manager.seq);
    }
  }
  return audience;
}
