import { z } from "zod";
import { foldEmail, isEmail } from "../kernel/text.ts";

// What the text of a variable may be. A schema's description says what is expected; undefined is an absent variable.

export const word = z.string().describe("text without commas");

export const text = z.string().nullable().default(null).describe("text");

export const flag = z
  .stringbool({ truthy: ["1", "true"], falsy: ["0", "false"] })
  .describe("1 or 0 (or true, false)");

/** Both ends are included. */
export function wholeNumber(from: number, to: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(from).max(to))
    .describe(`a whole number from ${from} to ${to}`);
}

export function oneOf<const Word extends string>(words: readonly Word[]) {
  return z.enum(words).describe(`one of ${words.join(", ")}`);
}

/** Separated by commas; blanks around an item do not count, an empty item is refused. */
export function listOf<Item>(item: z.ZodType<Item, string>) {
  return z
    .string()
    .transform((items) => items.split(",").map((each) => each.trim()))
    .pipe(z.array(z.string().min(1).pipe(item)))
    .default([])
    .readonly()
    .describe(`${item.description}, several separated by commas`);
}

const url = z.url({ protocol: /^https?$/ });

export const webAddress = url
  .transform((address) => new URL(address))
  .nullable()
  .default(null)
  .describe("an http(s) address");

/** Scheme, host and port, as a browser sends it in `Origin`. */
export const origin = url
  .refine((address) => URL.parse(address)?.origin === address)
  .describe("an origin such as https://app.example.test");

export const database = z
  .union([
    z
      .string()
      .regex(/^file:[^?]+$/)
      .refine((address) => !address.includes(":memory:"))
      .transform((address) => ({ kind: "SQLITE" as const, url: address })),
    z
      .url({ protocol: /^postgres(ql)?$/ })
      .transform((address) => ({ kind: "POSTGRES" as const, url: address })),
  ])
  .describe("file:path/to/file.db without options, or postgres://user:password@host/name");

/** A machine that is this one: what is said to it crosses no network. */
export function isLoopback({ hostname }: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

const SMTP_PORTS: Readonly<Record<string, number>> = { "smtp:": 587, "smtps:": 465 };

/** A mail server. What is not on this machine is spoken to under TLS, unless the address says `?tls=off`. */
export const smtpServer = z
  .url({ protocol: /^smtps?$/ })
  .transform((address) => new URL(address))
  .refine(({ hostname, search }) => hostname !== "" && ["", "?tls=off"].includes(search))
  .refine(({ protocol, search }) => protocol === "smtp:" || search === "")
  .transform((url) => {
    const { protocol, hostname, port, username, password, search } = url;
    const isOpen = search !== "" || isLoopback(url);
    return {
      host: hostname.replace(/^\[|\]$/g, ""),
      port: port === "" ? (SMTP_PORTS[protocol] ?? 587) : Number(port),
      tls: protocol === "smtps:" ? ("AT_ONCE" as const) : isOpen ? ("NONE" as const) : ("UPGRADE" as const),
      login:
        username === ""
          ? null
          : { user: decodeURIComponent(username), password: decodeURIComponent(password) },
    };
  })
  .nullable()
  .default(null)
  .describe("smtp://user:password@host:port, or smtps:// where TLS begins at once");

export const address = z
  .string()
  .refine(isEmail)
  .nullable()
  .default(null)
  .describe("an address such as sightline@example.com");

/** A key of the audit log: a name of its own, and a secret of at least the hash's 256 bits. */
export const auditKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,31}:\S+$/)
  .transform((key) => {
    const at = key.indexOf(":");
    return { id: key.slice(0, at), secret: key.slice(at + 1) };
  })
  .refine(({ secret }) => Buffer.byteLength(secret) >= 32)
  .describe("a name and a secret of at least 32 bytes such as 2026-11:…");

/** A person of the vendor who may be let in, and as what (SA-02). */
export const supportAgent = z
  .string()
  .regex(/^[^\s:@]+@[^\s:@]+:\s*\S.*$/)
  .transform((agent) => {
    const at = agent.indexOf(":");
    return { email: foldEmail(agent.slice(0, at)), position: agent.slice(at + 1).trim() };
  })
  .describe("an address and a position such as agent@vendor.example:Engineer");
