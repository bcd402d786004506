import type { RoleId, UserId } from "../../kernel/id.ts";
import { addSeq, emptyMask, hasSeq, type SeqMask } from "./owners.ts";
import type { Move, RolePlaces } from "./people.ts";

/**
 * What follows from people, roles, groups and the kind of hierarchy alone: who is meant by a party, who stands below a
 * role. A newer version shares what none of its changes touch, so that one in a hundred thousand who changes their role
 * does not cost asking anew who is meant by every rule (EN-23).
 */
export type Membership = { readonly derived: Map<string, Derived<unknown>> };

/** Something derived, with everything that it depends on and that a change of roles can touch. */
export type Derived<Value> = {
  readonly value: Value;
  /** The roles whose holders it asked for, a bitmap over `RolePlaces`. */
  readonly roles: SeqMask;
  /** The people whose own role it asked for. */
  readonly people: readonly UserId[];
};

export function newMembership(): Membership {
  return { derived: new Map() };
}

/** Derives a value once, under a key that names everything else that it depends on. */
export function onceIn<Value>(
  { derived }: Membership,
  key: string,
  derive: () => Derived<Value>,
): Derived<Value> {
  const known = derived.get(key);
  if (known !== undefined) return known as Derived<Value>;
  const fresh = derive();
  derived.set(key, fresh);
  return fresh;
}

/** What was derived under the key already. */
export function knownIn<Value>({ derived }: Membership, key: string): Derived<Value> | undefined {
  return derived.get(key) as Derived<Value> | undefined;
}

/** What still holds after people changed their roles, and nothing else that membership depends on. */
export function afterMoves(
  before: Membership,
  moves: readonly Move[],
  { ofRole }: Pick<RolePlaces, "ofRole">,
): Membership {
  const moved = moves.filter(({ from, to }) => from.roleId !== to.roleId);
  if (moved.length === 0) return before;
  const people = new Set(moved.map(({ to }) => to.id));
  const roles = placesOf(
    moved.flatMap(({ from, to }) => [from.roleId, to.roleId]),
    ofRole,
  );
  const derived = new Map(
    [...before.derived].filter(
      ([, each]) =>
        !roles.some((place) => hasSeq(each.roles, place)) && !each.people.some((id) => people.has(id)),
    ),
  );
  return { derived };
}

/** The roles as a bitmap over their places. */
export function maskOfRoles(roles: readonly RoleId[], ofRole: ReadonlyMap<RoleId, number>): SeqMask {
  const mask = emptyMask(ofRole.size);
  for (const place of placesOf(roles, ofRole)) addSeq(mask, place);
  return mask;
}

function placesOf(roles: readonly (RoleId | null)[], ofRole: ReadonlyMap<RoleId, number>): readonly number[] {
  return roles.flatMap((role) => (role === null ? [] : (ofRole.get(role) ?? [])));
}
