import { v7 } from "uuid";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId, type RoleId, type UserId } from "../../kernel/id.ts";
import type { Role } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { readName, readNewName } from "../directory/input.ts";
import { readKey, requireFreeKey } from "../directory/key.ts";
import { personNamed, roleNamed } from "../directory/named.ts";
import { admitAboveSuper } from "../profiles/place.ts";
import { requireManagersAbove } from "./reporting.ts";

type OneRole = { readonly roleId: RoleId };

export type NewRole = {
  readonly name: string;
  /** Random when there is none. */
  readonly key?: string | null | undefined;
  /** Null makes a root. */
  readonly parentId: RoleId | null;
  readonly shareDataWithPeers: boolean;
  readonly forecastManagerId: UserId | null;
};

/** Makes a role. */
export function createRole(viewer: Viewer, wanted: NewRole): Promise<OneRole> {
  const { parentId, shareDataWithPeers, forecastManagerId } = wanted;
  return write(viewer, "createRole", {
    read: ({ viewer }) => {
      const name = readName("input.name", wanted.name);
      const key = readKey("input.key", wanted.key);
      if (parentId !== null) roleNamed(viewer, "input.parent", parentId);
      if (forecastManagerId !== null) personNamed(viewer, "input.forecastManager", forecastManagerId);
      return { name, key };
    },
    change: async ({ tx, viewer }, { name, key }) => {
      requireFreeKey("input.key", key, "Role", viewer.policy.org.roles);

      const id: RoleId = asId(v7({ msecs: viewer.now }));
      const columns = { key, name, parentId, shareDataWithPeers, forecastManagerId };
      await tx.role.create({ data: { orgId: viewer.orgId, id, ...columns } });
      return {
        result: { roleId: id },
        happened: [{ action: "CREATE_ROLE", target: { type: "Role", id }, before: null, after: columns }],
      };
    },
  });
}

/** What of a role is to change; undefined leaves it. */
export type RoleChange = {
  readonly roleId: RoleId;
  readonly name?: string | null | undefined;
  readonly shareDataWithPeers?: boolean | null | undefined;
  /** Null takes the forecast manager away. */
  readonly forecastManagerId?: UserId | null | undefined;
};

/** Changes what a role is called, and whether its peers and its forecast manager see more (SH-21, SH-22). */
export function updateRole(viewer: Viewer, change: RoleChange): Promise<OneRole> {
  return write(viewer, "updateRole", {
    read: ({ viewer }) => {
      const newName = readNewName("input.name", change.name);
      if (change.shareDataWithPeers === null)
        throw new InvalidInput("input.shareDataWithPeers", "Say true or false; leave it out to keep it.");
      const role = roleNamed(viewer, "input.id", change.roleId);
      if (change.forecastManagerId != null)
        personNamed(viewer, "input.forecastManager", change.forecastManagerId);
      return { newName, role };
    },
    change: async ({ tx, viewer: { orgId } }, { newName, role }) => {
      const before = shownOf(role);
      const after = {
        name: newName ?? role.name,
        shareDataWithPeers: change.shareDataWithPeers ?? role.shareDataWithPeers,
        forecastManagerId:
          change.forecastManagerId === undefined ? role.forecastManagerId : change.forecastManagerId,
      };
      await tx.role.update({ where: { orgId_id: { orgId, id: role.id } }, data: after });
      return {
        result: { roleId: role.id },
        happened: [{ action: "UPDATE_ROLE", target: { type: "Role", id: role.id }, before, after }],
      };
    },
  });
}

function shownOf({ name, shareDataWithPeers, forecastManagerId }: Role) {
  return { name, shareDataWithPeers, forecastManagerId };
}

/**
 * Puts a role, with everything below it, under another one, or makes it a root: reach moves along, on the next request
 * (SH-23), and no record is written.
 *
 * @throws {InvalidInput} `CONFLICT` under itself (SH-20), and where somebody's manager would not be above them (SH-25).
 */
export function moveRole(
  viewer: Viewer,
  { roleId, parentId }: OneRole & { readonly parentId: RoleId | null },
): Promise<OneRole> {
  return write(viewer, "moveRole", {
    read: ({ viewer }) => {
      const role = roleNamed(viewer, "input.id", roleId);
      const parent = parentId === null ? null : roleNamed(viewer, "input.parent", parentId);
      return { role, parent };
    },
    change: async ({ tx, viewer }, { role, parent }) => {
      const { orgId, policy } = viewer;
      const { users, roles } = policy.org;
      const moved = roles.map((each) => (each.id === role.id ? { ...each, parentId } : each));
      admitAboveSuper(viewer, { users, roles: moved });
      if (parent !== null) requireOutside(viewer, "input.parent", role, parent);
      requireManagersAbove(viewer, "input.parent", { users, roles: moved });

      await tx.role.update({ where: { orgId_id: { orgId, id: role.id } }, data: { parentId } });
      return {
        result: { roleId: role.id },
        happened: [
          {
            action: "MOVE_ROLE",
            target: { type: "Role", id: role.id },
            before: { parentId: role.parentId },
            after: { parentId },
          },
        ],
      };
    },
  });
}

/** @throws {InvalidInput} `CONFLICT` when the other role is the role itself or below it (SH-20). */
export function requireOutside({ policy }: Viewer, field: string, role: Role, other: Role): void {
  if (other.id !== role.id && !policy.roleTree.descendants(role.id).includes(other.id)) return;
  const sentence =
    other.id === role.id ? `${role.name} cannot be under itself.` : `${other.name} is below ${role.name}.`;
  throw new InvalidInput(field, sentence, { code: "CONFLICT", requirement: "SH-20" });
}
