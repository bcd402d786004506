import { LRUCache } from "lru-cache";
import type { Database, Tx } from "../../database/database.ts";
import { asId, type OrgId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { type Reaches, reachesOf } from "../../policy/ask/ability.ts";
import type { Org, User } from "../../policy/model/org.ts";
import { countIn, type SeqMask } from "../../policy/model/owners.ts";
import { compile, type Policy } from "../../policy/model/policy.ts";
import { readOrg } from "./snapshot/snapshot.ts";

/**
 * Compiled policies, and the reaches compiled from them, of this instance.
 *
 * Which version is in force is asked of the database on every call, so that a change made through any instance is
 * obeyed by the next request of all (SH-11, EN-05). Versions and reaches are kept in memory, bounded in bytes.
 */
export type Policies = {
  /** The policy in force, or null when there is no such organisation. One statement when it is known already. */
  readonly get: (orgKey: string) => Promise<Policy | null>;
  /**
   * The policy at a version that the transaction has locked and not changed: what nobody else can change either, so
   * that it may be kept for all.
   */
  readonly within: (tx: Tx, orgId: OrgId, version: number) => Promise<Policy | null>;
  /** The newest policy that this instance has read so far, or null; no statement. */
  readonly newest: (orgId: OrgId) => Policy | null;
  /** The viewer's reaches at the instant: kept ones while they are valid, otherwise compiled. */
  readonly reaches: (policy: Policy, viewer: User, now: Instant) => Reaches;
};

/** @param onRead is awaited when a version of an organisation was read anew. */
export function openPolicies(
  database: Database,
  bytes: { readonly policies: number; readonly reaches: number },
  onRead: (org: Org) => Promise<void> = async () => {},
): Policies {
  // One version of each organisation; whoever is still at work under an older one holds it themselves.
  const compiled = new LRUCache<OrgId, Policy>({
    maxSize: bytes.policies,
    sizeCalculation: ({ org }) => sizeOfOrg(org),
  });
  const reaches = new LRUCache<string, Reaches>({ maxSize: bytes.reaches, sizeCalculation: sizeOfReaches });
  const reading = new Map<string, Promise<Policy | null>>();

  /** Reads the version in force there, and of it what has moved since the one that is known (EN-23). */
  async function compileWithin(tx: Tx, orgId: OrgId): Promise<Policy | null> {
    const before = compiled.get(orgId) ?? null;
    const org = await readOrg(tx, orgId, before);
    if (org === null) return null;
    const policy = compile(org, before);
    compiled.set(orgId, policy);
    for (const key of reaches.keys()) if (key.startsWith(orgId)) reaches.delete(key);
    return policy;
  }

  /** Concurrent requests share one reading per organisation and version. */
  function read(orgId: OrgId, version: number): Promise<Policy | null> {
    const key = `${orgId}@${version}`;
    const running = reading.get(key);
    if (running) return running;
    const started = database
      .snapshot((tx) => compileWithin(tx, orgId))
      .then(async (policy) => {
        if (policy !== null) await onRead(policy.org);
        return policy;
      })
      .finally(() => reading.delete(key));
    reading.set(key, started);
    return started;
  }

  /** The policy that is kept, if it is of that very version: not even a newer one, which a restored database undoes. */
  function kept(orgId: OrgId, version: number): Policy | null {
    const policy = compiled.get(orgId);
    return policy?.org.version === version ? policy : null;
  }

  return {
    async get(orgKey) {
      const head = await database.reader.organization.findUnique({
        where: { key: orgKey },
        select: { id: true, version: true },
      });
      if (!head) return null;
      const orgId = asId<"Organization">(head.id);
      return kept(orgId, head.version) ?? (await read(orgId, head.version));
    },
    async within(tx, orgId, version) {
      return kept(orgId, version) ?? (await compileWithin(tx, orgId));
    },
    newest: (orgId) => compiled.peek(orgId) ?? null,
    reaches(policy, viewer, now) {
      const key = `${policy.org.id}@${policy.org.version} ${viewer.id}`;
      const known = reaches.get(key);
      if (known && known.from <= now && now < known.validUntil) return known;
      const fresh = reachesOf(policy, viewer, now);
      reaches.set(key, fresh);
      return fresh;
    },
  };
}

/** A generous estimate: rows at a few hundred bytes, and masks that the policy derives and keeps per role and rule. */
function sizeOfOrg(org: Org): number {
  const rows =
    org.users.length +
    org.roles.length +
    org.groups.length +
    org.rules.length +
    org.modules.length +
    org.applications.length;
  const masks = 2 * (org.roles.length + org.rules.length + org.groups.length);
  return 1 + rows * 600 + masks * (org.users.length >> 3);
}

/** Actions and modules share owners: each set of them is counted once, with the ways that a list may ask for. */
function sizeOfReaches({ reaches }: Reaches): number {
  const masks = new Set<SeqMask>();
  let bytes = 200;
  for (const { reach } of reaches) {
    bytes += 100;
    if (reach.kind !== "SOME") continue;
    bytes += 100 * reach.keys.size;
    masks.add(reach.ownerMask);
  }
  for (const mask of masks) bytes += 200 + mask.length + 16 * countIn(mask);
  return bytes;
}
