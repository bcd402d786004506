import type { Chance } from "./chance.ts";
import type { Group, Party, People, User } from "./party.ts";
import { branchOf, type RoleTree, roleTreeOf } from "./roles.ts";
import type { Size } from "./size.ts";
import { emailOf, VIEWER_NAMES, type ViewerName } from "./viewers.ts";

/** Everybody, and which groups are for what. */
export type Staff = People & {
  readonly tree: RoleTree;
  /** Each viewer's place among the users. */
  readonly viewers: Readonly<Record<ViewerName, number>>;
  /** Users from here on are nobody in particular. */
  readonly firstOrdinary: number;
  /** Groups that hold `manyrules`, targets of its rules. */
  readonly targets: readonly number[];
  /** Groups that hold `shareonly`. */
  readonly recipients: readonly number[];
  /** Groups of owners, sources of rules for `manyrules`, each of one shared branch. */
  readonly sources: readonly number[];
  /** All other groups. */
  readonly ordinary: readonly number[];
};

const SALT = { role: 1, level: 2, first: 3, last: 4, group: 5 } as const;

export function staffOf(size: Size, chance: Chance): Staff {
  const tree = roleTreeOf(size);
  const users = usersOf(size, tree, chance);
  const viewers = Object.fromEntries(VIEWER_NAMES.map((name, at) => [name, at])) as Staff["viewers"];
  const firstOrdinary = VIEWER_NAMES.length;
  const count = (part: number) => Math.max(1, Math.round(size.groups * part));
  const list = (from: number, length: number) => Array.from({ length }, (_, at) => from + at);
  const targets = list(0, count(0.15));
  const recipients = list(targets.length, count(0.05));
  const sources = list(targets.length + recipients.length, count(0.03));
  const used = targets.length + recipients.length + sources.length;
  const staff = {
    roles: tree.roles,
    users,
    tree,
    viewers,
    firstOrdinary,
    targets,
    recipients,
    sources,
    ordinary: list(used, size.groups - used),
  };
  return { ...staff, groups: groupsOf(size, staff, chance) };
}

function usersOf(size: Size, tree: RoleTree, chance: Chance): readonly User[] {
  const [rep, manyrules, shareonly, bycriteria] = tree.lone as readonly [number, number, number, number];
  const roleOf: Readonly<Record<ViewerName, number>> = {
    ceo: tree.root,
    administrator: tree.root,
    regional: tree.regional,
    lead: tree.lead,
    dormant: tree.dormant,
    rep,
    manyrules,
    shareonly,
    bycriteria,
  };
  const viewers = VIEWER_NAMES.map((name) => ({ email: emailOf(name), name, role: roleOf[name] }));
  const open = [...tree.roles.keys()].filter((role) => !tree.reserved.has(role));
  const byLevel = Map.groupBy(open, (role) => tree.roles[role]?.level ?? 0);
  const others = Array.from({ length: size.users - viewers.length }, (_, at): User => {
    const draw = chance.fraction(at, SALT.level);
    const level = byLevel.get(draw < 0.75 ? 5 : draw < 0.95 ? 4 : 3) ?? open;
    const role = open[at] ?? level[chance.below(level.length, at, SALT.role)] ?? 0;
    const first = FIRST[chance.below(FIRST.length, at, SALT.first)];
    const last = LAST[chance.below(LAST.length, at, SALT.last)];
    return { email: `user-${at}@bench.test`, name: `${first} ${last}`, role };
  });
  return [...viewers, ...others];
}

function groupsOf(size: Size, staff: Omit<Staff, "groups">, chance: Chance): readonly Group[] {
  const { tree, users, viewers, firstOrdinary, targets, recipients, sources, ordinary } = staff;
  const roles = [...tree.roles.keys()].filter(
    (role) =>
      (tree.roles[role]?.level ?? 0) >= 4 &&
      branchOf(tree.roles, role).every((each) => !tree.reserved.has(each)),
  );
  const someone = (group: number, at: number): Party => {
    const draw = chance.bits(group * 64 + at, SALT.group);
    if (at < 2)
      return { kind: at === 0 ? "ROLE" : "ROLE_AND_SUBORDINATES", at: roles[draw % roles.length] ?? 0 };
    return { kind: "USER", at: firstOrdinary + (draw % (users.length - firstOrdinary)) };
  };
  const some = (group: number, length: number): readonly Party[] =>
    uniqueParties(Array.from({ length }, (_, at) => someone(group, at)));

  return Array.from({ length: size.groups }, (_, at): Group => {
    const key = `group-${at}`;
    if (targets.includes(at)) {
      // The last of them holds the viewer, and every other holds that one or the viewer itself.
      const last = targets.at(-1) ?? 0;
      const way: Party =
        at === last || at % 2 === 0 ? { kind: "USER", at: viewers.manyrules } : { kind: "GROUP", at: last };
      return { key, members: [way, ...some(at, 8)] };
    }
    if (recipients.includes(at))
      return { key, members: [{ kind: "USER", at: viewers.shareonly }, ...some(at, 5)] };
    if (sources.includes(at)) {
      const head = tree.shared[at - (sources[0] ?? 0)] ?? tree.shared[0] ?? 0;
      const branch = new Set(branchOf(tree.roles, head));
      const members = [...users.keys()].filter((user) => branch.has(users[user]?.role ?? -1));
      return { key, members: members.map((user) => ({ kind: "USER", at: user })) };
    }
    // Nested to a few levels: each holds one that comes after it, so that there is no cycle.
    const place = ordinary.indexOf(at);
    const inner = ordinary[place + 1 + (place % 7)];
    const nested: readonly Party[] =
      inner !== undefined && place % 3 !== 0 ? [{ kind: "GROUP", at: inner }] : [];
    return { key, members: [...some(at, 22), ...nested] };
  });
}

function uniqueParties(parties: readonly Party[]): readonly Party[] {
  return [...new Map(parties.map((party) => [`${party.kind} ${party.at}`, party])).values()];
}

const FIRST =
  "Ada Alan Amélie Ana Ångström Barbara Björn Carl Chidi Çelik Dana Edsger Élodie Emmy Farid Fei Grace Hana Hedy Ines Ivan Jun Kofi Lena Linus Łukasz Mary Mei Nadia Niklaus Noor Olga Omar Priya Radia Ravi Sofía Tim Ulla Vera Yuki Zoë".split(
    " ",
  );
const LAST =
  "Abara Ahmed Berg Costa Dijkstra Eriksen Fischer García Haddad Ivanova Jensen Kaya Kowalska Lamarr Liu López Moreau Müller Nakamura Ndiaye Noether Nowak O'Brien Okafor Perlman Rossi Sato Silva Tanaka Torvalds Ünal Vogel Weiß Wirth Yılmaz Zhang".split(
    " ",
  );
