import type { Tx } from "../database/database.ts";
import { few, oneOf } from "../database/parts.ts";
import { compareText } from "../kernel/text.ts";
import type { OrganizationFile } from "./sections/section.ts";
import type { ImportRun, Noun } from "./terms/import-run.ts";

/** What the organisation has and the file has not, of one noun: some by name, and how many there are. */
export type LeftOver = { readonly noun: Noun; readonly names: readonly string[]; readonly count: number };

/** So many of a noun are named. */
const NAMED = 20;

/** Keys at once, where there are as many as records. */
const BATCH = 1_000;

type Here = Pick<ImportRun, "tx" | "orgId" | "now">;

/**
 * What the organisation has and the file has not, noun by noun (BU-01): it stays, unless the import prunes. Asked before
 * the import begins.
 *
 * Of records and shares only where the file speaks of them: what it says nothing about is counted by `unspokenOf`.
 */
export async function leftOverOf(here: Here, file: OrganizationFile): Promise<readonly LeftOver[]> {
  const { tx, orgId, now } = here;
  const where = { orgId };
  const keyed = { where, select: { key: true } } as const;
  const modules = await tx.module.findMany({
    where: { orgId, isRemoved: false },
    select: { id: true, key: true },
  });
  const keyOf = new Map(modules.map(({ id, key }) => [id, key]));
  const users = await tx.user.findMany({
    where: { orgId, status: { not: "DELETED" }, license: { not: "SUPPORT" } },
    select: { email: true },
  });
  const fields = await tx.field.findMany({ where, select: { key: true, moduleId: true } });
  // At most one is live (SA-05).
  const live = await tx.supportGrant.findMany({
    where: { orgId, revokedAt: null, expiresAt: { gt: new Date(now) } },
    select: { agentId: true },
  });
  const agents = await tx.user.findMany({
    where: { orgId, id: oneOf(few(new Set(live.map(({ agentId }) => agentId)))) },
    select: { email: true },
  });
  const formerly = new Set([...file.users.values()].map((user) => user.formerly));
  const found: readonly (LeftOver | null)[] = [
    named("roles", keysOf(await tx.role.findMany(keyed)), (key) => file.roles.has(key)),
    named(
      "profiles",
      keysOf(await tx.profile.findMany({ where: { orgId, kind: "CUSTOM" }, select: { key: true } })),
      (key) => file.profiles.has(key),
    ),
    named(
      "users",
      users.flatMap(({ email }) => email ?? []),
      (email) => file.users.has(email) || formerly.has(email),
    ),
    named("applications", keysOf(await tx.application.findMany(keyed)), (key) => file.applications.has(key)),
    named("groups", keysOf(await tx.group.findMany(keyed)), (key) => file.groups.has(key)),
    named("modules", [...keyOf.values()], (key) => file.modules.has(key)),
    named(
      "fields",
      fields.flatMap(({ moduleId, key }) => {
        const module = file.modules.get(keyOf.get(moduleId) ?? "");
        return module === undefined || module.fields.has(key) ? [] : `${keyOf.get(moduleId)}.${key}`;
      }),
      () => false,
    ),
    named("sharingRules", keysOf(await tx.sharingRule.findMany(keyed)), (key) => file.sharingRules.has(key)),
    await recordsLeftOver(here, file, modules),
    file.supportAccess === null
      ? named(
          "supportAccess",
          agents.flatMap(({ email }) => email ?? []),
          () => false,
        )
      : null,
  ];
  return found.filter((each) => each !== null);
}

/** How many of a noun there are that the file says nothing about, since it has not the section: they stay, pruned or not. */
export type Unspoken = { readonly noun: Noun; readonly count: number };

/** What the file says nothing about, and the organisation has. */
export async function unspokenOf({ tx, orgId }: Here, file: OrganizationFile): Promise<readonly Unspoken[]> {
  const where = { orgId };
  const counts: readonly Unspoken[] = [
    { noun: "records", count: file.records === null ? await tx.record.count({ where }) : 0 },
    { noun: "shares", count: file.shares === null ? await tx.recordShare.count({ where }) : 0 },
  ];
  return counts.filter(({ count }) => count > 0);
}

/** `roles: ceo, rep … and 3 more` */
export function describeLeftOver({ noun, names, count }: LeftOver): string {
  const more = count > names.length ? ` … and ${count - names.length} more` : "";
  return `${noun}: ${names.join(", ")}${more}`;
}

function keysOf(rows: readonly { readonly key: string }[]): readonly string[] {
  return rows.map(({ key }) => key);
}

function named(noun: Noun, keys: readonly string[], isInFile: (key: string) => boolean): LeftOver | null {
  const left = keys.filter((key) => !isInFile(key)).sort(compareText);
  return left.length === 0 ? null : { noun, names: left.slice(0, NAMED), count: left.length };
}

async function recordsLeftOver(
  { tx, orgId }: Here,
  file: OrganizationFile,
  modules: readonly { readonly id: string; readonly key: string }[],
): Promise<LeftOver | null> {
  const names: string[] = [];
  let count = 0;
  for (const { id: moduleId, key: module } of modules) {
    const records = file.records?.get(module);
    if (records === undefined) continue;
    for await (const key of recordKeys(tx, orgId, moduleId)) {
      if (records.has(key)) continue;
      count += 1;
      if (names.length < NAMED) names.push(`${module}/${key}`);
    }
  }
  return count === 0 ? null : { noun: "records", names, count };
}

/** Shares that the file has not, where it has any: named by their records. */
export async function sharesLeftOver(
  { tx, orgId }: Here,
  recordIds: readonly string[],
): Promise<readonly LeftOver[]> {
  if (recordIds.length === 0) return [];
  const rows = await tx.record.findMany({
    where: { orgId, id: oneOf(few(new Set(recordIds.slice(0, NAMED)))) },
    select: { key: true, moduleId: true },
  });
  const modules = await tx.module.findMany({
    where: { orgId, id: oneOf(few(new Set(rows.map(({ moduleId }) => moduleId)))) },
    select: { id: true, key: true },
  });
  const keyOf = new Map(modules.map(({ id, key }) => [id, key]));
  const names = rows.map(({ key, moduleId }) => `${keyOf.get(moduleId)}/${key}`).sort(compareText);
  return [{ noun: "shares", names, count: recordIds.length }];
}

async function* recordKeys(tx: Tx, orgId: string, moduleId: string): AsyncGenerator<string> {
  for (let after: string | null = null; ; ) {
    const rows: readonly { readonly key: string }[] = await tx.record.findMany({
      where: { orgId, moduleId, ...(after === null ? {} : { key: { gt: after } }) },
      orderBy: { key: "asc" },
      select: { key: true },
      take: BATCH,
    });
    for (const { key } of rows) yield key;
    after = rows.at(-1)?.key ?? null;
    if (rows.length < BATCH) return;
  }
}
