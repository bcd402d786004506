import type { GroupId, ModuleId, ProfileId, RoleId, UserId } from "../kernel/id.ts";
import type { Instant } from "../kernel/instant.ts";
import { compareText } from "../kernel/text.ts";
import { compileGroups, type GroupClosure } from "./group.ts";
import type { Action, Group, Module, Org, Profile, Role, SharingRule, SupportGrant, User } from "./org.ts";
import { compileForest, type Forest } from "./tree.ts";

/**
 * An organisation's policy, compiled for asking: the rows of a snapshot with the indexes that deciding needs.
 *
 * Immutable but for `memo`, which keeps what was derived from it; one per (organisation, version).
 */
export type Policy = {
  readonly org: Org;
  readonly users: ReadonlyMap<UserId, User>;
  readonly usersBySeq: readonly (User | undefined)[];
  readonly usersByEmail: ReadonlyMap<string, User>;
  readonly roles: ReadonlyMap<RoleId, Role>;
  readonly usersOfRole: ReadonlyMap<RoleId, readonly User[]>;
  readonly profiles: ReadonlyMap<ProfileId, Profile>;
  /** In named order, as `rulesOfModule` is (EN-09). */
  readonly groups: ReadonlyMap<GroupId, Group>;
  readonly groupClosure: GroupClosure;
  readonly modules: ReadonlyMap<ModuleId, Module>;
  readonly modulesByKey: ReadonlyMap<string, Module>;
  readonly rulesOfModule: ReadonlyMap<ModuleId, readonly SharingRule[]>;
  readonly roleTree: Forest<RoleId>;
  readonly reportingTree: Forest<UserId>;
  readonly supportGrants: ReadonlyMap<UserId, readonly SupportGrant[]>;
  /** One more than the highest `User.seq`: the width of every mask. */
  readonly width: number;
  readonly memo: Map<string, unknown>;
};

/** One question's fixed part: who asks about which module and action, under which policy, at which instant. */
export type Question = {
  readonly policy: Policy;
  readonly viewer: User;
  readonly module: Module;
  readonly action: Action;
  readonly now: Instant;
  /** What was derived for this viewer; shared by the questions of one compilation and dropped with it. */
  readonly memo: Map<string, unknown>;
};

/**
 * Compiles a snapshot.
 *
 * @throws {CycleError} when roles, reports-to or groups form a cycle: such a policy admits nothing (EN-07).
 */
export function compile(org: Org): Policy {
  const users = byId(org.users);
  const usersBySeq: (User | undefined)[] = [];
  const usersOfRole = new Map<RoleId, User[]>();
  for (const user of org.users) {
    usersBySeq[user.seq] = user;
    if (user.roleId !== null) append(usersOfRole, user.roleId, user);
  }
  const rulesOfModule = new Map<ModuleId, SharingRule[]>();
  // Named order, so that explanations do not depend on the order of rows (EN-09).
  const rules = inNamedOrder(org.rules);
  for (const rule of rules) append(rulesOfModule, rule.moduleId, rule);
  const supportGrants = new Map<UserId, SupportGrant[]>();
  for (const grant of org.supportGrants) append(supportGrants, grant.agentId, grant);

  return {
    org,
    users,
    usersBySeq,
    usersByEmail: new Map(org.users.flatMap((user) => (user.email === null ? [] : [[user.email, user]]))),
    roles: byId(org.roles),
    usersOfRole,
    profiles: byId(org.profiles),
    groups: byId(inNamedOrder(org.groups)),
    groupClosure: compileGroups(org.groups),
    modules: byId(org.modules),
    modulesByKey: new Map(org.modules.map((module) => [module.key, module])),
    rulesOfModule,
    roleTree: compileForest(new Map(org.roles.map((role) => [role.id, role.parentId]))),
    reportingTree: compileForest(new Map(org.users.map((user) => [user.id, user.reportsToId]))),
    supportGrants,
    width: usersBySeq.length,
    memo: new Map(),
  };
}

/** Prepares the questions of one viewer at one instant. */
export function questionsOf(
  policy: Policy,
  viewer: User,
  now: Instant,
): (module: Module, action: Action) => Question {
  const memo = new Map<string, unknown>();
  return (module, action) => ({ policy, viewer, module, action, now, memo });
}

/**
 * Derives a value once per policy, or once per viewer when given a question (what differs by viewer must not pile up
 * in the policy). The key names everything else that the value depends on.
 */
export function once<Value>(owner: Policy | Question, key: string, derive: () => Value): Value {
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

function append<Key, Row>(map: Map<Key, Row[]>, key: Key, row: Row): void {
  const rows = map.get(key);
  if (rows) rows.push(row);
  else map.set(key, [row]);
}
