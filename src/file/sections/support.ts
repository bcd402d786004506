import type { z } from "zod";
import { dayIn } from "../../kernel/calendar.ts";
import { type Instant, LAST_INSTANT, NEVER } from "../../kernel/instant.ts";
import { CAPABILITIES } from "../../policy/capability.ts";
import { supportEnd } from "../../policy/rights/support-window.ts";
import { agentUser } from "../../store/support/agent.ts";
import { grantedAsEvent, revokedAsEvent } from "../../store/support/content.ts";
import { isTooLong } from "../../store/support/window.ts";
import { type Faults, shown } from "../reading/faults.ts";
import type { DocumentPath } from "../reading/node.ts";
import { FileConflicts } from "../terms/conflict.ts";
import { isWritten, readValue } from "../terms/entries.ts";
import type { ExportRun } from "../terms/export-run.ts";
import { type ImportRun, isSameRow, newId } from "../terms/import-run.ts";
import { entry, printedInstant, unless, unlessEmpty } from "../terms/lines.ts";
import { capability, closed, day, email, inOrder, instant, orNull, text, unique } from "../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "./section.ts";

/** What every opening of the door says, present or past. */
export const accessShape = {
  agent: email.describe("The agent's address, which is nobody's in `users` and stands on the vendor's list."),
  expiresOn: day.describe("The last day, by the organisation's time zone."),
  reason: orNull(text).describe("Why the door was opened."),
  extraDenials: unique(capability)
    .default([])
    .transform((listed) => inOrder(CAPABILITIES, listed))
    .describe("What the agent may not do beside what no agent may."),
};

const shape = closed({
  ...accessShape,
  grantedAt: orNull(instant).describe("From when on; from when the file was applied on unless said."),
});

export type FileSupportAccess = Readonly<z.output<typeof shape>>;

export const supportAccess: Section<"supportAccess"> = {
  shapes: {
    supportAccess: shape.optional().describe("The vendor's support agent, and until when the door is open."),
  },
  read: (reading) =>
    isWritten(reading, "supportAccess")
      ? readValue(reading, ["supportAccess"], shape, reading.source.read("supportAccess"))
      : null,
  check,
  complete: (draft) => draft.supportAccess,
  *print({ supportAccess }) {
    if (supportAccess === null) return;
    const { agent, grantedAt, expiresOn, reason, extraDenials } = supportAccess;
    yield entry(0, "supportAccess", {
      agent,
      grantedAt: printedInstant(grantedAt),
      expiresOn,
      reason: unless(null, reason),
      extraDenials: unlessEmpty(extraDenials),
    });
  },
  rows: { people: importAgent, namingPeople: importSupportAccess },
  export: exported,
};

/** The agent is nobody of the organisation, and the window is one that could have been opened (SA-02). */
function check(draft: Draft, faults: Faults): void {
  const { supportAccess, organization } = draft;
  if (supportAccess === null) return;
  const path = ["supportAccess"];
  checkAgent(draft, faults, path, supportAccess.agent);
  checkWindow(draft, faults, path, supportAccess);
  const longest = organization?.longestSupportDays ?? null;
  const { grantedAt, expiresOn } = supportAccess;
  if (organization === null || longest === null || grantedAt === null) return;
  if (isTooLong(dayIn(organization.timeZone, grantedAt), expiresOn, longest))
    faults.add([...path, "expiresOn"], tooLong(expiresOn, longest));
}

/** The agent is somebody outside. */
export function checkAgent(draft: Draft, faults: Faults, path: DocumentPath, agent: string): void {
  if (!draft.users.keys.has(agent)) return;
  faults.add([...path, "agent"], {
    message: `${shown(agent)} is a user of the organisation`,
    expected: "the address of somebody outside",
    code: "CONFLICT",
    requirement: "SA-02",
  });
}

/** The window ends no day before it begins, and at an instant that can be said. */
export function checkWindow(
  { organization }: Draft,
  faults: Faults,
  path: DocumentPath,
  { grantedAt, expiresOn }: { readonly grantedAt: Instant | null; readonly expiresOn: string },
): void {
  if (organization === null) return;
  if (supportEnd(organization.timeZone, expiresOn, grantedAt ?? NEVER) > LAST_INSTANT) {
    faults.add([...path, grantedAt === null ? "expiresOn" : "grantedAt"], {
      message: `access until ${expiresOn} ends after the year 9999`,
      expected: "an end that can be said",
      requirement: "SA-02",
    });
    return;
  }
  if (grantedAt === null) return;
  const first = dayIn(organization.timeZone, grantedAt);
  if (expiresOn >= first) return;
  faults.add([...path, "expiresOn"], {
    message: `${expiresOn} is before ${first}, the day of grantedAt in ${organization.timeZone}`,
    expected: `${first} or later`,
    requirement: "SA-02",
  });
}

function tooLong(expiresOn: string, longestDays: number) {
  return {
    message: `access until ${expiresOn} is longer than organization.longestSupportDays allows`,
    expected: `at most ${longestDays} days, the first and the last included`,
    requirement: "SA-02",
  };
}

/** The agent as a hidden user (SA-06), known to the import by its address before records name it as owner (SA-08). */
async function importAgent(run: ImportRun, { supportAccess: wanted }: OrganizationFile): Promise<void> {
  if (wanted !== null) await knowAgent(run, wanted.agent);
}

export async function knowAgent({ tx, orgId, now, users }: ImportRun, agent: string): Promise<void> {
  users.set(agent, { ...(await agentUser(tx, orgId, agent, now)), roleId: null });
}

/**
 * The organisation's live support grant (SA-05: one at a time). A grant that says what the file says is left alone;
 * another one is closed at the instant of the import.
 */
async function importSupportAccess(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, now, tallies } = run;
  const wanted = file.supportAccess;
  const open = await tx.supportGrant.findMany({
    where: { orgId, revokedAt: null, expiresAt: { gt: new Date(now) } },
  });
  const agentId = wanted === null ? null : (run.users.get(wanted.agent)?.id ?? null);
  const same = open.find(
    (grant) =>
      wanted !== null &&
      isSameRow({ agentId, expiresOn: wanted.expiresOn, extraDenials: wanted.extraDenials }, grant) &&
      (wanted.grantedAt === null || wanted.grantedAt === grant.grantedAt.getTime()),
  );
  for (const grant of open) {
    if (grant === same || (wanted === null && !run.prune)) continue;
    await tx.supportGrant.update({
      where: { orgId_id: { orgId, id: grant.id } },
      data: { revokedAt: new Date(now) },
    });
    await run.tell([revokedAsEvent(grant.id, now)]);
    tallies.supportAccess.removed += 1;
  }
  if (same !== undefined && wanted !== null && same.reason !== wanted.reason) {
    const where = { orgId_id: { orgId, id: same.id } };
    await tx.supportGrant.update({ where, data: { reason: wanted.reason } });
    await run.tell([
      {
        action: "UPDATE_SUPPORT_ACCESS",
        target: { type: "SupportAccess", id: same.id },
        before: { reason: same.reason },
        after: { reason: wanted.reason },
      },
    ]);
    tallies.supportAccess.changed += 1;
  }
  if (wanted === null || agentId === null || same) return;
  if (wanted.grantedAt === null) refuseUnfit(file, wanted.expiresOn, now);
  const grantedAt = wanted.grantedAt ?? now;
  const expiresAt = supportEnd(file.organization.timeZone, wanted.expiresOn, grantedAt);
  // One that was open a moment ago, and says something else, is replaced.
  const isReplaced = open.some(
    (grant) => grant.agentId === agentId && grant.grantedAt.getTime() === grantedAt,
  );
  if (!isReplaced && (await isKnownGrant(run, agentId, grantedAt, expiresAt))) return;
  const granted = {
    id: newId<"SupportGrant">(now),
    agentId,
    grantedAt: new Date(grantedAt),
    expiresOn: wanted.expiresOn,
    expiresAt: new Date(expiresAt),
    reason: wanted.reason,
    extraDenials: [...wanted.extraDenials],
  };
  await tx.supportGrant.create({ data: { orgId, ...granted } });
  await run.tell([grantedAsEvent(granted)]);
  tallies.supportAccess.added += 1;
}

/**
 * A window that begins with the import is one that could be opened now: its last day is not over, so that a file that was
 * left lying opens nothing.
 *
 * @throws {FileConflicts}
 */
function refuseUnfit({ organization }: OrganizationFile, expiresOn: string, now: Instant): void {
  const { timeZone, longestSupportDays: longest } = organization;
  const today = dayIn(timeZone, now);
  const over = { message: `${expiresOn} is over`, expected: `${today} or later, or grantedAt` };
  const long = longest !== null && isTooLong(today, expiresOn, longest) ? tooLong(expiresOn, longest) : null;
  const fault = expiresOn < today ? over : long;
  if (fault === null) return;
  throw new FileConflicts([
    {
      path: ["supportAccess", "expiresOn"],
      message: fault.message,
      expected: fault.expected,
      code: "CONFLICT",
    },
  ]);
}

/** A grant of the file that is over already is written once, not at every import. */
async function isKnownGrant(
  { tx, orgId }: ImportRun,
  agentId: string,
  grantedAt: Instant,
  expiresAt: Instant,
) {
  const where = { orgId, agentId, grantedAt: new Date(grantedAt), expiresAt: new Date(expiresAt) };
  return (await tx.supportGrant.findFirst({ where })) !== null;
}

/** The grant that began last, unless it was revoked. */
async function exported(run: ExportRun): Promise<FileSupportAccess | null> {
  const { latest } = await grantsIn(run);
  if (latest === null || latest.revokedAt !== null) return null;
  const { agent, grantedAt, expiresOn, reason, extraDenials } = latest;
  return { agent, grantedAt, expiresOn, reason, extraDenials };
}

/**
 * The grants of the organisation as a file has them: the one that began last, and those before it in their order. One
 * whose denials cannot be read is no grant.
 */
export async function grantsIn({ tx, org, names }: ExportRun) {
  const rows = await tx.supportGrant.findMany({ where: { orgId: org.id }, orderBy: { id: "asc" } });
  const grants = rows.flatMap(({ agentId, grantedAt, expiresOn, revokedAt, reason, extraDenials }) =>
    Array.isArray(extraDenials)
      ? [
          {
            agent: names.user(agentId),
            grantedAt: grantedAt.getTime(),
            expiresOn,
            revokedAt: revokedAt?.getTime() ?? null,
            reason,
            extraDenials: inOrder(CAPABILITIES, extraDenials),
          },
        ]
      : [],
  );
  // Of two that began together, one was put in the place of the other.
  const endOf = ({ revokedAt }: { readonly revokedAt: Instant | null }) => revokedAt ?? LAST_INSTANT;
  grants.sort((a, b) => a.grantedAt - b.grantedAt || endOf(a) - endOf(b));
  return { latest: grants.at(-1) ?? null, before: grants.slice(0, -1) };
}
