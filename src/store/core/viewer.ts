import type { OrgId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { abilityFrom, type Reaches, type RecordAbility, reachIn } from "../../policy/ask/ability.ts";
import { permissionsIn } from "../../policy/ask/permissions.ts";
import type { Capability } from "../../policy/capability.ts";
import type { Action, Module, Permission, User } from "../../policy/model/org.ts";
import type { Policy } from "../../policy/model/policy.ts";
import { holds } from "../../policy/rights/holding.ts";
import type { Reached } from "../reach/query.ts";
import { NO_REQUEST, type RequestFacts } from "./request.ts";
import type { Store } from "./store.ts";

/**
 * The signed-in user of one request: a person joined with the compiled policy at one instant, and the ability made from
 * both. Lives as long as the request, or as one mutation field of it; so do its loaders.
 */
export type Viewer = {
  readonly store: Store;
  readonly policy: Policy;
  readonly orgId: OrgId;
  readonly user: User;
  readonly now: Instant;
  readonly reaches: Reaches;
  readonly ability: RecordAbility;
  readonly request: RequestFacts;
};

/** Joins a user with the policy at the instant. Whether the user may sign in was decided before. */
export function viewerOf(
  store: Store,
  policy: Policy,
  user: User,
  now: Instant,
  request: RequestFacts = NO_REQUEST,
): Viewer {
  const reaches = store.policies.reaches(policy, user, now);
  return {
    store,
    policy,
    orgId: policy.org.id,
    user,
    now,
    reaches,
    ability: abilityFrom(reaches, now),
    request,
  };
}

/** The viewer's reach in a module, as every statement on records carries it; taken out of the ability (EN-04). */
export function reachedBy(
  viewer: Pick<Viewer, "ability" | "orgId" | "now">,
  module: Module,
  action: Action,
): Reached {
  return {
    orgId: viewer.orgId,
    moduleId: module.id,
    reach: reachIn(viewer.ability, action, module.id),
    action,
    now: viewer.now,
  };
}

/** Whether the viewer holds the capability now. */
export function viewerHolds(viewer: Viewer, capability: Capability): boolean {
  return holds(viewer.policy, viewer.user, capability, viewer.now);
}

/** What the viewer may do in the module at all, whatever the record. */
export function viewerPermissions({ policy, user, now }: Viewer, module: Module): readonly Permission[] {
  return permissionsIn(policy, user, module, now);
}
