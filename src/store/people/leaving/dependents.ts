import { inParts, oneOf } from "../../../database/parts.ts";
import { asId, type ModuleId, type UserId } from "../../../kernel/id.ts";
import type { Module, Role, SharingRule, User } from "../../../policy/model/org.ts";
import { hasSeq } from "../../../policy/model/owners.ts";
import { once } from "../../../policy/model/policy.ts";
import { loaderOf } from "../../core/loaders.ts";
import { reachedBy, type Viewer, viewerHolds } from "../../core/viewer.ts";
import { byName } from "../../directory/sorted.ts";
import { seesRules } from "../../sharing/rules.ts";

/** How many records of a module somebody owns. */
export type OwnedRecords = { readonly module: Module; readonly count: number };

/** What depends on a person (UA-60), as far as the viewer may know it. */
export type Dependents = {
  readonly user: User;
  /** The rules that name the person; null without `MANAGE_DATA_SHARING`. */
  readonly rules: readonly SharingRule[] | null;
  /** The roles of which the person reads the forecasts. */
  readonly roles: readonly Role[];
  /** Who reports to the person; null without `MANAGE_USERS`. */
  readonly reports: readonly User[] | null;
  /** The team modules of which nobody else who is active is `ADMIN`. */
  readonly lastAdminOf: readonly Module[];
};

/** What depends on a person, for administrators; null for others, and of who is deleted. */
export function dependentsOf(viewer: Viewer, user: User): Dependents | null {
  if (!viewerHolds(viewer, "MANAGE_ADMIN_PERMISSIONS") || user.status === "DELETED") return null;
  const { org } = viewer.policy;
  return {
    user,
    rules: seesRules(viewer)
      ? byName(org.rules.filter(({ target }) => target.kind === "USER" && target.userId === user.id))
      : null,
    roles: byName(org.roles.filter(({ forecastManagerId }) => forecastManagerId === user.id)),
    reports: viewerHolds(viewer, "MANAGE_USERS") ? byName(reportsOf(viewer, user.id)) : null,
    lastAdminOf: org.modules.filter((module) => isLastAdmin(viewer, user, module)),
  };
}

/** Of many people one look at everybody. */
function reportsOf({ policy }: Viewer, id: UserId): readonly User[] {
  const reports = once(policy, "reports by manager", () =>
    Map.groupBy(
      policy.org.users.filter(({ status }) => status !== "DELETED"),
      ({ reportsToId }) => reportsToId,
    ),
  );
  return reports.get(id) ?? [];
}

function isLastAdmin({ policy }: Viewer, user: User, { id, kind }: Module): boolean {
  if (kind !== "TEAM" || user.teamRoles.get(id) !== "ADMIN") return false;
  return !policy.org.users.some(
    (each) => each.id !== user.id && each.status === "ACTIVE" && each.teamRoles.get(id) === "ADMIN",
  );
}

/**
 * How many records of each module somebody owns, in the modules where the viewer reads all that they own: of others
 * nothing is told. A statement for everybody who is asked about.
 */
export function ownedRecords(viewer: Viewer, { id }: User): Promise<readonly OwnedRecords[]> {
  return ownedByPeople(viewer)
    .load(id)
    .then((owned) => owned ?? []);
}

const ownedByPeople = loaderOf<UserId, readonly OwnedRecords[]>(async (viewer, ids) => {
  const { policy, orgId, store } = viewer;
  const people = ids.flatMap((id) => policy.users.get(id) ?? []);
  const open = policy.org.modules.filter((module) => people.some((user) => readsAllOf(viewer, module, user)));
  const counts = new Map<string, number>();
  for (const modules of inParts(open.map((module) => module.id))) {
    for (const owners of inParts(people.map(({ seq }) => seq))) {
      const rows = await store.database.reader.ownerCount.findMany({
        where: { orgId, moduleId: oneOf(modules), ownerSeq: oneOf(owners), n: { gt: 0 } },
      });
      for (const { moduleId, ownerSeq, n } of rows) counts.set(placeOf(asId(moduleId), ownerSeq), n);
    }
  }
  return new Map(
    people.map((user) => [
      user.id,
      open.flatMap((module) => {
        const count = counts.get(placeOf(module.id, user.seq));
        return count === undefined || !readsAllOf(viewer, module, user) ? [] : [{ module, count }];
      }),
    ]),
  );
});

function placeOf(moduleId: ModuleId, ownerSeq: number): string {
  return `${moduleId} ${ownerSeq}`;
}

function readsAllOf(viewer: Viewer, module: Module, { seq }: User): boolean {
  const { reach } = reachedBy(viewer, module, "READ");
  switch (reach.kind) {
    case "NOTHING":
      return false;
    case "EVERYTHING":
      return true;
    case "SOME":
      return hasSeq(reach.ownerMask, seq);
  }
}
