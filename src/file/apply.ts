import type { Database, Tx } from "../database/database.ts";
import { untilWonOrFound } from "../database/lost-race.ts";
import { asId, type OrgId } from "../kernel/id.ts";
import type { Instant } from "../kernel/instant.ts";
import type { Org } from "../policy/model/org.ts";
import { readOrg } from "../store/core/snapshot/snapshot.ts";
import { sweepSharesNow } from "../store/sharing/share-removal.ts";
import { countOwners, deriveDirtyGrants } from "./derived.ts";
import { type LeftOver, leftOverOf, sharesLeftOver, type Unspoken, unspokenOf } from "./left-over.ts";
import { type AppliedBy, BY_SYSTEM, onRecord } from "./on-record.ts";
import { faultsAt, parseOrganizationFile } from "./parse.ts";
import { proveExpectations } from "./prove-import.ts";
import { IN_ORDER } from "./sections/index.ts";
import { importOrganization } from "./sections/organization.ts";
import { type OrganizationFile, STEPS } from "./sections/section.ts";
import { FileConflicts } from "./terms/conflict.ts";
import { type ImportRun, NOUNS, newTallies, type Progress, type Tally } from "./terms/import-run.ts";
import { type OtherSettings, organizationFacts, policyTold, settingsTold } from "./told.ts";

/** Who may be a support agent at all; null does not ask (BU, `test`). */
export type VendorList = Pick<ReadonlySet<string>, "has"> | null;

/** An organisation file as text, and its name for faults. */
export type FileText = { readonly text: string; readonly name: string };

export type ApplyOptions = {
  /** The clock of the load: of what the file gives no instant for. */
  readonly now: Instant;
  /** Whether what the file does not name is removed. */
  readonly prune?: boolean;
  /** Removing people needs to be confirmed. */
  readonly confirmDeletions?: boolean;
  /** Whether the file's expectations go unasked. */
  readonly ignoreExpectations?: boolean;
  readonly progress?: Progress;
  /** Who applies it, for the log; the system unless said otherwise. */
  readonly by?: AppliedBy;
};

/** What an import did, noun by noun; all zeroes when the organisation was like the file already. */
export type Applied = {
  readonly orgId: OrgId;
  /** The policy version in force afterwards. */
  readonly version: number;
  readonly tallies: ImportRun["tallies"];
  readonly isChanged: boolean;
  /** What the organisation had and the file has not: it is there yet, or was removed when the import pruned. */
  readonly leftOver: readonly LeftOver[];
  /** What the organisation has and the file says nothing about: it is there yet, whether the import pruned or not. */
  readonly unspoken: readonly Unspoken[];
};

/** Long imports hold one transaction. */
const TIMEOUT_MS = 60 * 60 * 1000;

/**
 * Reads, checks and applies an organisation file: the organisation becomes equal to it, or nothing changes (BU-01).
 *
 * @throws {InvalidPolicy} with every fault of the file at its place, those included that only the present state of the
 * organisation or the vendor's list shows.
 * @throws {InvalidInput} when removing people is not confirmed.
 */
export async function applyOrganizationFile(
  database: Database,
  source: FileText,
  vendorList: VendorList,
  options: ApplyOptions,
): Promise<Applied> {
  const file = parseOrganizationFile(source.text, source.name, (read, total) =>
    options.progress?.(read, total, "reading"),
  );
  refuseStranger(source, file.supportAccess?.agent ?? null, vendorList);
  return applyOrganization(database, file, options).catch((error: unknown) => {
    if (!(error instanceof FileConflicts)) throw error;
    const found = error.conflicts.map(({ path, ...conflict }) => [path, conflict] as const);
    throw faultsAt(source.text, source.name, found);
  });
}

/**
 * Makes the organisation equal to a checked file, in one transaction, or changes nothing (BU-01).
 *
 * Applying the same file again changes nothing and writes nothing. The policy version rises once, and the log has an
 * event for each thing that was added, changed or removed, and one for the whole. What the file expects is proven first.
 *
 * @throws {InvalidInput} when removing people is not confirmed.
 * @throws {FileConflicts} for what only the organisation's present state shows to be wrong, unmet expectations included.
 */
export function applyOrganization(
  database: Database,
  file: OrganizationFile,
  options: ApplyOptions,
): Promise<Applied> {
  return untilWonOrFound(() =>
    database.write((tx) => apply(database, tx, file, options), { timeoutMs: TIMEOUT_MS }),
  );
}

async function apply(
  database: Database,
  tx: Tx,
  file: OrganizationFile,
  options: ApplyOptions,
): Promise<Applied> {
  const tallies = newTallies();
  const before = await lockedStanding(database, tx, file.organization.key);
  const orgId = await importOrganization(database, tx, file, options.now, tallies);
  const run: ImportRun = {
    tx,
    kind: database.kind,
    orgId,
    now: options.now,
    prune: options.prune ?? false,
    confirmDeletions: options.confirmDeletions ?? false,
    tallies,
    progress: options.progress ?? (() => {}),
    tell: onRecord(database, tx, { orgId, now: options.now, by: options.by ?? BY_SYSTEM }),
    roles: new Map(),
    profiles: new Map(),
    users: new Map(),
    groups: new Map(),
    modules: new Map(),
    records: new Map(),
    knownRecords: new Set(),
    dirtyRecords: new Set(),
    dirtyModules: new Set(),
    staleFields: new Map(),
    leftShares: [],
  };

  await sweepSharesNow(database, tx, orgId, options.now);
  const leftBefore = await leftOverOf(run, file);
  const unspoken = await unspokenOf(run, file);
  for (const step of STEPS) {
    if (step === "prune" && !run.prune) continue;
    for (const { rows } of IN_ORDER) await rows[step]?.(run, file);
  }
  await deriveDirtyGrants(run);
  if (hasChanged(tallies.records)) await countOwners(tx, orgId);
  if (!options.ignoreExpectations) await proveExpectations(database, run, file);

  const isChanged = NOUNS.some((noun) => hasChanged(tallies[noun]));
  const leftOver = [...leftBefore, ...(await sharesLeftOver(run, run.leftShares))];
  return {
    orgId,
    tallies,
    isChanged,
    leftOver,
    unspoken,
    version: await raiseVersion(run, before, isChanged),
  };
}

function refuseStranger({ text, name }: FileText, agent: string | null, vendorList: VendorList): void {
  if (agent === null || vendorList === null || vendorList.has(agent)) return;
  const stranger = {
    message: `${agent} is not on the vendor's list of support agents`,
    expected: "an address that SIGHTLINE_SUPPORT_AGENTS names with a position that may come in",
    requirement: "SA-02",
  };
  throw faultsAt(text, name, [[["supportAccess", "agent"], stranger]]);
}

function hasChanged(tally: Tally): boolean {
  return tally.added + tally.changed + tally.removed > 0;
}

/** What an organisation is like: what its policy is compiled from, and its other settings. */
type Standing = { readonly org: Org; readonly settings: OtherSettings };

/** The organisation as it was, which nobody else changes from now on; null when there was none. */
async function lockedStanding(database: Database, tx: Tx, key: string): Promise<Standing | null> {
  const row = await tx.organization.findUnique({ where: { key }, select: { id: true } });
  if (row === null) return null;
  const orgId = asId<"Organization">(row.id);
  await database.lockVersion(tx, orgId, "UPDATE");
  return standingOf(tx, orgId);
}

async function standingOf(tx: Tx, orgId: OrgId): Promise<Standing | null> {
  const org = await readOrg(tx, orgId);
  return org && { org, settings: await tx.organization.findUniqueOrThrow({ where: { id: orgId } }) };
}

async function raiseVersion(
  { tx, orgId, tallies, tell }: ImportRun,
  before: Standing | null,
  isChanged: boolean,
): Promise<number> {
  if (!isChanged) return (await tx.organization.findUniqueOrThrow({ where: { id: orgId } })).version;
  const { version } = await tx.organization.update({
    where: { id: orgId },
    data: { version: { increment: 1 } },
  });
  const after = await standingOf(tx, orgId);
  if (after === null) throw new Error("an organisation was applied and is not there");
  await tell([
    ...policyTold(before?.org ?? null, after.org),
    ...(before === null ? [] : settingsTold(before.settings, after.settings)),
    {
      action: "APPLY_ORGANIZATION_FILE",
      target: { type: "Organization", id: orgId },
      before: before && organizationFacts(before.org, before.settings),
      after: { ...organizationFacts(after.org, after.settings), version, ...tallies },
    },
  ]);
  return version;
}
