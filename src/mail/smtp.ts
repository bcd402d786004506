import { Transform } from "node:stream";
import { createTransport } from "nodemailer";
import type { Delivery, Parcel, Post } from "../store/mail/post.ts";

/** Where mails are handed over, and by whom. */
export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** `AT_ONCE` is TLS from the first byte, `UPGRADE` refuses to say anything before STARTTLS, `NONE` is for one's own network. */
  readonly tls: "AT_ONCE" | "UPGRADE" | "NONE";
  /** Null where nobody signs in. */
  readonly login: { readonly user: string; readonly password: string } | null;
};

/** How long the server may take to be there, to greet, and between two words, in milliseconds. */
const PATIENCE = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  dnsTimeout: 10_000,
};

/**
 * Hands mails to a mail server, one connection each.
 *
 * What the server took is told from what it refused by its answer. Where there is none it comes down to whether the end
 * of the mail was given to the line: before that the server cannot have taken it.
 *
 * @param sender the address that mails come from.
 */
export function smtpPost(server: SmtpServer, sender: string): Post {
  const options = {
    ...PATIENCE,
    host: server.host,
    port: server.port,
    secure: server.tls === "AT_ONCE",
    requireTLS: server.tls === "UPGRADE",
    ignoreTLS: server.tls === "NONE",
    ...(server.login === null ? {} : { auth: { user: server.login.user, pass: server.login.password } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const domain = sender.slice(sender.lastIndexOf("@") + 1);
  return {
    async deliver(parcel, signal) {
      if (SPECIAL.test(parcel.address)) return { kind: "REFUSED", reason: "EADDRESS" };
      let isHandedOver = false;
      const transport = createTransport(options);
      transport.use("stream", ({ message }, done) => {
        message.transform(
          () =>
            new Transform({
              transform: (chunk, _, next) => next(null, chunk),
              flush: (next) => {
                isHandedOver = true;
                next();
              },
            }),
        );
        done();
      });
      try {
        await transport.sendMail({ ...mailOf(parcel, sender, domain), signal });
        return { kind: "TAKEN" };
      } catch (error) {
        return whyNot(error, isHandedOver);
      }
    },
  };
}

/** What makes two addresses of one, or a name of a part: whatever has it is no address that mail is sent to. */
const SPECIAL = /[\s,;:<>()[\]"\\]/;

function mailOf({ id, address, subject, text, html }: Parcel, sender: string, domain: string) {
  return {
    from: { name: "", address: sender },
    to: { name: "", address },
    envelope: { from: sender, to: [address] },
    messageId: `<${id}@${domain}>`,
    subject,
    text,
    html,
    // So that no absence note answers it (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/** What nodemailer says of a failure. */
type Failure = { readonly code?: string; readonly command?: string; readonly responseCode?: number };

function whyNot(error: unknown, isHandedOver: boolean): Delivery {
  const { code = "ERROR", command = "", responseCode } = error as Failure;
  const reason = responseCode === undefined ? code : `${code} ${responseCode} to ${command}`;
  if (responseCode === undefined && isHandedOver) return { kind: "DOUBTFUL", reason };
  if (isAboutMail(code, command)) {
    const isForGood = responseCode === undefined || responseCode >= 500;
    return { kind: isForGood ? "REFUSED" : "FAILED", reason };
  }
  return { kind: "UNREACHABLE", reason };
}

/** Whether a refusal is about this mail or its receiver; the line, the login and the sender are the same for all. */
function isAboutMail(code: string, command: string): boolean {
  return code === "EMESSAGE" || (code === "EENVELOPE" && command !== "MAIL FROM");
}
