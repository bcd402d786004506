import type { Database } from "../../database/database.ts";
import { compareText, foldEmail } from "../../kernel/text.ts";

/** Somebody who can sign in, as development tools offer them. */
export type Account = {
  readonly org: string;
  /** The name of the organisation. */
  readonly organization: string;
  readonly email: string;
  readonly name: string;
  readonly role: string | null;
};

/** More than these are not offered: a menu is no directory. */
const OFFERED = { organizations: 20, people: 100 } as const;

/** The active people of every organisation, by organisation and name. For development: no viewer asks. */
export async function activeAccounts({ reader }: Database): Promise<readonly Account[]> {
  const organizations = await reader.organization.findMany({
    select: { id: true, key: true, name: true },
    orderBy: { key: "asc" },
    take: OFFERED.organizations,
  });
  const accounts: Account[] = [];
  // One after another, so that a large organisation leaves room in the menu for the next.
  for (const { id, key, name } of organizations) {
    const users = await reader.user.findMany({
      where: { orgId: id, status: "ACTIVE", email: { not: null } },
      include: { role: { select: { name: true } } },
      orderBy: { seq: "asc" },
      take: OFFERED.people,
    });
    accounts.push(
      ...users
        .map((user) => ({
          org: key,
          organization: name,
          email: user.email ?? "",
          name: user.name,
          role: user.role?.name ?? null,
        }))
        .sort((a, b) => compareText(a.name, b.name)),
    );
  }
  return accounts;
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
