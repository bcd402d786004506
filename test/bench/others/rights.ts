import { asId } from "../../../src/kernel/id.ts";
import { criteriaKey } from "../../../src/policy/model/grant-key.ts";
import type { Bench } from "../bench.ts";
import { isAbove, isIn, lineOf, type Party } from "../data-set/party.ts";
import type { Rule } from "../data-set/rules.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import { recipientOf } from "../database/known.ts";

/**
 * What an application has to find out about a viewer before any of the contenders can ask the database: the walks over
 * role tree, nested groups and rules. Found here from the data set, without the engine, and not measured.
 */
export type Rights = {
  readonly viewer: ViewerName;
  readonly userId: string;
  readonly roleId: string;
  /** Sees the module without a condition. */
  readonly isAll: boolean;
  /** The owners whose records the viewer sees: the viewer, everybody below, the sources of rules. */
  readonly ownerIds: readonly string[];
  /** Those of them whom a rule opens, and not the tree. */
  readonly ruleOwnerIds: readonly string[];
  /** Under which shares and matches of criteria the viewer finds records (`RecordGrant.key`). */
  readonly keys: readonly string[];
  /** Matches that count for some owners only. */
  readonly narrowed: readonly { readonly key: string; readonly ownerIds: readonly string[] }[];
  /** The instant of the request, in milliseconds since 1970. */
  readonly now: number;
};

export function rightsOf(bench: Bench, viewer: ViewerName): Rights {
  const { dataSet, known } = bench;
  const { staff, rules } = dataSet;
  const at = staff.viewers[viewer];
  const role = staff.users[at]?.role ?? -1;
  const idsOf = (isMeant: (user: number) => boolean): readonly string[] =>
    known.userIds.filter((_, user) => isMeant(user));

  const mine = [...rules.entries()].filter(([, rule]) => rule.module === 0 && isFor(bench, rule, at));
  const sources = mine.flatMap(([, { source, criteria }]) => (criteria === null && source ? [source] : []));
  const isBelow = (user: number) =>
    user === at ||
    lineOf(staff.roles, staff.users[user]?.role ?? -1)
      .slice(1)
      .includes(role);
  const isOpened = (user: number) => sources.some((source) => isIn(staff, source, user));
  const byCriteria = mine.flatMap(([index, { source, criteria }]) =>
    criteria === null
      ? []
      : [
          {
            key: criteriaKey({ id: asId(known.ruleIds[index] ?? ""), generation: 1 }),
            ownerIds: source === null ? null : idsOf((user) => isIn(staff, source, user)),
          },
        ],
  );
  return {
    viewer,
    userId: known.userIds[at] ?? "",
    roleId: known.roleIds[role] ?? "",
    isAll: viewer === "administrator",
    ownerIds: idsOf((user) => isBelow(user) || isOpened(user)),
    ruleOwnerIds: idsOf((user) => !isBelow(user) && isOpened(user)),
    keys: [
      ...heldBy(bench, at, role).map((party) => keyOf(bench, party)),
      ...byCriteria.flatMap(({ key, ownerIds }) => (ownerIds === null ? [key] : [])),
    ],
    narrowed: byCriteria.flatMap(({ key, ownerIds }) => (ownerIds === null ? [] : [{ key, ownerIds }])),
    now: Date.now(),
  };
}

function isFor({ dataSet: { staff } }: Bench, { target, includeSuperiors }: Rule, viewer: number): boolean {
  return isIn(staff, target, viewer) || (includeSuperiors && isAbove(staff, target, viewer));
}

/** Every party that a share can be with and that the viewer is in. */
function heldBy({ dataSet: { staff } }: Bench, viewer: number, role: number): readonly Party[] {
  return [
    { kind: "USER", at: viewer },
    { kind: "ROLE", at: role },
    ...lineOf(staff.roles, role).map((at): Party => ({ kind: "ROLE_AND_SUBORDINATES", at })),
    ...[...staff.groups.keys()]
      .map((at): Party => ({ kind: "GROUP", at }))
      .filter((group) => isIn(staff, group, viewer)),
  ];
}

const LETTERS = { USER: "u", ROLE: "r", ROLE_AND_SUBORDINATES: "s", GROUP: "g" } as const;

function keyOf({ known }: Bench, party: Party): string {
  const { userId, roleId, groupId } = recipientOf(known, party);
  return `${LETTERS[party.kind]}:${userId ?? roleId ?? groupId}`;
}
