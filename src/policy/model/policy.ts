import type { ApplicationId, GroupId, ModuleId, ProfileId, RoleId, UserId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { compareText } from "../../kernel/text.ts";
import type { Application } from "./application.ts";
import { compileGroups, type GroupNesting } from "./group.ts";
import { afterMoves, type Membership, newMembership } from "./membership.ts";
import type { Action, Group, Module, Org, Profile, Role, SharingRule, SupportGrant, User } from "./org.ts";
import {
  compilePeople,
  type Move,
  type People,
  placeRoles,
  type RolePlaces,
  recompilePeople,
  replaceMoved,
} from "./people.ts";
import { compileForest, type Forest } from "./tree.ts";

/**
 * An organisation's policy, compiled for asking: the rows of a snapshot with the indexes that deciding needs.
 *
 * Immutable but for its memos, which keep what was derived from it; one per (organisation, version).
 */
export type Policy = People & {
  readonly org: Org;
  readonly roles: ReadonlyMap<RoleId, Role>;
  readonly rolePlaces: RolePlaces;
  readonly profiles: ReadonlyMap<ProfileId, Profile>;
  /** In named order, as `rulesOfModule` is (EN-09). */
  readonly groups: ReadonlyMap<GroupId, Group>;
  readonly nesting: GroupNesting;
  readonly modules: ReadonlyMap<ModuleId, Module>;
  readonly modulesByKey: ReadonlyMap<string, Module>;
  readonly applications: ReadonlyMap<ApplicationId, Application>;
  readonly applicationsByKey: ReadonlyMap<string, Application>;
  readonly rulesOfModule: ReadonlyMap<ModuleId, readonly SharingRule[]>;
  readonly roleTree: Forest<RoleId>;
  readonly supportGrants: ReadonlyMap<UserId, readonly SupportGrant[]>;
  readonly memo: Memo;
  readonly membership: Membership;
};

/** Keeps what was derived, by a name or by the row that it was derived from. */
export type Memo = Map<unknown, unknown>;

/** One question's fixed part: who asks about which module and action, under which policy, at which instant. */
export type Question = {
  readonly policy: Policy;
  readonly viewer: User;
  readonly module: Module;
  readonly action: Action;
  readonly now: Instant;
  /** What was derived for this viewer; shared by the questions of one compilation and dropped with it. */
  readonly memo: Memo;
};

/**
 * Compiles a snapshot.
 *
 * @param before an older version: what was compiled from the very same rows is taken from it (EN-23).
 * @throws {CycleError} when roles, reports-to or groups form a cycle: such a policy admits nothing (EN-07).
 */
export function compile(org: Org, before: Policy | null = null): Policy {
  const { people, moves } =
    before === null
      ? { people: compilePeople(org.users), moves: null }
      : recompilePeople(org.users, { users: before.org.users, people: peopleIn(before) });
  /** The older version, when the rows of these parts are the same. */
  const like = (...parts: readonly (keyof Org)[]): Policy | null =>
    parts.every((part) => before?.org[part] === org[part]) ? before : null;
  const rolePlaces = rolePlacesAfter(like("roles"), moves) ?? placeRoles(org.roles, people);
  return {
    ...people,
    org,
    roles: like("roles")?.roles ?? byId(org.roles),
    rolePlaces,
    profiles: byId(org.profiles),
    groups: like("groups")?.groups ?? byId(inNamedOrder(org.groups)),
    nesting: like("groups")?.nesting ?? compileGroups(org.groups),
    modules: byId(org.modules),
    modulesByKey: new Map(org.modules.map((module) => [module.key, module])),
    applications: byId(org.applications),
    applicationsByKey: new Map(org.applications.map((each) => [each.key, each])),
    // Named order, so that explanations do not depend on the order of rows (EN-09).
    rulesOfModule: Map.groupBy(inNamedOrder(org.rules), ({ moduleId }) => moduleId),
    roleTree:
      like("roles")?.roleTree ?? compileForest(new Map(org.roles.map((role) => [role.id, role.parentId]))),
    supportGrants: Map.groupBy(org.supportGrants, ({ agentId }) => agentId),
    memo: new Map(),
    membership: membershipAfter(like("roles", "groups", "hierarchy"), moves) ?? newMembership(),
  };
}

function rolePlacesAfter(before: Policy | null, moves: readonly Move[] | null): RolePlaces | null {
  return before === null || moves === null ? null : replaceMoved(before.rolePlaces, moves);
}

function membershipAfter(before: Policy | null, moves: readonly Move[] | null): Membership | null {
  if (before === null || moves === null) return null;
  // Whom a tombstone reported to is no superior any more (SH-25); in the tree of roles nothing but roles counts.
  if (before.org.hierarchy === "REPORTING" && moves.some(({ from, to }) => from.status !== to.status))
    return null;
  return afterMoves(before.membership, moves, before.rolePlaces);
}

function peopleIn({ users, usersBySeq, usersByEmail, usersOfRole, reportingTree, width }: Policy): People {
  return { users, usersBySeq, usersByEmail, usersOfRole, reportingTree, width };
}

/** Prepares the questions of one viewer at one instant. */
export function questionsOf(
  policy: Policy,
  viewer: User,
  now: Instant,
): (module: Module, action: Action) => Question {
  const memo: Memo = new Map();
  return (module, action) => ({ policy, viewer, module, action, now, memo });
}

/**
 * Derives a value once per policy, or per viewer when given a question (what differs by viewer must not pile up in the
 * policy). The key names everything else that the value depends on.
 */
export function once<Value>(owner: { readonly memo: Memo }, key: unknown, derive: () => Value): Value {
  const known = owner.memo.get(key);
  if (known !== undefined) return known as Value;
  const value = derive();
  owner.memo.set(key, value);
  return value;
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<Row["id"], Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

function inNamedOrder<Row extends { readonly key: string }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => compareText(a.key, b.key));
}
