import { z } from "zod";
import { foldEmail } from "../kernel/text.ts";

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
