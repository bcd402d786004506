import { z } from "zod";
import { isCalendarDate, parseInstant } from "../kernel/calendar.ts";
import { foldEmail, isEmail, isStorable } from "../kernel/text.ts";
import { CAPABILITIES } from "../policy/capability.ts";
import { KEY, KEY_EXPECTED } from "../policy/model/naming.ts";
import { PERMISSIONS } from "../policy/model/org.ts";
import type { FileParty } from "./organization-file.ts";

/**
 * The words that entries of the file are made of. A schema's own `error` says what is expected; the reading of faults
 * (`issues.ts`) adds what was found.
 */

/** A key that the format knows but this version does not enforce yet is a fault, never ignored. */
export const NOT_ENFORCED = "known to the format, but not enforced by this version yet";

export const key = z.string().regex(KEY, { error: KEY_EXPECTED });

export const text = z
  .string()
  .min(1, { error: "text that is not empty" })
  .refine(isStorable, { error: "text without U+0000 and lone surrogates" });

export const EMAIL_EXPECTED = "an email address";
export const email = z
  .string()
  .meta({ format: "email" })
  .refine(isEmail, { error: EMAIL_EXPECTED })
  .transform(foldEmail);

export const instant = z
  .string()
  .meta({ format: "date-time" })
  .transform((written, context) => {
    const parsed = parseInstant(written);
    if (parsed !== null) return parsed;
    context.issues.push({
      code: "custom",
      input: written,
      message: "an instant with an offset, such as 2027-01-01T00:00:00Z",
    });
    return z.NEVER;
  });

export const day = z
  .string()
  .meta({ format: "date" })
  .refine(isCalendarDate, { error: "a day that exists, as YYYY-MM-DD" });

export const capability = z
  .enum(CAPABILITIES)
  .meta({ id: "capability", description: "A named power that is not about one record (CA-01)." });

export const permission = z.enum(PERMISSIONS).meta({
  id: "permission",
  description: "What a profile may do in a module. Without VIEW the others count for nothing.",
});

/** A closed map: an unknown key is a fault (BU-01) that names the known ones. */
export function closed<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? `one of ${known}` : undefined),
  });
}

/** A list in which nothing may stand twice. */
export function unique<Item extends z.ZodType<string | number>>(item: Item) {
  return z
    .array(item)
    .meta({ uniqueItems: true })
    .superRefine((items, context) => {
      for (const [index, each] of items.entries()) {
        if (items.indexOf(each) < index) {
          context.addIssue({ code: "custom", path: [index], message: "each entry once", input: each });
        }
      }
    });
}

/** A key that is refused with a reason. */
export function refused(reason: string) {
  return z.never({ error: reason }).optional().meta({ description: reason });
}

const PARTY_KEYS = {
  role: key.optional(),
  roleAndSubordinates: key.optional(),
  group: key.optional(),
};

type WrittenParty = {
  readonly user?: string | undefined;
  readonly role?: string | undefined;
  readonly roleAndSubordinates?: string | undefined;
  readonly group?: string | undefined;
};

/** A user, a role, a role and its subordinates, or a group: members of groups and recipients of shares. */
export const member = exactlyOne({ user: email.optional(), ...PARTY_KEYS });

/** The target of a rule (SH-33). */
export const target = orEveryone(member);

/** The source of a rule (SH-31). */
export const source = orEveryone(
  exactlyOne({
    ...PARTY_KEYS,
    user: refused(
      "no user: the source of a rule is a role, a role and its subordinates, a group or everyone (SH-31)",
    ),
  }),
);

function exactlyOne<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return closed(shape)
    .meta({ minProperties: 1, maxProperties: 1 })
    .transform((written, context): FileParty => {
      if (context.issues.length > 0) return z.NEVER;
      const named = Object.keys(written).filter(
        (name) => (written as Record<string, unknown>)[name] !== undefined,
      );
      const party = named.length === 1 ? partyOf(written) : null;
      if (party !== null) return party;
      const names = Object.keys(shape).join(", ");
      context.issues.push({ code: "custom", input: written, message: `exactly one of ${names}` });
      return z.NEVER;
    });
}

function orEveryone<Schema extends z.ZodType<FileParty>>(schema: Schema) {
  const everyone = z.literal("everyone").transform((): FileParty => ({ kind: "EVERYONE" }));
  return z.union([everyone, schema], {
    error: "everyone, or a map with one of role, roleAndSubordinates, group",
  });
}

function partyOf({ user, role, roleAndSubordinates, group }: WrittenParty): FileParty | null {
  if (user !== undefined) return { kind: "USER", email: user };
  if (role !== undefined) return { kind: "ROLE", role };
  if (roleAndSubordinates !== undefined) return { kind: "ROLE_AND_SUBORDINATES", role: roleAndSubordinates };
  if (group !== undefined) return { kind: "GROUP", group };
  return null;
}
