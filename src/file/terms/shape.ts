import { z } from "zod";
import { isCalendarDate, parseInstant } from "../../kernel/calendar.ts";
import { MAX_NAME, missingOfName, missingOfText } from "../../kernel/name.ts";
import { foldEmail, isEmail } from "../../kernel/text.ts";
import { CAPABILITIES } from "../../policy/capability.ts";
import { KEY, KEY_EXPECTED } from "../../policy/model/naming.ts";
import { PERMISSIONS } from "../../policy/model/org.ts";

/**
 * The words that entries of the file are made of. A schema's own `error` says what is expected; the reading of faults
 * (`reading/issues.ts`) adds what was found.
 */

/** A key that the format knows but this version does not enforce yet is a fault, never ignored. */
export const NOT_ENFORCED = "known to the format, but not enforced by this version yet";

export const key = z.string().regex(KEY, { error: KEY_EXPECTED });

/** What people call something: every text of the file that is neither a key, an address nor a value (AP-17). */
export const name = z
  .string()
  .min(1, { error: "text that is not empty" })
  .superRefine((written, context) => {
    const missing = written === "" ? null : missingOfName(written);
    if (missing !== null) context.addIssue({ code: "custom", message: `a name: ${missing}`, input: written });
  })
  .meta({ maxLength: MAX_NAME });

/** A sentence or two, of at most so many characters. */
const MAX_TEXT = 1_000;

export const text = z
  .string()
  .superRefine((written, context) => {
    const missing = missingOfText(written, MAX_TEXT);
    if (missing !== null) context.addIssue({ code: "custom", message: `text: ${missing}`, input: written });
  })
  .meta({ maxLength: MAX_TEXT });

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
  .meta({ id: "capability", description: "A named power that is not about one record." });

export const permission = z.enum(PERMISSIONS).meta({
  id: "permission",
  description: "What a profile may do in a module. Without VIEW the others count for nothing.",
});

/** A record by the keys of the file. */
export type RecordReference = { readonly module: string; readonly key: string };

export const recordReference = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    error: "module/record, such as leads/lead-1",
  })
  .transform((written): RecordReference => {
    const [module = "", key = ""] = written.split("/");
    return { module, key };
  });

/**
 * A closed map: an unknown key is a fault (BU-01) that names the known ones, the nearest first of all.
 *
 * @param instead what is to be written instead of some of them.
 */
export function closed<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  instead: Readonly<Record<string, string>> = {},
) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return undefined;
      const [key = ""] = issue.keys as readonly string[];
      const hint = Object.hasOwn(instead, key) ? instead[key] : undefined;
      return hint ?? `one of ${known.join(", ")}`;
    },
  });
}

/** A list in which nothing may stand twice. */
export function unique<Item extends z.ZodType<string | number>>(item: Item) {
  return z
    .array(item)
    .meta({ uniqueItems: true })
    .superRefine((items, context) => {
      const seen = new Set<string | number>();
      for (const [index, each] of items.entries()) {
        if (seen.has(each))
          context.addIssue({ code: "custom", path: [index], message: "each entry once", input: each });
        seen.add(each);
      }
    });
}

/** What may be left out, which reads as null. */
export function orNull<Schema extends z.ZodType>(type: Schema) {
  return type.optional().transform((written) => written ?? null);
}

/** A key that is refused with a reason. */
export function refused(reason: string) {
  return z.never({ error: reason }).optional().meta({ description: reason });
}

/** What is listed, in the order of the whole list. */
export function inOrder<Item>(all: readonly Item[], listed: readonly unknown[]): Item[] {
  return all.filter((item) => listed.includes(item));
}
