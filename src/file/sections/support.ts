import type { z } from "zod";
import { dayIn } from "../../kernel/calendar.ts";
import type { Id } from "../../kernel/id.ts";
import { type Instant, LAST_INSTANT, NEVER } from "../../kernel/instant.ts";
import { CAPABILITIES } from "../../policy/capability.ts";
import { supportEnd } from "../../policy/rights/support-window.ts";
import { type Faults, shown } from "../reading/faults.ts";
import { isWritten, readValue } from "../terms/entries.ts";
import type { ExportRun } from "../terms/export-run.ts";
import { type ImportRun, isSameRow, newId, nextUserSeq } from "../terms/import-run.ts";
import { entry, printedInstant, unlessEmpty } from "../terms/lines.ts";
import { capability, closed, day, email, inOrder, instant, orNull, unique } from "../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "./section.ts";

const shape = closed({
  agent: email.describe("The agent's address, which is nobody's in `users` and stands on the vendor's list."),
  grantedAt: orNull(instant).describe("From when on; from when the file was applied on unless said."),
  expiresOn: day.describe("The last day, by the organisation's time zone."),
  extraDenials: unique(capability)
    .default([])
    .transform((listed) => inOrder(CAPABILITIES, listed))
    .describe("What the agent may not do beside what no agent may."),
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
    const { agent, grantedAt, expiresOn, extraDenials } = supportAccess;
    yield entry(0, "supportAccess", {
      agent,
      grantedAt: printedInstant(grantedAt),
      expiresOn,
      extraDenials: unlessEmpty(extraDenials),
    });
  },
  rows: { people: importAgent, namingPeople: importSupportAccess },
  export: exported,
};

/** The agent is nobody of the organisation, and the grant does not end before the day on which it begins (SA-02). */
function check(draft: Draft, faults: Faults): void {
  const { supportAccess, organization } = draft;
  if (supportAccess === null) return;
  if (draft.users.keys.has(supportAccess.agent)) {
    faults.add(["supportAccess", "agent"], {
      message: `${shown(supportAccess.agent)} is a user of the organisation`,
      expected: "the address of somebody outside",
      code: "CONFLICT",
      requirement: "SA-02",
    });
  }
  if (organization === null) return;
  const { grantedAt, expiresOn } = supportAccess;
  if (supportEnd(organization.timeZone, expiresOn, grantedAt ?? NEVER) > LAST_INSTANT) {
    faults.add(["supportAccess", grantedAt === null ? "expiresOn" : "grantedAt"], {
      message: `access until ${expiresOn} ends after the year 9999`,
      expected: "an end that can be said",
      requirement: "SA-02",
    });
    return;
  }
  if (grantedAt === null) return;
  const first = dayIn(organization.timeZone, grantedAt);
  if (expiresOn >= first) return;
  faults.add(["supportAccess", "expiresOn"], {
    message: `${expiresOn} is before ${first}, the day of grantedAt in ${organization.timeZone}`,
    expected: `${first} or later`,
    requirement: "SA-02",
  });
}

/** The agent as a hidden user (SA-06), known to the import by its address before records name it as owner (SA-08). */
async function importAgent(run: ImportRun, { supportAccess: wanted }: OrganizationFile): Promise<void> {
  if (wanted === null) return;
  const { tx, orgId, now } = run;
  const known = await tx.user.findFirst({ where: { orgId, email: wanted.agent, license: "SUPPORT" } });
  if (known) {
    run.users.set(wanted.agent, { id: known.id as Id<"User">, seq: known.seq, roleId: null });
    return;
  }
  const seq = await nextUserSeq(run);
  const id = newId<"User">(now);
  await tx.user.create({
    data: {
      orgId,
      id,
      seq,
      email: wanted.agent,
      name: "Support",
      status: "ACTIVE",
      license: "SUPPORT",
      createdAt: new Date(now),
    },
  });
  await tx.organization.update({ where: { id: orgId }, data: { nextUserSeq: seq + 1 } });
  run.users.set(wanted.agent, { id, seq, roleId: null });
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
    tallies.supportAccess.removed += 1;
  }
  if (wanted === null || agentId === null || same) return;
  const grantedAt = wanted.grantedAt ?? now;
  const expiresAt = supportEnd(file.organization.timeZone, wanted.expiresOn, grantedAt);
  // One that was open a moment ago, and says something else, is replaced.
  const isReplaced = open.some(
    (grant) => grant.agentId === agentId && grant.grantedAt.getTime() === grantedAt,
  );
  if (!isReplaced && (await isKnownGrant(run, agentId, grantedAt, expiresAt))) return;
  await tx.supportGrant.create({
    data: {
      orgId,
      id: newId<"SupportGrant">(now),
      agentId,
      grantedAt: new Date(grantedAt),
      expiresOn: wanted.expiresOn,
      expiresAt: new Date(expiresAt),
      extraDenials: [...wanted.extraDenials],
    },
  });
  tallies.supportAccess.added += 1;
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

/** The grant that began last and was not revoked. */
async function exported({ tx, org }: ExportRun): Promise<FileSupportAccess | null> {
  const grant = await tx.supportGrant.findFirst({
    where: { orgId: org.id, revokedAt: null },
    orderBy: [{ grantedAt: "desc" }, { id: "desc" }],
    include: { agent: true },
  });
  if (!grant || grant.agent.email === null) return null;
  const denied = Array.isArray(grant.extraDenials) ? grant.extraDenials : [];
  return {
    agent: grant.agent.email,
    grantedAt: grant.grantedAt.getTime(),
    expiresOn: grant.expiresOn,
    extraDenials: inOrder(CAPABILITIES, denied),
  };
}
