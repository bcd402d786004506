import { z } from "zod";
import { MAX_OPTIONS } from "../../../policy/model/naming.ts";
import {
  DEFAULT_ACCESSES,
  type DefaultAccess,
  type FieldType,
  FORECASTS,
} from "../../../policy/model/org.ts";
import { isWritten, type Reading, readEntries, readList } from "../../terms/entries.ts";
import { block, entry, type PrintedMap, unless, unlessEmpty } from "../../terms/lines.ts";
import type { ModuleKind } from "../../terms/references.ts";
import { closed, key, name, unique } from "../../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "../section.ts";
import { checkModules } from "./check.ts";
import { exportModules, importModules, pruneModules } from "./rows.ts";
import { dropStaleValues } from "./stale-values.ts";

export type FileModule = {
  readonly label: string;
  readonly kind: ModuleKind;
  readonly defaultAccess: DefaultAccess;
  /** One of `teamUserModules` (TU-10). */
  readonly isOpenToTeam: boolean;
  readonly fields: ReadonlyMap<string, FileField>;
};

/** A module before `teamUserModules` is looked at. */
export type DraftModule = Omit<FileModule, "isOpenToTeam">;

export type FileField = {
  readonly label: string | null;
  readonly type: FieldType;
  readonly isRequired: boolean;
  /** Of a PICKLIST or MULTI_PICKLIST; empty for other types. */
  readonly options: readonly string[];
  /** The key of the module that a LOOKUP points to; null for other types. */
  readonly lookupModule: string | null;
};

const TYPE = "What its values are.";
const COMMON = {
  label: name.optional().describe("What people call it; its key unless said."),
  required: z.boolean().default(false).describe("Whether every record has to have a value."),
};
const OPTIONS = {
  ...COMMON,
  options: unique(name)
    .min(1, { error: "at least one option" })
    .max(MAX_OPTIONS, { error: `at most ${MAX_OPTIONS} options` })
    .describe("What may be chosen, in this order."),
};

const field = z
  .discriminatedUnion("type", [
    closed({
      type: z.enum(["TEXT", "NUMBER", "BOOLEAN", "DATE", "DATETIME", "EMAIL", "USER"]).describe(TYPE),
      ...COMMON,
    }),
    closed({ type: z.enum(["PICKLIST", "MULTI_PICKLIST"]).describe(TYPE), ...OPTIONS }),
    closed({
      type: z.literal("LOOKUP").describe(TYPE),
      ...COMMON,
      module: key.describe("One of `modules`: the value is a record there."),
    }),
  ])
  .transform(
    (written): FileField => ({
      label: written.label ?? null,
      type: written.type,
      isRequired: written.required,
      options: "options" in written ? written.options : [],
      lookupModule: written.type === "LOOKUP" ? written.module : null,
    }),
  );

const MODULE = {
  kind: z
    .enum(["ORGANIZATION", "TEAM"])
    .default("ORGANIZATION")
    .describe("A `TEAM` module goes by membership instead of hierarchy and defaults."),
  default: z
    .enum(DEFAULT_ACCESSES)
    .default("PRIVATE")
    .describe("What everybody may do with everybody's records; nothing while it is `PRIVATE`."),
  fields: z
    .record(key, field)
    .prefault({})
    .describe("What its records have beside owner and name, in this order."),
};

const BUILT_IN_LABEL = "Forecasts";

const LABEL = "What people call it.";

const shape = closed({ label: name.describe(LABEL), ...MODULE }).transform(draftOf);

/** The built-in module has a label already (SH-09). */
const forecastsShape = closed({
  label: name.default(BUILT_IN_LABEL).describe(LABEL),
  ...MODULE,
}).transform(draftOf);

/** Modules with their fields, and which of them are open to team users. */
export const modules: Section<"modules"> = {
  shapes: {
    modules: z
      .looseObject({
        [FORECASTS]: forecastsShape
          .optional()
          .describe("There already: its default is `PRIVATE`, and no rule is about it."),
      })
      .catchall(shape)
      .optional()
      .describe("Kinds of records, each with its default and its fields."),
    teamUserModules: unique(key)
      .optional()
      .describe("Which organisation modules people with the licence `TEAM` may read; at most ten."),
  },
  read,
  check: checkModules,
  complete,
  print,
  rows: { structure: importModules, namingRecords: dropStaleValues, prune: pruneModules },
  export: exportModules,
};

type WrittenModule = {
  readonly label: string;
  readonly kind: ModuleKind;
  readonly default: DefaultAccess;
  readonly fields: Readonly<Record<string, FileField>>;
};

function draftOf({ label, kind, default: defaultAccess, fields }: WrittenModule): DraftModule {
  return { label, kind, defaultAccess, fields: new Map(Object.entries(fields)) };
}

function read(reading: Reading): Draft["modules"] {
  const { keys, entries } = readEntries(reading, "modules", (key) =>
    key === FORECASTS ? forecastsShape : shape,
  );
  const openToTeam = isWritten(reading, "teamUserModules")
    ? readList(reading, ["teamUserModules"], key, reading.source.read("teamUserModules"))
    : [];
  return {
    keys,
    entries: new Map([...entries].map(([key, each]) => [key, inOrder(reading, key, each)])),
    openToTeam,
  };
}

/** Fields have an order, and the shape has lost it where a key is a number. */
function inOrder({ source }: Reading, key: string, module: DraftModule): DraftModule {
  const places = new Map(source.keys(["modules", key, "fields"]).map((field, place) => [field, place]));
  const fields = [...module.fields].sort(([a], [b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  return { ...module, fields: new Map(fields) };
}

function complete({ modules }: Draft): OrganizationFile["modules"] {
  const open = new Set(modules.openToTeam.map(({ entry }) => entry));
  const written = new Map(modules.entries);
  if (!written.has(FORECASTS)) {
    const builtIn = { label: BUILT_IN_LABEL, kind: "ORGANIZATION", defaultAccess: "PRIVATE" } as const;
    written.set(FORECASTS, { ...builtIn, fields: new Map() });
  }
  return new Map([...written].map(([key, module]) => [key, { ...module, isOpenToTeam: open.has(key) }]));
}

function* print({ modules }: OrganizationFile): Iterable<string> {
  const all = [...modules];
  const last = all.at(-1);
  const written = last !== undefined && isBuiltIn(...last) ? all.slice(0, -1) : all;
  if (written.length > 0) {
    yield "modules:";
    for (const [key, each] of written) yield* block(1, key, printed(each), ["fields"]);
  }
  const open = all.filter(([, { isOpenToTeam }]) => isOpenToTeam).map(([key]) => key);
  if (open.length > 0) yield entry(0, "teamUserModules", open);
}

/** What reading adds at the end by itself. */
function isBuiltIn(key: string, { label, fields }: FileModule): boolean {
  return key === FORECASTS && label === BUILT_IN_LABEL && fields.size === 0;
}

function printed({ label, kind, defaultAccess, fields }: FileModule): PrintedMap {
  return {
    label,
    kind: unless("ORGANIZATION", kind),
    default: unless("PRIVATE", defaultAccess),
    fields: unlessEmpty(new Map([...fields].map(([key, each]) => [key, printedField(each)]))),
  };
}

function printedField({ type, label, options, lookupModule, isRequired }: FileField): PrintedMap {
  return {
    type,
    label: unless(null, label),
    options: unlessEmpty(options),
    module: unless(null, lookupModule),
    required: unless(false, isRequired),
  };
}
