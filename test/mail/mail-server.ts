import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail that arrived, as its receiver reads it. */
export type Arrived = {
  /** To whom the server was told to deliver. */
  readonly recipients: readonly string[];
  readonly sender: string;
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Every line above the text. */
  readonly headers: readonly string[];
  readonly isSecure: boolean;
  readonly user: string | null;
};

/** What the server says of a mail once it has all of it: nothing to take it, a number to refuse, `HANG_UP` to break the line after taking it. */
export type Verdict = number | "HANG_UP" | undefined;

/** A real mail server of one's own. */
export type MailServer = {
  readonly port: number;
  readonly url: string;
  /** In the order of their arrival, those too whose taking was not answered. */
  readonly arrived: readonly Arrived[];
  readonly close: () => Promise<void>;
};

export type MailServerOptions = {
  /** How it greets a receiver: a number refuses. */
  readonly onRecipient?: (address: string) => number | undefined;
  readonly onMail?: (mail: Arrived) => Verdict | Promise<Verdict>;
  readonly smtp?: SMTPServerOptions;
  readonly port?: number;
};

export async function startMailServer({
  onRecipient = () => undefined,
  onMail = () => undefined,
  smtp = {},
  port = 0,
}: MailServerOptions = {}): Promise<MailServer> {
  const arrived: Arrived[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    closeTimeout: 1_000,
    ...smtp,
    onRcptTo({ address }, _, done) {
      done(refusal(onRecipient(address)));
    },
    async onData(stream, session, done) {
      // Who dies on the way has sent no mail.
      const source = await buffer(stream).catch(() => null);
      if (source === null) return;
      const mail = await simpleParser(source);
      const { mailFrom, rcptTo } = session.envelope;
      const one: Arrived = {
        recipients: rcptTo.map(({ address }) => address),
        sender: mailFrom === false ? "" : mailFrom.address,
        messageId: mail.messageId ?? "",
        subject: mail.subject ?? "",
        text: mail.text ?? "",
        html: mail.html || "",
        headers: mail.headerLines.map(({ line }) => line),
        isSecure: session.secure,
        user: session.user === undefined ? null : String(session.user),
      };
      const verdict = await onMail(one);
      if (typeof verdict !== "number") arrived.push(one);
      if (verdict === "HANG_UP") for (const connection of server.connections) connection.close();
      else done(refusal(verdict));
    },
  });
  // A line that breaks is what some tests want.
  server.on("error", () => {});
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  const { port: listening } = server.server.address() as AddressInfo;
  return {
    port: listening,
    url: `${smtp.secure === true ? "smtps" : "smtp"}://localhost:${listening}`,
    arrived,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

function refusal(code: number | undefined): Error | null {
  return code === undefined ? null : Object.assign(new Error("No."), { responseCode: code });
}
