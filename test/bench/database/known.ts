import type { Db } from "../../../src/database/database.ts";
import { asId, type ModuleId, type OrgId, type RoleId, type UserId } from "../../../src/kernel/id.ts";
import type { DataSet } from "../data-set/data-set.ts";
import { ORGANIZATION } from "../data-set/file.ts";
import type { Party } from "../data-set/party.ts";
import { MODULES, moduleKey } from "../data-set/values.ts";

/** The ids that the database gave to what the data set knows by place. */
export type Known = {
  readonly orgId: OrgId;
  readonly moduleIds: readonly ModuleId[];
  readonly userIds: readonly UserId[];
  readonly roleIds: readonly RoleId[];
  readonly groupIds: readonly string[];
  readonly ruleIds: readonly string[];
};

export async function knownIn(reader: Db, { staff, rules }: DataSet): Promise<Known> {
  const { id: orgId } = await reader.organization.findUniqueOrThrow({ where: { key: ORGANIZATION } });
  const where = { orgId };
  const select = { id: true, key: true } as const;
  const users = await reader.user.findMany({ where, select: { id: true, email: true, seq: true } });
  const byEmail = new Map(users.map((user) => [user.email, user]));
  return {
    orgId: asId(orgId),
    moduleIds: idsOf(await reader.module.findMany({ where, select }), MODULES.map(moduleKey)).map(
      asId<"Module">,
    ),
    userIds: staff.users.map(({ email }, at) => {
      const user = byEmail.get(email);
      if (user?.seq !== at) throw new Error(`the user ${email} is not number ${at}`);
      return asId<"User">(user.id);
    }),
    roleIds: idsOf(
      await reader.role.findMany({ where, select }),
      staff.roles.map(({ key }) => key),
    ).map(asId<"Role">),
    groupIds: idsOf(
      await reader.group.findMany({ where, select }),
      staff.groups.map(({ key }) => key),
    ),
    ruleIds: idsOf(
      await reader.sharingRule.findMany({ where, select }),
      rules.map(({ key }) => key),
    ),
  };
}

/** Columns of a share's recipient. */
export function recipientOf(
  { userIds, roleIds, groupIds }: Known,
  { kind, at }: Party,
): { readonly userId: string | null; readonly roleId: string | null; readonly groupId: string | null } {
  return {
    userId: kind === "USER" ? (userIds[at] ?? null) : null,
    roleId: kind === "ROLE" || kind === "ROLE_AND_SUBORDINATES" ? (roleIds[at] ?? null) : null,
    groupId: kind === "GROUP" ? (groupIds[at] ?? null) : null,
  };
}

function idsOf(
  rows: readonly { readonly id: string; readonly key: string }[],
  keys: readonly string[],
): readonly string[] {
  const byKey = new Map(rows.map(({ key, id }) => [key, id]));
  return keys.map((key) => {
    const id = byKey.get(key);
    if (id === undefined) throw new Error(`${key} was not loaded`);
    return id;
  });
}
