import { InvalidInput } from "../../kernel/fault.ts";
import type { RoleId, RuleId } from "../../kernel/id.ts";
import type { Role, User } from "../../policy/model/org.ts";
import type { Happening } from "../core/audit-event.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import { roleNamed } from "../directory/named.ts";
import { type AdmittedMove, admitAboveSuper, admitMove, writePlaces } from "../profiles/place.ts";
import { releaseParty, rulesToRemove } from "../sharing/naming-party.ts";
import { deleteParty } from "../sharing/share-removal.ts";
import { requireManagersAbove } from "./reporting.ts";
import { requireOutside } from "./role.ts";

export type RoleDeletion = {
  readonly roleId: RoleId;
  /** Who takes over the users and the roles directly below; null when there is nobody to take over. */
  readonly heirId: RoleId | null;
  /** Whether the rules that name the role go with it. */
  readonly force: boolean;
};

export type DeletedRole = { readonly roleId: RoleId; readonly removedRules: readonly RuleId[] };

/**
 * Deletes a role (SH-39). Users, tombstones among them for the sake of their records, and child roles move to the heir;
 * rules that name it refuse, or go; group memberships that name it go, and record shares that do are void
 * with it, and swept later.
 *
 * @throws {InvalidInput} `CONFLICT` without an heir where one is needed, with one below the role (SH-20), with rules
 * that name the role, and where somebody's manager would not be above them (SH-25); `RULE_APPLYING`.
 */
export function deleteRole(viewer: Viewer, { roleId, heirId, force }: RoleDeletion): Promise<DeletedRole> {
  return write(viewer, "deleteRole", {
    read: ({ viewer }) => {
      if (heirId === roleId)
        throw new InvalidInput("input.transferTo", "A role that is deleted takes over nothing.", {
          requirement: "SH-39",
        });
      const role = roleNamed(viewer, "input.id", roleId);
      const heir = heirId === null ? null : roleNamed(viewer, "input.transferTo", heirId);
      return { role, heir };
    },
    change: async (writing, { role, heir }) => {
      const { viewer } = writing;
      const { id, ...before } = role;
      const named = { kind: "ROLE", id, name: role.name } as const;
      const inheritance = inheritanceOf(viewer, role);
      const move = heir === null ? null : admittedTo(viewer, role, heir, inheritance);
      const rules = await rulesToRemove(writing, named, force);
      requireHeir(viewer, role, heir, inheritance);

      const happened = [...(await releaseParty(writing, named, rules))];
      if (heir !== null && move !== null)
        happened.push(...(await inherit(writing, role, heir, inheritance, move)));
      const sweeps = await deleteParty(writing, { kind: "ROLE", roleId: id });
      happened.push({ action: "DELETE_ROLE", target: { type: "Role", id }, before, after: null });
      return {
        result: { roleId: id, removedRules: rules.map((rule) => rule.id) },
        happened,
        wakes: [
          ...sweeps,
          ...(inheritance.users.length > 0 ? (["MOVE_OWNED_RECORDS"] as const) : []),
          ...(rules.length > 0 ? (["SWEEP_DEAD_MATCHES"] as const) : []),
        ],
      };
    },
  });
}

/** What stands under a role and needs another one when it goes. */
type Inheritance = { readonly users: readonly User[]; readonly children: readonly Role[] };

function inheritanceOf({ policy: { org, usersOfRole } }: Viewer, role: Role): Inheritance {
  return {
    users: usersOfRole.get(role.id) ?? [],
    children: org.roles.filter((each) => each.parentId === role.id),
  };
}

/** Whether whoever deletes the role may move whom it has. @throws {Forbidden} */
function admittedTo(viewer: Viewer, role: Role, heir: Role, { users }: Inheritance): AdmittedMove {
  const move = admitMove(viewer, users, { roleId: heir.id });
  admitAboveSuper(viewer, organizationAfter(viewer, role, heir));
  return move;
}

/** Whether the heir can take over what there is. @throws {InvalidInput} `CONFLICT`. */
function requireHeir(viewer: Viewer, role: Role, heir: Role | null, { users, children }: Inheritance): void {
  if (heir === null) {
    if (users.length + children.length === 0) return;
    throw new InvalidInput(
      "input.transferTo",
      `${role.name} has ${users.length} users, deleted ones included, and ${children.length} child roles: name the role that takes over.`,
      { code: "CONFLICT", requirement: "SH-39" },
    );
  }
  requireOutside(viewer, "input.transferTo", role, heir);
  requireManagersAbove(viewer, "input.transferTo", organizationAfter(viewer, role, heir));
}

function organizationAfter({ policy: { org } }: Viewer, role: Role, heir: Role) {
  return {
    users: org.users.map((user) => (user.roleId === role.id ? { ...user, roleId: heir.id } : user)),
    roles: org.roles
      .filter((each) => each.id !== role.id)
      .map((each) => (each.parentId === role.id ? { ...each, parentId: heir.id } : each)),
  };
}

async function inherit(
  writing: Writing,
  role: Role,
  heir: Role,
  { users, children }: Inheritance,
  move: AdmittedMove,
): Promise<readonly Happening[]> {
  const { tx, viewer } = writing;
  const { orgId } = viewer;
  await writePlaces(writing, move);
  await tx.role.updateMany({ where: { orgId, parentId: role.id }, data: { parentId: heir.id } });
  return [
    ...users.map(
      ({ id }): Happening => ({
        action: "UPDATE_USER",
        target: { type: "User", id },
        before: { roleId: role.id },
        after: { roleId: heir.id },
      }),
    ),
    ...children.map(
      ({ id }): Happening => ({
        action: "MOVE_ROLE",
        target: { type: "Role", id },
        before: { parentId: role.id },
        after: { parentId: heir.id },
      }),
    ),
  ];
}
