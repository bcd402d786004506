import { v7 } from "uuid";
import { inParts, oneOf } from "../../../database/parts.ts";
import { InvalidInput } from "../../../kernel/fault.ts";
import type { UserId } from "../../../kernel/id.ts";
import { isEligibleOwner } from "../../../policy/ask/eligible-owner.ts";
import type { Module, User } from "../../../policy/model/org.ts";
import { admitCapability, admitPermission } from "../../core/admit.ts";
import type { Happening } from "../../core/audit-event.ts";
import { reachedBy, type Viewer, viewerPermissions } from "../../core/viewer.ts";
import type { Writing } from "../../core/write.ts";
import { moduleNamed } from "../../directory/modules.ts";
import { personNamed } from "../../directory/named.ts";
import { requireEligibleOwner } from "../../records/create.ts";
import { type Transfer, type TransferScope, transferIn } from "./transfer.ts";

/** To whom the records of somebody go who leaves, as an input says it. */
export type WantedHeir = {
  readonly toId: UserId;
  /** The keys of modules; null for all that the asker may hand over, and that the other may own. */
  readonly modules: readonly string[] | null;
};

/** The same, looked up. */
export type Heir = { readonly to: User; readonly named: readonly Module[] | null };

/** Where the members of an input stand that say it. */
export type HeirPlaces = { readonly to: string; readonly modules: string };

/** @throws {InvalidInput} and {NotFound} naming the place. */
export function readHeir(viewer: Viewer, wanted: WantedHeir, places: HeirPlaces): Heir {
  const to = personNamed(viewer, places.to, wanted.toId);
  if (wanted.modules === null) return { to, named: null };
  if (wanted.modules.length === 0)
    throw new InvalidInput(places.modules, "Name at least one module, or leave it out for all.");
  const named = wanted.modules.map((key, at) => moduleNamed(viewer, `${places.modules}.${at}`, key));
  const twice = named.findIndex((module, at) => named.indexOf(module) < at);
  if (twice !== -1) throw new InvalidInput(`${places.modules}.${twice}`, "The module is named twice.");
  return { to, named };
}

/** Modules whose records somebody may hand over. Only asking makes one. */
export type AdmittedModules = { readonly modules: readonly Module[]; readonly [admitted]: true };
declare const admitted: unique symbol;

/**
 * Admits to handing over everything that somebody owns, read or not: holders of `MODIFY_ALL_DATA`, in modules that their
 * profile opens for it (UA-64).
 *
 * @throws {Forbidden}
 */
export function admitEverything(viewer: Viewer, { named }: Heir): AdmittedModules {
  admitCapability(viewer, "MODIFY_ALL_DATA");
  for (const module of named ?? []) admitPermission(viewer, module, "CHANGE_OWNER");
  const modules = (named ?? viewer.policy.org.modules).filter(
    (module) => reachedBy(viewer, module, "CHANGE_OWNER").reach.kind === "EVERYTHING",
  );
  return { modules } as unknown as AdmittedModules;
}

/**
 * Admits to handing over, of what somebody owns, whatever the asker may hand over when its turn comes (SH-46).
 *
 * @throws {Forbidden} where a gate is shut for all of the modules.
 */
export function admitSome(viewer: Viewer, { named }: Heir): AdmittedModules {
  for (const module of named ?? []) admitPermission(viewer, module, "CHANGE_OWNER");
  const modules = (named ?? viewer.policy.org.modules).filter((module) =>
    viewerPermissions(viewer, module).includes("CHANGE_OWNER"),
  );
  const [first] = viewer.policy.org.modules;
  // Nothing is open: the gate of the first says why.
  if (modules.length === 0 && first !== undefined) admitPermission(viewer, first, "CHANGE_OWNER");
  return { modules } as unknown as AdmittedModules;
}

export type NewTransfer = {
  readonly from: User;
  readonly heir: Heir;
  readonly admitted: AdmittedModules;
  readonly scope: TransferScope;
  readonly places: HeirPlaces;
};

/**
 * Begins a transfer, which `TRANSFER_RECORDS` carries out: whoever calls wakes it.
 *
 * @throws {InvalidInput} when the other is the same person, or may own no records of a module (TU-33); of what the
 * asker may hand over, `CONFLICT` when the very same is running, `LIMIT_EXCEEDED` when too many are.
 */
export async function beginTransfer(
  { tx, viewer }: Writing,
  { from, heir, admitted, scope, places }: NewTransfer,
): Promise<{ readonly transferId: string; readonly happened: Happening }> {
  const { orgId, policy, now, user, request } = viewer;
  const { to, named } = heir;
  if (to.id === from.id)
    throw new InvalidInput(places.to, `The records of ${from.name} are theirs already: name somebody else.`);
  for (const module of named ?? []) requireEligibleOwner(viewer, places.to, to, module);
  const modules = admitted.modules.filter((module) => isEligibleOwner(policy, to, module, now));
  if (modules.length === 0)
    throw new InvalidInput(places.to, `${to.name} can own no records of the modules.`, {
      requirement: "TU-33",
    });
  const ids = modules.map((module) => module.id);
  if (scope === "ADMITTED")
    await requireFewRunning(tx, viewer, { fromId: from.id, toId: to.id, scope, modules: ids });
  const id = v7({ msecs: now });
  await tx.recordTransfer.create({
    data: {
      orgId,
      id,
      fromId: from.id,
      toId: to.id,
      scope,
      modules: ids,
      startedById: user.id,
      isSupport: user.license === "SUPPORT",
      requestId: request.id,
      startedAt: new Date(now),
      totalRecords: scope === "EVERYTHING" ? await ownedIn(tx, viewer, from, modules) : null,
    },
  });
  return {
    transferId: id,
    happened: {
      action: "TRANSFER_RECORDS",
      target: { type: "User", id: from.id },
      before: null,
      after: { toId: to.id, modules: ids, scope },
    },
  };
}

/** So many transfers that one person began run at once: each of them looks at everything that somebody owns. */
export const MOST_RUNNING = 5;

type Begun = Pick<Transfer, "fromId" | "toId" | "scope" | "modules">;

/**
 * Asked before somebody begins another one; whoever leaves begins no more than one.
 *
 * @throws {InvalidInput} `CONFLICT` when the very same is running; `LIMIT_EXCEEDED` when there are so many already.
 */
async function requireFewRunning(tx: Writing["tx"], { orgId, user }: Viewer, wanted: Begun): Promise<void> {
  const running = await tx.recordTransfer.findMany({
    where: { orgId, startedById: user.id, endedAt: null },
    orderBy: { id: "desc" },
    take: MOST_RUNNING,
  });
  if (running.map(transferIn).some((each) => isSame(each, wanted)))
    throw new InvalidInput(null, "The very same transfer is running already.", {
      code: "CONFLICT",
      requirement: "UA-64",
    });
  if (running.length < MOST_RUNNING) return;
  throw new InvalidInput(
    null,
    `No more than ${MOST_RUNNING} transfers that one person began run at once; ask again when one has ended.`,
    {
      code: "LIMIT_EXCEEDED",
      requirement: "UA-64",
      details: { limit: { name: "runningTransfers", max: MOST_RUNNING, actual: running.length + 1 } },
    },
  );
}

function isSame(one: Begun, other: Begun): boolean {
  const isOfSame = one.fromId === other.fromId && one.toId === other.toId && one.scope === other.scope;
  return isOfSame && new Set(one.modules).symmetricDifference(new Set(other.modules)).size === 0;
}

async function ownedIn(
  tx: Writing["tx"],
  { orgId }: Viewer,
  { seq }: User,
  modules: readonly Module[],
): Promise<number> {
  let total = 0;
  for (const part of inParts(modules.map((module) => module.id))) {
    const { _sum } = await tx.ownerCount.aggregate({
      where: { orgId, moduleId: oneOf(part), ownerSeq: seq },
      _sum: { n: true },
    });
    total += _sum.n ?? 0;
  }
  return total;
}
