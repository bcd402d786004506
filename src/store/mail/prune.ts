import { few, oneOf } from "../../database/parts.ts";
import type { Job, Run } from "../core/jobs/job.ts";

/** How long it can be seen what became of a mail, and that a token has expired, in milliseconds: thirty days. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/** Forgets mails that ended long ago, and tokens that expired long ago. */
export const pruneMail: Job = {
  name: "PRUNE_MAIL",
  lane: "DATABASE",
  run: pruneAll,
  everyMs: 60 * 60 * 1_000,
};

async function pruneAll(run: Run): Promise<void> {
  const { database, clock } = run;
  const old = { lt: new Date(clock.now() - KEPT_MS) };
  const { mailMessage, mailedToken } = database.reader;
  while (!run.isOver() && (await mailMessage.findFirst({ where: { endedAt: old }, select: { id: true } })))
    await run.pace.write(database, async (tx, size) => {
      const where = { endedAt: old };
      const rows = await tx.mailMessage.findMany({ where, select: { id: true }, take: size });
      await tx.mailMessage.deleteMany({ where: { ...where, id: oneOf(few(rows.map(({ id }) => id))) } });
    });
  while (
    !run.isOver() &&
    (await mailedToken.findFirst({ where: { expiresAt: old }, select: { hash: true } }))
  )
    await run.pace.write(database, async (tx, size) => {
      const where = { expiresAt: old };
      const rows = await tx.mailedToken.findMany({ where, select: { hash: true }, take: size });
      await tx.mailedToken.deleteMany({
        where: { ...where, hash: oneOf(few(rows.map(({ hash }) => hash))) },
      });
    });
}
