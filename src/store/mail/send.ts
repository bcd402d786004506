import { randomUUID } from "node:crypto";
import { pauseAfter } from "../../database/again.ts";
import type { Database, Tx } from "../../database/database.ts";
import { few, oneOf } from "../../database/parts.ts";
import { asId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { appendAuditEvent } from "../core/append-audit.ts";
import type { Job, Run } from "../core/jobs/job.ts";
import type { MailFacts } from "./letter.ts";
import { DELIVERY_MS, type Delivery, linkTo, type Mailing, type Parcel, type Post } from "./post.ts";
import { render } from "./text/render.ts";

type Row = Awaited<ReturnType<Tx["mailMessage"]["findFirstOrThrow"]>>;

/** So many mails are under way at once. */
const AT_ONCE = 5;

/** How long a mail that is under way may take when the instance is told to end, in milliseconds. */
const STOP_MS = 3_000;

/** How often it is looked whether it is, in milliseconds. */
const LOOK_MS = 200;

const TOO_LATE = "Nobody carried it in time.";

/** Whoever has taken a mail and not said in this time what came of it, in milliseconds, is gone. */
export const LEASE_MS = 2 * DELIVERY_MS;

/** After a failure a mail is tried again, until it is of no use any more. */
const PAUSES = { firstMs: 60_000, lastMs: 60 * 60_000 };

/**
 * Sends the mail that changes have written (UA-20). Several instances share it out: each takes a few at a time, in a
 * transaction of its own, and says in another what came of them.
 *
 * A mail that the server took is never sent again. Where that cannot be known, since the process died or the line broke
 * between the last byte and the answer, the mail is sent once more under the same `Message-ID`, and its row says that it
 * may have arrived twice. Nothing is lost: what nobody took in time is given up, with an event in the log.
 */
export function sendMail(mailing: Mailing): Job {
  return {
    name: "SEND_MAIL",
    lane: "MAIL_SERVER",
    run: (run) => sendAll(run, mailing),
    everyMs: null,
  };
}

async function sendAll(run: Run, mailing: Mailing): Promise<void> {
  const { post } = mailing;
  while (!run.isOver()) {
    const { taken, expired } = await takeSome(run, post !== null);
    for (const row of expired)
      await run.pace.write(run.database, (tx) => giveUp(run.database, tx, row, run.clock.now(), TOO_LATE));
    if (taken.length + expired.length === 0) return;
    if (post === null) continue;
    const outcomes = await Promise.all(taken.map((row) => sendOne(run, { ...mailing, post }, row)));
    const unreachable = outcomes.find(({ kind }) => kind === "UNREACHABLE");
    // The others would fare no better: they wait for the next run, which comes after a pause.
    if (unreachable?.kind === "UNREACHABLE") throw new Error(`mail is not sent: ${unreachable.reason}`);
  }
}

type Some = { readonly taken: readonly Row[]; readonly expired: readonly Row[] };

/** Takes some of what is due, under a claim that runs out, unless it has expired; without a post nothing is taken. */
async function takeSome({ database, clock, pace }: Run, hasPost: boolean): Promise<Some> {
  const due = () => {
    const now = new Date(clock.now());
    const open = { status: oneOf(few(["WAITING", "SENDING"] as const)) };
    return { ...open, dueAt: { lte: now }, ...(hasPost ? {} : { expiresAt: { lte: now } }) };
  };
  // Mostly there is nothing, and nobody is kept from writing for that.
  if ((await database.reader.mailMessage.findFirst({ where: due(), select: { id: true } })) === null)
    return NOTHING;
  return pace.write(database, async (tx) => {
    const now = clock.now();
    const rows = await tx.mailMessage.findMany({
      where: due(),
      orderBy: [{ dueAt: "asc" }, { id: "asc" }],
      take: AT_ONCE,
    });
    const [expired = [], live = []] = [true, false].map((isOver) =>
      rows.filter((row) => row.expiresAt.getTime() <= now === isOver),
    );
    const taken: Row[] = [];
    for (const row of live) taken.push(...(await claimed(tx, row, now)));
    return { taken, expired };
  });
}

const NOTHING: Some = { taken: [], expired: [] };

/** The row under a claim of one's own, unless somebody else was faster. */
async function claimed(tx: Tx, row: Row, now: Instant): Promise<readonly Row[]> {
  const taken = {
    status: "SENDING",
    claim: randomUUID(),
    dueAt: new Date(now + LEASE_MS),
    attempts: row.attempts + 1,
    // Whoever had taken it has not said what came of it.
    isDoubtful: row.isDoubtful || row.status === "SENDING",
  } as const;
  const { count } = await tx.mailMessage.updateMany({ where: asItWas(row), data: taken });
  return count === 1 ? [{ ...row, ...taken }] : [];
}

/** The row as long as nobody else has touched it. */
function asItWas({ orgId, id, status, claim, attempts }: Row) {
  return { orgId, id, status, claim, attempts };
}

async function sendOne(run: Run, mailing: Mailing & { readonly post: Post }, row: Row): Promise<Delivery> {
  const delivery = await delivered(mailing.post, parcelOf(mailing, row), run.isOver);
  await run.pace.write(run.database, (tx) => record(run, tx, row, delivery));
  return delivery;
}

/** One attempt, which ends in its time, and soon after the instance is told to end. */
async function delivered(post: Post, parcel: Parcel, isOver: () => boolean): Promise<Delivery> {
  const enough = new AbortController();
  const look = setInterval(() => {
    if (!isOver()) return;
    clearInterval(look);
    setTimeout(() => enough.abort(), STOP_MS).unref();
  }, LOOK_MS);
  try {
    return await post.deliver(parcel, AbortSignal.any([AbortSignal.timeout(DELIVERY_MS), enough.signal]));
  } finally {
    clearInterval(look);
  }
}

function parcelOf(mailing: Mailing, row: Row): Parcel {
  const text = render({
    kind: row.kind,
    language: row.language,
    facts: row.facts as MailFacts,
    link: linkTo(mailing, row.secret),
    token: row.secret,
  });
  return { id: row.id, address: row.address, ...text };
}

/** Says what came of an attempt, if the mail is still this sender's. */
async function record({ database, clock }: Run, tx: Tx, row: Row, delivery: Delivery): Promise<void> {
  const now = clock.now();
  switch (delivery.kind) {
    case "TAKEN":
      // The token is in the mail now, and nowhere else.
      await tx.mailMessage.updateMany({
        where: asItWas(row),
        data: { status: "SENT", secret: null, claim: null, endedAt: new Date(now) },
      });
      return;
    case "REFUSED":
      return giveUp(database, tx, row, now, delivery.reason);
    case "FAILED":
    case "DOUBTFUL":
    case "UNREACHABLE":
      await tx.mailMessage.updateMany({
        where: asItWas(row),
        data: {
          status: "WAITING",
          claim: null,
          dueAt: new Date(now + pauseAfter(row.attempts, PAUSES)),
          failure: delivery.reason,
          isDoubtful: row.isDoubtful || delivery.kind === "DOUBTFUL",
        },
      });
  }
}

/** Gives a mail up, and says so in the log of the organisation. */
async function giveUp(database: Database, tx: Tx, row: Row, now: Instant, reason: string): Promise<void> {
  const { count } = await tx.mailMessage.updateMany({
    where: asItWas(row),
    data: { status: "GIVEN_UP", secret: null, claim: null, failure: reason, endedAt: new Date(now) },
  });
  if (count === 0) return;
  await appendAuditEvent(database, tx, {
    orgId: asId(row.orgId),
    at: now,
    actorId: null,
    action: "GIVE_UP_MAIL",
    target: { type: "User", id: row.userId },
    before: null,
    after: { kind: row.kind, address: row.address, attempts: row.attempts, reason },
  });
}
