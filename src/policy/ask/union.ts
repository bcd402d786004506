import type { RoleId, UserId } from "../../kernel/id.ts";
import type { Scope } from "../access/kind.ts";
import type { User } from "../model/org.ts";
import { addMask, emptyMask, hasSeq, type Owners, type SeqMask, seqsOf } from "../model/owners.ts";
import { once, type Policy, type Question } from "../model/policy.ts";

type Keyed = Extract<Scope, { readonly records: "KEYED" }>;

/** Owners from several grants, and the ways that lead a list to their records. */
export type Union = {
  readonly mask: SeqMask;
  /** The roles reached as a whole … */
  readonly roles: readonly RoleId[];
  /** … and the owners outside them, disjoint. */
  readonly lone: readonly UserId[];
  /** Owners in those roles not all of whose records lead there yet. */
  readonly moving: readonly UserId[];
};

/** Values by the objects that they were made from, one after the other. */
type Node<Value> = { readonly next: Map<object, Node<Value>>; value: Value | undefined };

/** What is made from the same objects in the same order is made once for a viewer, under each name. */
function onceFrom<Value>(
  question: Question,
  name: string,
  from: readonly object[],
  make: () => Value,
): Value {
  let node = once(question, name, () => newNode<Value>());
  for (const each of from) {
    let next = node.next.get(each);
    if (next === undefined) {
      next = newNode<Value>();
      node.next.set(each, next);
    }
    node = next;
  }
  node.value ??= make();
  return node.value;
}

function newNode<Value>(): Node<Value> {
  return { next: new Map(), value: undefined };
}

/**
 * The owners of several grants together. Most modules and actions have the same grants of owners, so that a viewer has
 * few unions.
 */
export function unionOf(question: Question, all: readonly Owners[]): Union {
  return onceFrom(question, "union", all, () => join(question.policy, all));
}

/** The keys of several grants, each with the owners it is narrowed to; the same shares count in every module. */
export function keysOf(question: Question, all: readonly Keyed[]): ReadonlyMap<string, SeqMask | null> {
  return onceFrom(
    question,
    "keys",
    all,
    () => new Map(all.map(({ key, within }) => [key, within?.mask ?? null])),
  );
}

function join(policy: Policy, all: readonly Owners[]): Union {
  const mask = emptyMask(policy.width);
  const roles = emptyMask(policy.org.roles.length);
  for (const owners of all) {
    addMask(mask, owners.mask);
    addMask(roles, owners.roles);
  }
  // A check asks the mask alone; only a list asks for the ways.
  let rolesKnown: readonly RoleId[] | null = null;
  let loneKnown: readonly UserId[] | null = null;
  let movingKnown: readonly UserId[] | null = null;
  return {
    mask,
    get roles() {
      rolesKnown ??= rolesIn(policy, roles);
      return rolesKnown;
    },
    get lone() {
      loneKnown ??= loneIn(policy, mask, roles);
      return loneKnown;
    },
    get moving() {
      movingKnown ??= movingIn(policy, mask, roles);
      return movingKnown;
    },
  };
}

function rolesIn(policy: Policy, roles: SeqMask): readonly RoleId[] {
  return [...seqsOf(roles)].flatMap((place) => policy.org.roles[place]?.id ?? []);
}

function loneIn(policy: Policy, mask: SeqMask, roles: SeqMask): readonly UserId[] {
  const lone: UserId[] = [];
  for (const seq of seqsOf(mask)) {
    const place = policy.rolePlaces.bySeq[seq] ?? -1;
    if (place >= 0 && hasSeq(roles, place)) continue;
    const user = policy.usersBySeq[seq];
    if (user) lone.push(user.id);
  }
  return lone;
}

function movingIn(policy: Policy, mask: SeqMask, roles: SeqMask): readonly UserId[] {
  const isLed = ({ seq }: User) => hasSeq(roles, policy.rolePlaces.bySeq[seq] ?? -1);
  return moving(policy).flatMap((user) => (hasSeq(mask, user.seq) && isLed(user) ? [user.id] : []));
}

/** Whoever changed their role not long ago: few, and mostly nobody. */
function moving(policy: Policy): readonly User[] {
  return once(policy, moving, () => policy.org.users.filter(({ isPathBehind }) => isPathBehind));
}
