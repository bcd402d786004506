import type { Database } from "../database/database.ts";
import { type Instant, isLive } from "../kernel/instant.ts";
import type { Org } from "../policy/model/org.ts";
import { compile } from "../policy/model/policy.ts";
import { readOrg } from "../store/core/snapshot/snapshot.ts";
import { coreStore, storeWithin } from "../store/core/store.ts";
import { deriveModules } from "./derived.ts";
import { checkExpectations, type Failure, type Outcome } from "./expect.ts";
import type { OrganizationFile } from "./sections/section.ts";
import { type Conflict, FileConflicts } from "./terms/conflict.ts";
import type { ImportRun } from "./terms/import-run.ts";

/** So many failures of one expectation are told. */
const TOLD = 5;

/**
 * Asks of the organisation, as it stands in the import's transaction, everything that the file expects (BU-01): what the
 * file does not name and nobody pruned is asked about as well.
 *
 * The answers are those of the file's instant. Matches of rules that have expired since are not kept: they are made for
 * the asking.
 *
 * @throws {FileConflicts} with every expectation that is not met.
 */
export async function proveExpectations(
  database: Database,
  run: ImportRun,
  file: OrganizationFile,
): Promise<void> {
  if (file.expect === null) return;
  const { tx, orgId, now } = run;
  const at = file.expect.at ?? now;
  const org = await readOrg(tx, orgId);
  if (org === null)
    throw new Error(`the organisation ${file.organization.key} is not there after its import`);
  const asked = new Set(file.expect.access.map(({ module }) => module));
  const expired = org.rules.filter(
    (rule) => rule.criteria !== null && isLive(rule.expiresAt, at) && !isLive(rule.expiresAt, now),
  );
  const modules = org.modules.filter(
    ({ id, key }) => asked.has(key) && expired.some(({ moduleId }) => moduleId === id),
  );
  const ids = new Set(modules.map(({ id }) => id));

  await deriveModules(run, ids, at);
  const store = storeWithin(coreStore(database, { now: () => at }, []), tx);
  const policy = compile(supportedFrom(org, run, file, at), null);
  const outcomes = await checkExpectations(store, policy, file.expect, at);
  const conflicts = conflictsIn(file.expect.access.length, outcomes);
  if (conflicts.length > 0) throw new FileConflicts(conflicts);
  await deriveModules(run, ids, now);
}

/** Support whose beginning the file leaves open has begun by the file's instant, as in a test of the file. */
function supportedFrom(
  org: Org,
  { users }: ImportRun,
  { supportAccess }: OrganizationFile,
  at: Instant,
): Org {
  if (supportAccess === null || supportAccess.grantedAt !== null) return org;
  const agentId = users.get(supportAccess.agent)?.id;
  const supportGrants = org.supportGrants.map((grant) =>
    grant.agentId === agentId && grant.revokedAt === null
      ? { ...grant, grantedAt: Math.min(grant.grantedAt, at) }
      : grant,
  );
  return { ...org, supportGrants };
}

/** Outcomes come in the order of the file: what is expected of records, then of capabilities. */
function conflictsIn(accessRows: number, outcomes: readonly Outcome[]): readonly Conflict[] {
  return outcomes.flatMap(({ failures }, at) => {
    if (failures.length === 0) return [];
    const place = at < accessRows ? (["access", at] as const) : (["capabilities", at - accessRows] as const);
    const more = failures.length > TOLD ? `; and ${failures.length - TOLD} more` : "";
    return [
      {
        path: ["expect", ...place],
        message: `${failures.slice(0, TOLD).map(told).join("; ")}${more}`,
        expected: "an organisation that is as the file expects, or --no-expect",
        code: "CONFLICT" as const,
      },
    ];
  });
}

function told({ title, why }: Failure): string {
  return why.length === 0 ? title : `${title} (${why[0]})`;
}
