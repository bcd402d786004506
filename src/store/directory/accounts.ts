import type { Database } from "../../database/database.ts";
import { compareText, foldEmail } from "../../kernel/text.ts";

/** Somebody who can sign in, as development tools offer them. */
export type Account = {
  readonly org: string;
  readonly email: string;
  readonly name: string;
  readonly role: string | null;
};

/** More than these are not offered: a menu is no directory. */
const OFFERED = 200;

/** The active people of every organisation, by organisation and name. For development: no viewer asks. */
export async function activeAccounts(database: Database): Promise<readonly Account[]> {
  const users = await database.reader.user.findMany({
    where: { status: "ACTIVE", email: { not: null } },
    include: { organization: { select: { key: true } }, role: { select: { name: true } } },
    orderBy: [{ orgId: "asc" }, { seq: "asc" }],
    take: OFFERED,
  });
  return users
    .map(({ email, name, organization, role }) => ({
      org: organization.key,
      email: email ?? "",
      name,
      role: role?.name ?? null,
    }))
    .sort((a, b) => compareText(a.org, b.org) || compareText(a.name, b.name));
}

/** Whether somebody active has the address or the id. For development: no viewer asks. */
export async function lookUpAccount(
  { reader }: Database,
  orgKey: string,
  user: string,
): Promise<"THERE" | "NO_ORGANIZATION" | "NO_PERSON"> {
  const organization = await reader.organization.findUnique({ where: { key: orgKey }, select: { id: true } });
  if (organization === null) return "NO_ORGANIZATION";
  const who = user.includes("@") ? { email: foldEmail(user) } : { id: user };
  const found = await reader.user.findFirst({
    where: { orgId: organization.id, status: "ACTIVE", ...who },
    select: { id: true },
  });
  return found === null ? "NO_PERSON" : "THERE";
}
