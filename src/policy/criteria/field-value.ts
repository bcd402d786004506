import { formatInstant, isCalendarDate, parseInstant } from "../../kernel/calendar.ts";
import { isEmail, isLongerThan, isStorable } from "../../kernel/text.ts";
import type { Field } from "../model/org.ts";
import type { FieldValue } from "../model/values.ts";

/** What of a field decides which values fit it. */
export type ValueField = Pick<Field, "type" | "options">;

/** A value in its stored form, or what would have fitted. */
export type ReadValue = { readonly kind: "VALUE"; readonly value: FieldValue } | Unfit;

type Unfit = {
  readonly kind: "UNFIT";
  readonly expected: string;
  /** An option that is none, and those that there are: one of them may have been meant. */
  readonly near?: readonly [option: string, offered: readonly string[]];
};

/** A value of type TEXT has at most so many characters (AP-17). */
const MAX_TEXT = 10_000;

/**
 * Reads outside input as a value that a record may have: what fits the field, and is stored as it was said (AP-17). Text
 * has a limit, and a whole number that has neighbours within a double's rounding may have been another one before.
 */
export function readFieldValue(field: ValueField, input: unknown): ReadValue {
  if (field.type === "TEXT" && typeof input === "string" && isLongerThan(input, MAX_TEXT))
    return unfit(`text of at most ${MAX_TEXT} characters`);
  if (field.type === "NUMBER" && Number.isInteger(input) && !Number.isSafeInteger(input))
    return unfit("a finite number, a whole one within ±9007199254740991");
  return readConstant(field, input);
}

/**
 * Reads outside input as something of the field's type, in stored form: a DATETIME becomes UTC text of fixed width, -0
 * becomes 0. What a value is compared with may be larger than any value.
 *
 * Nothing else is converted: `"5"` is no NUMBER. That a LOOKUP or USER points to something is for the caller to ask.
 */
export function readConstant(field: ValueField, input: unknown): ReadValue {
  switch (field.type) {
    case "TEXT":
      return isText(input) ? value(input) : unfit("text");
    case "NUMBER":
      return typeof input === "number" && Number.isFinite(input)
        ? value(input + 0)
        : unfit("a finite number");
    case "BOOLEAN":
      return typeof input === "boolean" ? value(input) : unfit("true or false");
    case "DATE":
      return isText(input) && isCalendarDate(input)
        ? value(input)
        : unfit("a day that exists, as YYYY-MM-DD");
    case "DATETIME":
      return readInstant(input);
    case "EMAIL":
      return isText(input) && isEmail(input) ? value(input) : unfit("an email address");
    case "PICKLIST":
      return isText(input) && offered(field).has(input)
        ? value(input)
        : unfit(`one of ${list(field.options)}`, near(field, [input]));
    case "MULTI_PICKLIST":
      return readOptions(field, input);
    case "LOOKUP":
      return isText(input) && input !== "" ? value(input) : unfit("a reference to a record, as text");
    case "USER":
      return isText(input) && input !== "" ? value(input) : unfit("a reference to a user, as text");
  }
}

function readInstant(input: unknown): ReadValue {
  const instant = isText(input) ? parseInstant(input) : null;
  return instant === null
    ? unfit("an instant with an offset, such as 2027-01-01T00:00:00Z")
    : value(formatInstant(instant));
}

function readOptions(field: ValueField, input: unknown): ReadValue {
  const options = offered(field);
  const isFit =
    Array.isArray(input) &&
    new Set(input).size === input.length &&
    input.every((option) => isText(option) && options.has(option));
  if (isFit) return value(input);
  return unfit(
    `a list without repetition of ${list(field.options)}`,
    near(field, Array.isArray(input) ? input : []),
  );
}

/** The first of the chosen that is no option. */
function near(field: ValueField, chosen: readonly unknown[]): Pick<Unfit, "near"> {
  const options = offered(field);
  const stranger = chosen.find((option) => isText(option) && !options.has(option));
  return typeof stranger === "string" ? { near: [stranger, field.options] } : {};
}

const known = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The options of a field, to be asked for many values. */
function offered({ options }: ValueField): ReadonlySet<string> {
  const before = known.get(options);
  if (before !== undefined) return before;
  const set = new Set(options);
  known.set(options, set);
  return set;
}

function isText(input: unknown): input is string {
  return typeof input === "string" && isStorable(input);
}

/** So many options are told; who sends one that is none looks at the field for the rest. */
const TOLD = 20;

function list(options: readonly string[]): string {
  const first = options.slice(0, TOLD).map((option) => JSON.stringify(option));
  const more = options.length > TOLD ? ` … (${options.length} in all)` : "";
  return `${first.join(", ")}${more}`;
}

function value(stored: FieldValue): ReadValue {
  return { kind: "VALUE", value: stored };
}

function unfit(expected: string, hint: Pick<Unfit, "near"> = {}): ReadValue {
  return { kind: "UNFIT", expected, ...hint };
}
