import { z } from "zod";
import {
  APPLICATION_ACTIONS,
  APPLICATION_FIELD_TYPES,
  type ApplicationField,
  type ApplicationSettings,
  FIRST_APPLICATIONS,
  USUAL_ACTIONS,
} from "../../../policy/model/application.ts";
import { MAX_OPTIONS } from "../../../policy/model/naming.ts";
import { type Reading, readEntries } from "../../terms/entries.ts";
import { block, type Printed, type PrintedMap, sorted, unless, unlessEmpty } from "../../terms/lines.ts";
import { closed, email, inOrder, key, name, unique } from "../../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "../section.ts";
import { checkApplications } from "./check.ts";
import { exportApplications, importAdministrators, importApplications, pruneApplications } from "./rows.ts";

/** One application of the suite, as the organisation has it (UA-31). */
export type FileApplication = ApplicationSettings & {
  /** Addresses of those who administer it beside the administrators of the suite. */
  readonly administrators: readonly string[];
};

const actions = unique(z.enum(APPLICATION_ACTIONS)).transform((listed) =>
  inOrder(APPLICATION_ACTIONS, listed),
);

const field = closed({
  label: name.optional().describe("What people call it; unless said its key."),
  type: z.enum(APPLICATION_FIELD_TYPES).describe("What it takes; only `CRM` asks for a place."),
  required: z.boolean().default(false).describe("Whether nobody has the application without it."),
  options: unique(name)
    .max(MAX_OPTIONS, { error: `at most ${MAX_OPTIONS} options` })
    .default([])
    .describe("Of `OPTION`: the values offered."),
});

const KEYS = {
  name: name.optional().describe("What people call it; needed for one that the suite does not have."),
  takesSeat: z
    .boolean()
    .optional()
    .describe("Whether whoever has it takes a seat; of one that the suite does not have `true`."),
  seatlessBy: key
    .nullable()
    .optional()
    .describe("One of `fields`, of type `BOOLEAN`: who answers `true` takes no seat by it."),
  actions: closed({
    PENDING: actions.describe("Of somebody who was invited."),
    ACTIVE: actions.describe("Of somebody who works here."),
  })
    .optional()
    .describe("What may be done with it, by the person's status."),
  fields: z
    .record(key, field)
    .optional()
    .describe("What is asked of whoever gets it, in this order: `label`, `type`, `required`, `options`."),
  administrators: unique(email)
    .default([])
    .describe("Addresses of `users` who administer it beside the administrators of the suite."),
};

const ofSuite = closed(KEYS);
const another = closed({ ...KEYS, name });

/** What is left out is as it comes with the suite; what the suite does not have says its name. */
function shapeOf(key: string): z.ZodType<FileApplication> {
  const usual = FIRST_APPLICATIONS.get(key);
  return (usual === undefined ? another : ofSuite).transform(
    ({ fields, ...written }): FileApplication => ({
      name: written.name ?? usual?.name ?? key,
      takesSeat: written.takesSeat ?? usual?.takesSeat ?? true,
      seatlessBy: written.seatlessBy === undefined ? (usual?.seatlessBy ?? null) : written.seatlessBy,
      actions: written.actions ?? usual?.actions ?? USUAL_ACTIONS,
      fields: fields === undefined ? (usual?.fields ?? []) : Object.entries(fields).map(fieldOf),
      administrators: written.administrators,
    }),
  );
}

function fieldOf([key, { label, type, required, options }]: [string, z.output<typeof field>]) {
  return { key, label: label ?? key, type, isRequired: required, options } satisfies ApplicationField;
}

/** The applications of the suite: what is asked of whoever gets one, what may be done, and who administers it. */
export const applications: Section<"applications"> = {
  shapes: {
    applications: z
      .record(key, ofSuite)
      .optional()
      .describe("What the suite offers beside `CRM`: what each application asks, and who administers it."),
  },
  read,
  check: checkApplications,
  complete: (draft) => draft.applications.entries,
  print,
  rows: { structure: importApplications, namingPeople: importAdministrators, prune: pruneApplications },
  export: exportApplications,
};

/** Those of the suite first, whether the file says anything of them or not. */
function read(reading: Reading): Draft["applications"] {
  const written = readEntries<FileApplication>(reading, "applications", shapeOf);
  const entries = new Map<string, FileApplication>();
  for (const [key, usual] of FIRST_APPLICATIONS) entries.set(key, { ...usual, administrators: [] });
  for (const [key, each] of written.entries) entries.set(key, fieldsInOrder(reading, key, each));
  return { entries, keys: new Set([...entries.keys(), ...written.keys]) };
}

/** Fields have an order, and the shape has lost it where a key is a number. */
function fieldsInOrder({ source }: Reading, key: string, application: FileApplication): FileApplication {
  const place = new Map(source.keys(["applications", key, "fields"]).map((each, at) => [each, at]));
  const fields = [...application.fields].sort((a, b) => (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0));
  return { ...application, fields };
}

function* print(file: OrganizationFile): Iterable<string> {
  const said = sorted(file.applications)
    .map(([key, each]) => [key, printed(key, each)] as const)
    .filter(
      ([key, each]) => !FIRST_APPLICATIONS.has(key) || Object.values(each).some((one) => one !== undefined),
    );
  if (said.length === 0) return;
  yield "applications:";
  for (const [key, each] of said) yield* block(1, key, each, ["fields"]);
}

function printed(key: string, application: FileApplication): PrintedMap {
  const usual = FIRST_APPLICATIONS.get(key);
  const { takesSeat, seatlessBy, actions, fields, administrators } = application;
  const isUsual = (value: unknown, other: unknown) => JSON.stringify(value) === JSON.stringify(other);
  return {
    name: unless(usual?.name ?? "", application.name),
    takesSeat: unless(usual?.takesSeat ?? true, takesSeat),
    seatlessBy: unless(usual?.seatlessBy ?? null, seatlessBy),
    actions: isUsual(actions, usual?.actions ?? USUAL_ACTIONS) ? undefined : actions,
    fields: isUsual(fields, usual?.fields ?? []) ? undefined : new Map(fields.map(printedField)),
    administrators: unlessEmpty(administrators),
  };
}

function printedField({ key, label, type, isRequired, options }: ApplicationField): [string, Printed] {
  return [
    key,
    {
      label: unless(key, label),
      type,
      required: unless(false, isRequired),
      options: unlessEmpty(options),
    },
  ];
}
