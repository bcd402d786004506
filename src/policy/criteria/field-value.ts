import { formatInstant, isCalendarDate, parseInstant } from "../../kernel/calendar.ts";
import { isEmail, isStorable } from "../../kernel/text.ts";
import type { Field } from "../model/org.ts";
import type { FieldValue } from "../model/values.ts";

/** What of a field decides which values fit it. */
export type ValueField = Pick<Field, "type" | "options">;

/** A value in its stored form, or what would have fitted. */
export type ReadValue =
  | { readonly kind: "VALUE"; readonly value: FieldValue }
  | { readonly kind: "UNFIT"; readonly expected: string };

/**
 * Reads outside input as a value of the field, in stored form: a DATETIME becomes UTC text of fixed width, -0 becomes 0.
 *
 * Nothing else is converted: `"5"` is no NUMBER. That a LOOKUP or USER points to something is for the caller to ask.
 */
export function readFieldValue(field: ValueField, input: unknown): ReadValue {
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
      return isText(input) && field.options.includes(input)
        ? value(input)
        : unfit(`one of ${list(field.options)}`);
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
  const isFit =
    Array.isArray(input) &&
    new Set(input).size === input.length &&
    input.every((option) => isText(option) && field.options.includes(option));
  return isFit ? value(input) : unfit(`a list without repetition of ${list(field.options)}`);
}

function isText(input: unknown): input is string {
  return typeof input === "string" && isStorable(input);
}

function list(options: readonly string[]): string {
  return options.map((option) => JSON.stringify(option)).join(", ");
}

function value(stored: FieldValue): ReadValue {
  return { kind: "VALUE", value: stored };
}

function unfit(expected: string): ReadValue {
  return { kind: "UNFIT", expected };
}
