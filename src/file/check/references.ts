import { FORECASTS } from "../../policy/model/org.ts";
import type { Draft } from "../draft.ts";
import type { FileParty } from "../organization-file.ts";
import { type Faults, listed, shown } from "../reading/faults.ts";
import type { Path } from "../reading/node.ts";

/** One kind of thing that can be wrong between entries of a file. */
export type Check = (draft: Draft, faults: Faults) => void;

/** The place of a user, or of something in it, by the address as the file writes it. */
export function userPath(draft: Draft, email: string, ...rest: (string | number)[]): Path {
  return ["users", draft.spelling.get(email) ?? email, ...rest];
}

/** A fault unless a role has the key. Gives whether one has. */
export function hasRole(draft: Draft, faults: Faults, path: Path, key: string): boolean {
  return refer(faults, path, "role", key, draft.roles.keys);
}

/** A fault unless a user has the address, in lower case. Gives whether one has. */
export function hasUser(draft: Draft, faults: Faults, path: Path, email: string): boolean {
  return refer(faults, path, "user", email, draft.users.keys);
}

/** A fault unless a module has the key; `forecasts` is built in. Gives whether one has. */
export function hasModule(draft: Draft, faults: Faults, path: Path, key: string): boolean {
  return key === FORECASTS || refer(faults, path, "module", key, draft.modules.keys);
}

/** Null when there is no such module, or it is malformed. */
export function moduleKind(draft: Draft, key: string): "ORGANIZATION" | "TEAM" | null {
  return draft.modules.entries.get(key)?.kind ?? (key === FORECASTS ? "ORGANIZATION" : null);
}

/** A fault unless the party is there and may be named: a deleted user may not (UA-61). */
export function checkParty(draft: Draft, faults: Faults, path: Path, party: FileParty): void {
  switch (party.kind) {
    case "USER": {
      const place = [...path, "user"];
      if (!hasUser(draft, faults, place, party.email)) return;
      if (draft.users.entries.get(party.email)?.status === "DELETED") {
        faults.add(place, {
          message: `${shown(party.email)} is deleted`,
          expected: "a user who is not deleted",
          requirement: "UA-61",
        });
      }
      return;
    }
    case "ROLE":
      hasRole(draft, faults, [...path, "role"], party.role);
      return;
    case "ROLE_AND_SUBORDINATES":
      hasRole(draft, faults, [...path, "roleAndSubordinates"], party.role);
      return;
    case "GROUP":
      refer(faults, [...path, "group"], "group", party.group, draft.groups.keys);
      return;
    case "EVERYONE":
      return;
  }
}

/** The party as one text: equal for the same party. */
export function partyText(party: FileParty): string {
  return JSON.stringify(party, ["kind", "email", "role", "group"]);
}

function refer(faults: Faults, path: Path, noun: string, key: string, keys: ReadonlySet<string>): boolean {
  if (keys.has(key)) return true;
  const expected = keys.size === 0 ? `a ${noun} of the file, which has none` : `one of ${listed(keys)}`;
  faults.add(path, { message: `there is no ${noun} ${shown(key)}`, expected });
  return false;
}
