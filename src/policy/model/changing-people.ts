import type { RoleId, UserId } from "../../kernel/id.ts";
import type { User } from "./org.ts";
import type { Policy } from "./policy.ts";
import { aboveIn } from "./reporting.ts";

/**
 * The people of an organisation in the middle of a change, in which one after another becomes somebody else. A mutation
 * may change 500 of a hundred thousand: what the change of one can affect is asked of those around them, and nobody walks
 * everybody for each of many.
 *
 * Roles stay as the policy has them.
 */
export type ChangingPeople = {
  readonly policy: Pick<Policy, "users" | "roles" | "roleTree" | "reportingTree">;
  /** Those who are others than the policy has them, or are new. */
  readonly changed: ReadonlyMap<UserId, User>;
};

/** Everybody as the policy has them. */
export function peopleOf(policy: ChangingPeople["policy"]): ChangingPeople {
  return { policy, changed: new Map() };
}

/** The same with somebody as they become. */
export function withChanged({ policy, changed }: ChangingPeople, user: User): ChangingPeople {
  return { policy, changed: new Map(changed).set(user.id, user) };
}

/** Somebody as they are by now. */
export function personIn({ policy, changed }: ChangingPeople, id: UserId): User | undefined {
  return changed.get(id) ?? policy.users.get(id);
}

/** The roles above somebody's role, and the people above them, as they are by now. */
export function aboveAmong(people: ChangingPeople, id: UserId): ReadonlySet<RoleId | UserId> {
  return aboveIn(
    (each) => personIn(people, each),
    (role) => people.policy.roles.get(role)?.parentId ?? null,
    id,
  );
}

/**
 * The circle of managers that somebody would close by becoming that: from them up to themselves; null when there is none.
 * A policy has no circles (SH-25), so that any there is goes through who changes.
 */
export function circleThrough(people: ChangingPeople, after: User): readonly User[] | null {
  const way = [after];
  const seen = new Set<UserId>();
  for (let id = after.reportsToId; id !== null && !seen.has(id); ) {
    if (id === after.id) return [...way, after];
    const above = personIn(people, id);
    if (above === undefined) return null;
    seen.add(id);
    way.push(above);
    id = above.reportsToId;
  }
  return null;
}

/**
 * Who would report past the role tree when somebody becomes that, and did not before, by `User.seq`: they themselves, or
 * those who report to them (SH-25). What `misreportsMadeBy` gives of everybody.
 */
export function misreportsMadeByOne(people: ChangingPeople, after: User): readonly User[] {
  const before = personIn(people, after.id);
  const broken: User[] = [];
  const manager = after.reportsToId === null ? undefined : personIn(people, after.reportsToId);
  const isAsBefore = before?.reportsToId === after.reportsToId && isPast(people, before, manager);
  if (isPast(people, after, manager) && !isAsBefore) broken.push(after);
  if (before !== undefined && before.roleId !== after.roleId)
    for (const below of reportsIn(people, after.id))
      if (isPast(people, below, after) && !isPast(people, below, before)) broken.push(below);
  return broken.sort((a, b) => a.seq - b.seq);
}

/** Where one of the two has no role, there is nothing to compare. */
function isPast({ policy }: ChangingPeople, user: User, manager: User | undefined): boolean {
  if (manager === undefined || user.roleId === null || manager.roleId === null) return false;
  return !policy.roleTree.isAbove(manager.roleId, user.roleId);
}

/** Who reports straight to somebody by now. */
function reportsIn({ policy, changed }: ChangingPeople, id: UserId): readonly User[] {
  const stayed = policy.reportingTree.children(id).flatMap((each) => {
    const user = policy.users.get(each);
    return user === undefined || changed.has(each) ? [] : [user];
  });
  return [...stayed, ...[...changed.values()].filter((user) => user.reportsToId === id)];
}
