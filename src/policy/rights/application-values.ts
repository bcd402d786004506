import { missingOfName } from "../../kernel/name.ts";
import { didYouMean } from "../../kernel/nearest.ts";
import { type Application, type ApplicationField, isPlaceType } from "../model/application.ts";

/** What is wrong with one value of an application (UA-30): a sentence that names both. */
export type ValueFault = {
  readonly field: string;
  readonly kind: "MISSING" | "UNKNOWN" | "WRONG";
  readonly message: string;
  /** What would have been right. */
  readonly expected: string;
};

type Asked = Pick<Application, "name" | "fields">;

/** The fields whose values stand with the assignment; those of a place stand at the person. */
export function ownFields({ fields }: Pick<Application, "fields">): readonly ApplicationField[] {
  return fields.filter(({ type }) => !isPlaceType(type));
}

/** Everything that is wrong with the values that stand with an assignment: missing, unknown or none that is offered. */
export function faultsOfValues(
  application: Asked,
  values: Readonly<Record<string, unknown>>,
): readonly ValueFault[] {
  const { name } = application;
  const fields = ownFields(application);
  const unknown = Object.keys(values).filter((key) => !fields.some((field) => field.key === key));
  return [
    ...unknown.map((key) => unknownField(application, key)),
    ...fields.flatMap((field) => {
      const value = Object.hasOwn(values, field.key) ? values[field.key] : undefined;
      if (value === undefined) return field.isRequired ? missingValue(application, field) : [];
      const expected = expectedOf(field);
      return isValue(field, value)
        ? []
        : ({
            field: field.key,
            kind: "WRONG",
            message: `${name} takes ${expected} as ${field.key}.`,
            expected,
          } as const);
    }),
  ];
}

export function missingValue({ name }: Asked, field: ApplicationField): ValueFault {
  return {
    field: field.key,
    kind: "MISSING",
    message: `${name} needs ${field.key}.`,
    expected: expectedOf(field),
  };
}

export function unknownField({ name, fields }: Asked, key: string): ValueFault {
  const known = fields.map((field) => field.key);
  return {
    field: key,
    kind: "UNKNOWN",
    message: `${name} asks for no ${JSON.stringify(key.slice(0, MOST_SHOWN))}.${didYouMean(key, known)}`,
    expected: known.length === 0 ? "nothing" : `one of ${known.join(", ")}`,
  };
}

const MOST_SHOWN = 64;

function isValue({ type, options }: ApplicationField, value: unknown): boolean {
  switch (type) {
    case "BOOLEAN":
      return typeof value === "boolean";
    case "OPTION":
      return typeof value === "string" && options.includes(value);
    case "TEXT":
      return typeof value === "string" && missingOfName(value) === null;
    case "ROLE":
    case "PROFILE":
    case "MANAGER":
      return false;
  }
}

const MOST_LISTED = 12;

/** What a field takes, as the end of a sentence. */
export function expectedOf({ type, options }: ApplicationField): string {
  switch (type) {
    case "BOOLEAN":
      return "true or false";
    case "OPTION": {
      const more = options.length > MOST_LISTED ? ` … (${options.length} in all)` : "";
      return `one of ${options.slice(0, MOST_LISTED).join(", ")}${more}`;
    }
    case "TEXT":
      return "text of at most 255 characters that can be seen";
    case "ROLE":
      return "a role";
    case "PROFILE":
      return "a profile";
    case "MANAGER":
      return "a person in a role above";
  }
}
