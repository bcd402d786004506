import type { Database } from "../../../src/database/database.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { type SmtpServer, smtpPost } from "../../../src/mail/smtp.ts";
import { type Jobs, openJobs } from "../../../src/store/core/jobs/jobs.ts";
import { raiseVersion } from "../../../src/store/core/policy-version.ts";
import { type Viewer, viewerOf } from "../../../src/store/core/viewer.ts";
import type { Mailing } from "../../../src/store/mail/post.ts";
import { pruneMail } from "../../../src/store/mail/prune.ts";
import { sendMail } from "../../../src/store/mail/send.ts";
import { invite, withdrawInvitations } from "../../../src/store/people/invitation/invite.ts";
import { storeOver } from "../../../src/store/store.ts";

export const NOW = Date.parse("2026-12-01T12:00:00Z");
export const SENDER = "sightline@acme.test";
export const PAGE = new URL("https://app.acme.test/accept");

/** Ada, who invites, and as many people who have not come yet. */
const fileOf = (people: number, language: string) => `sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 999, team: 0 }, superAdmin: ada@acme.test, language: ${language} }
roles: { ceo: { name: CEO } }
users:
  ada@acme.test: { name: Ada, role: ceo, profile: administrator }
${Array.from({ length: people }, (_, at) => `  ${addressOf(at)}: { name: Person ${at}, role: ceo, status: PENDING }\n`).join("")}`;

export function addressOf(at: number): string {
  return `p${String(at).padStart(3, "0")}@acme.test`;
}

type Row = Awaited<ReturnType<Database["reader"]["mailMessage"]["findFirstOrThrow"]>>;

/** People who are invited, and the mail that is written for them. */
export type MailWorld = {
  readonly database: Database;
  readonly clock: { at: number };
  /** Writes an invitation for everybody who is pending, or for one address. */
  readonly invite: (address?: string) => Promise<void>;
  readonly withdraw: () => Promise<void>;
  /** The background work of one instance that sends by this server; null sends nothing. */
  readonly instance: (server: SmtpServer | null, database?: Database) => Jobs;
  /** The mails that are in the table, by address. */
  readonly rows: () => Promise<readonly Row[]>;
  readonly openTokens: () => Promise<number>;
};

export async function openMailWorld(database: Database, people = 1, language = "EN"): Promise<MailWorld> {
  await applyOrganizationFile(database, { text: fileOf(people, language), name: "acme.yaml" }, null, {
    now: NOW,
  });
  const clock = { at: NOW };
  const now = { now: () => clock.at };
  const store = storeOver(database, now);

  async function ada(): Promise<Viewer> {
    const policy = await store.policies.get("acme");
    const user = policy?.usersByEmail.get("ada@acme.test");
    if (!policy || !user) throw new Error("Ada is not there");
    return viewerOf(store, policy, user, clock.at);
  }

  const pendingTo = (viewer: Viewer, address?: string) =>
    viewer.policy.org.users.flatMap(({ id, name, email, status }) =>
      status === "PENDING" && email !== null && (address ?? email) === email ? [{ id, name, email }] : [],
    );

  return {
    database,
    clock,
    async invite(address) {
      const viewer = await ada();
      await database.write(async (tx) => {
        await database.lockVersion(tx, viewer.orgId, "UPDATE");
        await invite({ tx, viewer }, pendingTo(viewer, address));
        await raiseVersion(tx, viewer.orgId);
      });
    },
    async withdraw() {
      const viewer = await ada();
      await database.write((tx) => withdrawInvitations({ tx, viewer }, pendingTo(viewer)));
    },
    instance(server, over = database) {
      const post = server === null ? null : smtpPost(server, SENDER);
      const mailing: Mailing = { post, page: PAGE };
      return openJobs([sendMail(mailing), pruneMail], { database: over, clock: now });
    },
    rows: () => database.reader.mailMessage.findMany({ orderBy: [{ address: "asc" }, { id: "asc" }] }),
    openTokens: () => database.reader.mailedToken.count(),
  };
}

/** A server of this machine, spoken to without TLS. */
export function local(port: number): SmtpServer {
  return { host: "localhost", port, tls: "NONE", login: null };
}
