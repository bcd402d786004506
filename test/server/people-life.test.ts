import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { start } from "../../src/main.ts";
import { createLog } from "../../src/server/watch/log.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { DATABASES, newTestDatabase, openTestStore } from "../database.ts";
import type { Answer } from "../graphql/gateway.ts";
import { ACME } from "../graphql/world.ts";
import { type Arrived, startMailServer } from "../mail/mail-server.ts";

const PAGE = "https://app.acme.test/welcome";
const [PAM, NEW] = ["pam@acme.test", "pamela@acme.test"];

const RESEND = "mutation ($id: ID!) { resendInvitation(input: { id: $id }) { user { status } } }";
const ACCEPT =
  "mutation ($token: String!) { acceptInvitation(input: { token: $token }) { user { id status } token } }";
const CHANGE =
  "mutation ($id: ID!, $email: String!) { changeUserEmail(input: { id: $id, email: $email }) { isConfirmationSent user { email } } }";
const CONFIRM =
  "mutation ($token: String!) { confirmUserEmail(input: { token: $token }) { user { email } } }";
const WHO = "{ viewer { user { name email } } }";

test.each(DATABASES)(
  "UA-20 UA-21 UA-63 the life of a person over HTTP, with mail that a mail server receives, on %s",
  async (kind) => {
    const { url, remove } = await newTestDatabase(kind);
    const database = await openTestStore(url);
    const loaded = { now: Date.now() - 60_000 };
    await applyOrganizationFile(database, { text: ACME, name: "acme" }, null, loaded);
    await database.close();
    const mails = await startMailServer();
    const settings = readSettings(
      {
        PORT: "0",
        SIGHTLINE_DEV: "1",
        SIGHTLINE_LOG_LEVEL: "silent",
        DATABASE_URL: url,
        SIGHTLINE_SMTP_URL: mails.url,
        SIGHTLINE_MAIL_SENDER: "sightline@acme.test",
        SIGHTLINE_MAIL_PAGE: PAGE,
      },
      "SERVE",
    );
    const server = await start(settings, createLog(settings));

    const tokenOf = async (user: string) =>
      (await fetch(`${server.url}/dev/token?${new URLSearchParams({ org: "acme", user })}`)).text();
    async function ask(token: string | null, query: string, variables: object = {}): Promise<Answer> {
      const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
      const answer = await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...authorization },
        body: JSON.stringify({ query, variables }),
      });
      return (await answer.json()) as Answer;
    }
    const as = async (user: string, query: string, variables: object = {}) =>
      ask(await tokenOf(user), query, variables);
    const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions["code"] ?? null;
    let read = 0;
    /** The next mail, and the token that its link carries. */
    async function nextMail(): Promise<Arrived & { readonly token: string }> {
      while (mails.arrived.length <= read) await sleep(20);
      const mail = mails.arrived[read] as Arrived;
      read += 1;
      return { ...mail, token: new RegExp(`${PAGE}#token=([\\w-]{43})`).exec(mail.text)?.[1] ?? "" };
    }

    try {
      const { data } = await as("pia@acme.test", "{ users(filter: PENDING) { edges { node { id name } } } }");
      const id: string = data?.["users"].edges[0].node.id;

      // Invited, and again: the first mail is void from then on.
      await as("pia@acme.test", RESEND, { id });
      const first = await nextMail();
      expect(first).toMatchObject({ recipients: [PAM], subject: "Pia invites you to Acme" });
      await as("pia@acme.test", RESEND, { id });
      const second = await nextMail();
      expect(codeOf(await ask(null, ACCEPT, { token: first.token }))).toBe("NOT_FOUND");

      // Accepted, once.
      const accepted = await ask(null, ACCEPT, { token: second.token });
      const token: string = accepted.data?.["acceptInvitation"].token;
      expect(accepted.data?.["acceptInvitation"].user).toEqual({ id, status: "ACTIVE" });
      expect(codeOf(await ask(null, ACCEPT, { token: second.token }))).toBe("NOT_FOUND");
      expect((await ask(token, WHO)).data?.["viewer"]).toEqual({ user: { name: "Pam", email: PAM } });
      expect(codeOf(await as("pia@acme.test", RESEND, { id }))).toBe("ACTION_NOT_AVAILABLE");

      // Another address, which the new mailbox confirms and the old one hears of.
      const byAddress = await tokenOf(PAM);
      const change = await ask(token, CHANGE, { id, email: NEW });
      expect(change.data?.["changeUserEmail"]).toEqual({ isConfirmationSent: true, user: { email: PAM } });
      const question = await nextMail();
      expect(question.recipients).toEqual([NEW]);
      expect(codeOf(await as("ray@acme.test", CONFIRM, { token: question.token }))).toBe("NOT_FOUND");
      const confirmed = await ask(token, CONFIRM, { token: question.token });
      expect(confirmed.data?.["confirmUserEmail"]).toEqual({ user: { email: NEW } });
      expect(await nextMail()).toMatchObject({
        recipients: [PAM],
        subject: "Your address in Acme was changed",
        token: "",
      });

      // The token of the person's id goes on; that of the old address does not, nor is there one for it.
      expect((await ask(token, WHO)).data?.["viewer"]).toEqual({ user: { name: "Pam", email: NEW } });
      expect(codeOf(await ask(byAddress, WHO))).toBe("UNAUTHENTICATED");
      expect(codeOf(await as(PAM, WHO))).toBe("UNAUTHENTICATED");
      expect((await as(NEW, WHO)).data?.["viewer"].user.name).toBe("Pam");

      // What has gone is in the outbox without its token.
      const outbox = await as("root@acme.test", "{ outbox { to status token isDoubtful } }");
      expect(new Set(outbox.data?.["outbox"].map((mail: object) => JSON.stringify(mail)))).toEqual(
        new Set(
          [PAM, NEW].map((to) => JSON.stringify({ to, status: "SENT", token: null, isDoubtful: false })),
        ),
      );
      expect(mails.arrived).toHaveLength(4);
    } finally {
      await server.stop();
      await mails.close();
      await remove();
    }
  },
);
