import { FORECASTS, type UserStatus } from "../../policy/model/org.ts";
import { type Faults, type Found, shown, unknownName } from "../reading/faults.ts";
import type { DocumentPath } from "../reading/node.ts";
import type { Entries } from "./entries.ts";

/** What entries of a file may refer to: the part of the draft that references are looked up in. */
export type Referable = {
  readonly roles: Entries<unknown>;
  readonly users: Entries<{ readonly status: UserStatus }> & {
    /** Addresses as the file writes them, by address in lower case. */
    readonly spelling: ReadonlyMap<string, string>;
  };
  readonly groups: Entries<unknown>;
  readonly modules: Entries<{ readonly kind: ModuleKind }>;
  readonly records: ReadonlyMap<string, Entries<unknown>> | null;
  readonly supportAccess: { readonly agent: string } | null;
  readonly pastSupportAccess: readonly { readonly entry: { readonly agent: string } }[];
};

export type ModuleKind = "ORGANIZATION" | "TEAM";

/** The place of a user, or of something in it, by the address as the file writes it. */
export function userPath(draft: Referable, email: string, ...rest: (string | number)[]): DocumentPath {
  return ["users", draft.users.spelling.get(email) ?? email, ...rest];
}

/** A fault unless a role has the key. Gives whether one has. */
export function hasRole(draft: Referable, faults: Faults, path: DocumentPath, key: string): boolean {
  return refer(faults, path, "role", key, draft.roles.keys);
}

/** A fault unless a user has the address, in lower case. Gives whether one has. */
export function hasUser(draft: Referable, faults: Faults, path: DocumentPath, email: string): boolean {
  return refer(faults, path, "user", email, draft.users.keys);
}

/** A fault unless a user has the address and may be named: a deleted one may not (UA-61). */
export function hasPresentUser(
  draft: Referable,
  faults: Faults,
  path: DocumentPath,
  email: string,
  name: string,
): void {
  if (!hasUser(draft, faults, path, email)) return;
  if (draft.users.entries.get(email)?.status !== "DELETED") return;
  faults.add(path, {
    message: `${name} is deleted`,
    expected: "a user who is not deleted",
    requirement: "UA-61",
  });
}

/** A fault unless a group has the key. Gives whether one has. */
export function hasGroup(draft: Referable, faults: Faults, path: DocumentPath, key: string): boolean {
  return refer(faults, path, "group", key, draft.groups.keys);
}

/** A fault unless a module has the key; `forecasts` is built in. Gives whether one has. */
export function hasModule(draft: Referable, faults: Faults, path: DocumentPath, key: string): boolean {
  return key === FORECASTS || refer(faults, path, "module", key, draft.modules.keys);
}

/** Null when there is no such module, or it is malformed. */
export function moduleKind(draft: Referable, key: string): ModuleKind | null {
  return draft.modules.entries.get(key)?.kind ?? (key === FORECASTS ? "ORGANIZATION" : null);
}

export function isRecord({ records }: Referable, module: string, key: string): boolean {
  return records?.get(module)?.keys.has(key) === true;
}

export function noRecord({ records }: Referable, module: string, key: string): Found {
  return {
    message: `${shown(module)} has no record ${shown(key)}`,
    expected: "the key of a record",
    near: [key, records?.get(module)?.keys ?? []],
  };
}

function refer(
  faults: Faults,
  path: DocumentPath,
  noun: string,
  key: string,
  keys: ReadonlySet<string>,
): boolean {
  if (keys.has(key)) return true;
  faults.add(path, unknownName(noun, key, keys));
  return false;
}

/** Whether an address is that of a support agent, present or past, who is no user and yet may own records (SA-08, SA-10). */
export function isAgentOf(draft: Referable, email: string): boolean {
  if (draft.users.keys.has(email)) return false;
  return (
    draft.supportAccess?.agent === email || draft.pastSupportAccess.some(({ entry }) => entry.agent === email)
  );
}
