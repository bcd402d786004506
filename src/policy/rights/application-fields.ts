import {
  type ApplicationField,
  CRM,
  isPlaceType,
  PLACE_TYPES,
  type PlaceType,
} from "../model/application.ts";

/** What is wrong with what an application asks (UA-31). */
export type FieldFault = {
  /** The key of the field; null: the list as a whole. */
  readonly field: string | null;
  readonly part: "type" | "options" | "isRequired" | null;
  readonly message: string;
  readonly expected: string;
  readonly requirement: string | null;
};

/** What CRM asks of a place, and by which key: the person has it, whatever the application is called. */
const PLACES: Readonly<Record<PlaceType, { readonly key: string; readonly isRequired: boolean }>> = {
  ROLE: { key: "role", isRequired: true },
  PROFILE: { key: "profile", isRequired: true },
  MANAGER: { key: "reportsTo", isRequired: false },
};

/**
 * Whether an application can ask that, apart from the form of keys and labels: what is offered is there, a place is
 * asked for by CRM alone and once, and the field that decides about seats can say yes or no.
 */
export function faultsOfFields(
  application: string,
  fields: readonly ApplicationField[],
  seatlessBy: string | null,
): readonly FieldFault[] {
  return [
    ...fields.flatMap((field) => faultsOfField(application, field)),
    ...(application === CRM ? PLACE_TYPES.flatMap((type) => faultOfPlace(fields, type) ?? []) : []),
    ...(seatlessBy === null || fields.some(({ key, type }) => key === seatlessBy && type === "BOOLEAN")
      ? []
      : [
          {
            field: null,
            part: null,
            message: `${JSON.stringify(seatlessBy)} says who needs no seat, and is none of the fields of type BOOLEAN`,
            expected: "a field of type BOOLEAN with that key",
            requirement: "UA-11",
          } as const,
        ]),
  ];
}

function faultsOfField(
  application: string,
  { key, type, options, isRequired }: ApplicationField,
): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  const add = (
    part: FieldFault["part"],
    message: string,
    expected: string,
    requirement: string | null = null,
  ) => faults.push({ field: key, part, message, expected, requirement });
  if (isPlaceType(type) && application !== CRM)
    add(
      "type",
      `${type} is the person's own place, which only CRM asks for`,
      "TEXT, OPTION or BOOLEAN",
      "UA-31",
    );
  if (type === "OPTION" && options.length === 0) add("options", "nothing is offered", "the values offered");
  if (type !== "OPTION" && options.length > 0) add("options", `a ${type} offers no values`, "no options");
  if (type === "BOOLEAN" && isRequired)
    add("isRequired", "what is not said is no", "a field of another type, or one that is not required");
  return faults;
}

/** CRM's role and profile stay required, and each part of a place is asked for once. */
function faultOfPlace(fields: readonly ApplicationField[], type: PlaceType): FieldFault | null {
  const { key, isRequired } = PLACES[type];
  const asked = fields.filter((field) => field.type === type);
  const [only] = asked;
  const isRight =
    asked.length === 0
      ? !isRequired
      : asked.length === 1 && only?.key === key && only.isRequired === isRequired;
  if (isRight) return null;
  return {
    field: null,
    part: null,
    message: `CRM asks for a ${type} ${asked.length === 0 ? "nowhere" : "in another way"}`,
    expected: `one field ${JSON.stringify(key)} of type ${type} that is ${isRequired ? "" : "not "}required`,
    requirement: "UA-31",
  };
}
