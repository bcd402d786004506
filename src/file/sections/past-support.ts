import { z } from "zod";
import { endOf, supportEnd } from "../../policy/rights/support-window.ts";
import { grantedAsEvent, revokedAsEvent } from "../../store/support/content.ts";
import type { Faults } from "../reading/faults.ts";
import { type Conflict, FileConflicts } from "../terms/conflict.ts";
import { isWritten, readList } from "../terms/entries.ts";
import type { ExportRun } from "../terms/export-run.ts";
import { type ImportRun, idOfKey, newId } from "../terms/import-run.ts";
import { list, printedInstant, unless, unlessEmpty } from "../terms/lines.ts";
import { closed, instant, orNull } from "../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "./section.ts";
import { accessShape, checkAgent, checkWindow, grantsIn, knowAgent } from "./support.ts";

const shape = closed({
  ...accessShape,
  grantedAt: instant.describe("When it was opened."),
  revokedAt: orNull(instant).describe("When somebody closed it; unless said it ended by itself."),
});

export type FilePastAccess = Readonly<z.output<typeof shape>>;

/** Openings of the door that are over: history, which an import adds to and never changes or removes (SA-14). */
export const pastSupportAccess: Section<"pastSupportAccess"> = {
  shapes: {
    pastSupportAccess: z
      .array(shape)
      .optional()
      .describe(
        "When the door was open before: history, which applying adds to and never changes or removes.",
      ),
  },
  read: (reading) =>
    isWritten(reading, "pastSupportAccess")
      ? readList(reading, ["pastSupportAccess"], shape, reading.source.read("pastSupportAccess"))
      : [],
  check,
  complete: (draft) => draft.pastSupportAccess.map(({ entry }) => entry),
  print: ({ pastSupportAccess }) =>
    pastSupportAccess.length === 0
      ? []
      : list(
          0,
          "pastSupportAccess",
          pastSupportAccess.map(({ agent, grantedAt, expiresOn, revokedAt, reason, extraDenials }) => ({
            agent,
            grantedAt: printedInstant(grantedAt),
            expiresOn,
            revokedAt: printedInstant(revokedAt),
            reason: unless(null, reason),
            extraDenials: unlessEmpty(extraDenials),
          })),
        ),
  rows: { people: importAgents, namingPeople: importPast },
  export: exported,
};

function check(draft: Draft, faults: Faults): void {
  const known = new Set<string>();
  for (const { index, entry } of draft.pastSupportAccess) {
    const path = ["pastSupportAccess", index];
    checkAgent(draft, faults, path, entry.agent);
    checkWindow(draft, faults, path, entry);
    if (entry.revokedAt !== null && entry.revokedAt < entry.grantedAt)
      faults.add([...path, "revokedAt"], {
        message: "it was revoked before it was granted",
        expected: "grantedAt or later",
      });
    const twin = placeOf(entry.agent, entry);
    if (known.has(twin))
      faults.add(path, { message: "another entry says the same access", expected: "each once" });
    known.add(twin);
  }
}

type Beginning = Pick<FilePastAccess, "grantedAt" | "revokedAt">;

/** What makes out one access. One that was put in the place of another began when that did. */
function placeOf(agent: string, { grantedAt, revokedAt }: Beginning): string {
  return `${agent} ${grantedAt} ${revokedAt}`;
}

async function importAgents(run: ImportRun, { pastSupportAccess }: OrganizationFile): Promise<void> {
  for (const agent of new Set(pastSupportAccess.map((each) => each.agent))) await knowAgent(run, agent);
}

/**
 * Adds what is not known yet.
 *
 * @throws {FileConflicts} for what is not over: the door is opened by `supportAccess` alone (SA-05).
 */
async function importPast(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, now, users, tallies } = run;
  if (file.pastSupportAccess.length === 0) return;
  const rows = await tx.supportGrant.findMany({ where: { orgId } });
  const known = new Set(
    rows.map(({ agentId, grantedAt, revokedAt }) =>
      placeOf(agentId, { grantedAt: grantedAt.getTime(), revokedAt: revokedAt?.getTime() ?? null }),
    ),
  );
  const conflicts: Conflict[] = [];
  for (const [index, past] of file.pastSupportAccess.entries()) {
    const { agent, grantedAt, expiresOn, revokedAt, reason, extraDenials } = past;
    const agentId = idOfKey(users, agent).id;
    if (known.has(placeOf(agentId, past))) continue;
    const expiresAt = supportEnd(file.organization.timeZone, expiresOn, grantedAt);
    const window = { grantedAt, expiresAt, revokedAt };
    if (now < endOf(window)) {
      conflicts.push({
        path: ["pastSupportAccess", index],
        message: "this access is not over",
        expected: "an end that is past; what is open is supportAccess",
        code: "CONFLICT",
      });
      continue;
    }
    const granted = {
      id: newId<"SupportAccess">(grantedAt),
      agentId,
      grantedAt: new Date(grantedAt),
      expiresOn,
      expiresAt: new Date(expiresAt),
      reason,
      extraDenials: [...extraDenials],
    };
    const ended = revokedAt === null ? null : new Date(revokedAt);
    await tx.supportGrant.create({ data: { orgId, revokedAt: ended, ...granted } });
    await run.tell([
      grantedAsEvent(granted),
      ...(revokedAt === null ? [] : [revokedAsEvent(granted.id, revokedAt)]),
    ]);
    tallies.supportAccess.added += 1;
  }
  if (conflicts.length > 0) throw new FileConflicts(conflicts);
}

/** All but the one that `supportAccess` says. */
async function exported(run: ExportRun): Promise<readonly FilePastAccess[]> {
  const { latest, before } = await grantsIn(run);
  return latest === null || latest.revokedAt === null ? before : [...before, latest];
}
