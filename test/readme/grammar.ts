import { organizationFileJsonSchema } from "../../src/file/json-schema.ts";
import { CAPABILITIES, capabilityRow } from "../../src/policy/capability.ts";
import { OPERATORS_OF } from "../../src/policy/criteria/criteria.ts";
import { FIELD_TYPES, type FieldType } from "../../src/policy/model/org.ts";

/** What of a JSON Schema the tables tell. */
type Schema = {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly not?: unknown;
  readonly items?: Schema;
  readonly properties?: Properties;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
};
type Properties = Readonly<Record<string, Schema>>;

const FILE = organizationFileJsonSchema() as Schema & { readonly definitions: Properties };

/** The sections of an organisation file, in its order. */
export const SECTIONS = Object.keys(FILE.properties ?? {});

const KEYS_HEAD = ["| key | what it takes | unless said | meaning |", "|---|---|---|---|"] as const;

/** The tables of the grammar, by their names: every key of every section, from the schema that reads the file (BU-05). */
export const GRAMMAR_TABLES: Readonly<Record<string, () => readonly string[]>> = {
  sections: () => [
    "| section | what it takes | unless said | meaning |",
    "|---|---|---|---|",
    ...Object.entries(FILE.properties ?? {}).map(([name, section]) =>
      row(
        hasKeys(section) ? `[\`${name}\`](#${name.toLowerCase()})` : `\`${name}\``,
        section,
        isNeeded(FILE, name),
      ),
    ),
  ],
  ...Object.fromEntries(
    Object.entries(FILE.properties ?? {}).flatMap(([name, section]) =>
      hasKeys(section) ? [[`keys of ${name}`, () => [...KEYS_HEAD, ...keysOf(section)]]] : [],
    ),
  ),
  "keys of a party": () => [...KEYS_HEAD, ...rows(found(isParty))],
  "keys of a field": () => [...KEYS_HEAD, ...rowsOfUnion(found(isField).oneOf ?? [], "type")],
  "keys of a condition": () => [
    ...KEYS_HEAD,
    ...rowsOfUnion(FILE.definitions["condition"]?.anyOf ?? [], "op"),
  ],
  "types of fields": () => [
    "| `type` | a value | may be compared by |",
    "|---|---|---|",
    ...FIELD_TYPES.map((type) => `| \`${type}\` | ${VALUES[type]} | ${words(OPERATORS_OF[type])} |`),
  ],
  permissions: () => [words(FILE.definitions["permission"]?.enum ?? [])],
  capabilities: () => [
    "| capability | what it lets do | in `standard` |",
    "|---|---|---|",
    ...CAPABILITIES.map((name) => {
      const { description, standard } = capabilityRow(name);
      return `| \`${name}\` | ${description} | ${standard === true ? "yes" : ""} |`;
    }),
  ],
};

const VALUES: Readonly<Record<FieldType, string>> = {
  TEXT: "text of at most 10,000 characters",
  NUMBER: "a finite number, a whole one within ±9,007,199,254,740,991",
  BOOLEAN: "`true` or `false`",
  DATE: "a day, such as `2027-01-31`",
  DATETIME: "an instant with an offset, such as `2027-01-31T08:00:00Z`",
  PICKLIST: "one of `options`",
  MULTI_PICKLIST: "a list of some of `options`, each once",
  EMAIL: "an address",
  LOOKUP: "the key of a record of `module`",
  USER: "the address of one of `users`",
};

/** The keys of a section, of its entries where it is a map or list of them. */
function keysOf(section: Schema): readonly string[] {
  const entry = entryOf(section);
  const special = entry === section ? [] : Object.entries(section.properties ?? {});
  return [...rows(entry), ...special.map(([name, each]) => row(`\`${name}\``, each, false))];
}

function hasKeys(section: Schema): boolean {
  return entryOf(section).properties !== undefined;
}

/** What the entries of a section are: through maps and lists down to what has keys of its own. */
function entryOf(schema: Schema): Schema {
  const inner = schema.items ?? (schema.additionalProperties || undefined);
  return inner === undefined ? schema : entryOf(inner);
}

function rows(schema: Schema, prefix = ""): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, each]) => {
    const path = `${prefix}${name}`;
    const own = row(`\`${path}\``, each, isNeeded(schema, name));
    if (each.properties !== undefined && !isParty(each)) return [own, ...rows(each, `${path}.`)];
    const item = each.items;
    return item?.properties !== undefined && !isParty(item) ? [own, ...rows(item, `${path}[].`)] : [own];
  });
}

/** The keys of alternatives that a word tells apart, each once: what only some have says of which. */
function rowsOfUnion(branches: readonly Schema[], word: string): readonly string[] {
  const keys = [...new Set(branches.flatMap(({ properties = {} }) => Object.keys(properties)))];
  const choices = branches.filter(({ properties }) => properties?.[word] !== undefined);
  return keys.map((key) => {
    const having = branches.filter(({ properties }) => properties?.[key] !== undefined);
    const schema = having[0]?.properties?.[key] ?? {};
    if (key === word)
      return row(
        `\`${key}\``,
        { description: schema.description ?? "", enum: having.flatMap((each) => wordsOf(each, word)) },
        true,
      );
    const some = having.length < choices.length ? having.flatMap((each) => wordsOf(each, word)) : [];
    const isOfWord = having.some(({ properties }) => properties?.[word] !== undefined);
    const meaning = schema.description ?? "";
    const isOfFew = isOfWord && some.length > 0 && some.length < 4;
    return row(
      `\`${key}\``,
      { ...schema, description: isOfFew ? `Of ${words(some)}: ${lowered(meaning)}` : meaning },
      having.every((each) => isNeeded(each, key)),
    );
  });
}

function wordsOf({ properties = {} }: Schema, word: string): readonly unknown[] {
  const schema = properties[word] ?? {};
  return schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
}

function row(name: string, schema: Schema, needed: boolean): string {
  const { description } = schema;
  if (description === undefined) throw new Error(`${name} of the organisation file has no description`);
  const meaning = `${description.slice(0, 1).toUpperCase()}${description.slice(1)}`;
  return `| ${name} | ${takes(schema)} | ${needed ? "needed" : usual(schema)} | ${meaning} |`;
}

function lowered(sentence: string): string {
  return `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
}

function isNeeded({ required = [] }: Schema, name: string): boolean {
  return required.includes(name);
}

/** What is read where nothing is said. */
function usual({ default: value }: Schema): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.length === 0 ? "none" : words(value);
  return typeof value === "object" ? "none" : words([value]);
}

const DEFINITIONS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  capability: ["a [capability](#capabilities)", "[capabilities](#capabilities)"],
  permission: ["a [permission](#permissions)", "[permissions](#permissions)"],
  condition: ["a [condition](#conditions)", "[conditions](#conditions)"],
};

function takes(schema: Schema): string {
  const definition = definitionOf(schema);
  if (definition !== undefined) return definition[0];
  if (schema.not !== undefined) return "nothing";
  if (isParty(schema)) return "a [party](#parties)";
  if (isField(schema)) return "a [field](#fields)";
  if (schema.const !== undefined) return words([schema.const]);
  if (schema.enum !== undefined) return words(schema.enum);
  if (schema.anyOf !== undefined)
    return schema.anyOf.map((each) => (each.type === "null" ? "nothing" : takes(each))).join(", or ");
  if (schema.items !== undefined) return `a list of ${many(schema.items)}`;
  if (schema.properties === undefined && schema.additionalProperties)
    return `a map of ${many(schema.additionalProperties)}`;
  return oneOfType(schema);
}

function many(schema: Schema): string {
  const definition = definitionOf(schema);
  if (definition !== undefined) return definition[1];
  if (isParty(schema)) return "[parties](#parties)";
  if (isField(schema)) return "[fields](#fields)";
  const one = takes(schema);
  if (schema.enum !== undefined || schema.const !== undefined) return `words: ${one}`;
  return one.replace(/^an? (\w+)/, (_, noun: string) => (noun.endsWith("s") ? `${noun}es` : `${noun}s`));
}

function oneOfType({ type, pattern, format, maxLength }: Schema): string {
  if (Array.isArray(type)) return type.map((each) => oneOfType({ type: each })).join(", ");
  switch (type) {
    case "boolean":
      return "`true` or `false`";
    case "integer":
      return "a whole number";
    case "number":
      return "a number";
    case "object":
      return "a map";
    case "array":
      return "a list";
  }
  if (pattern !== undefined) return pattern.includes("/") ? "`module/key`" : "a key";
  if (format !== undefined)
    return { email: "an address", "date-time": "an instant", date: "a day" }[format] ?? format;
  return maxLength === undefined ? "text" : "a name";
}

function definitionOf({ $ref, allOf }: Schema): readonly [string, string] | undefined {
  const name = ($ref ?? allOf?.[0]?.$ref)?.split("/").at(-1);
  return name === undefined ? undefined : DEFINITIONS[name];
}

function isParty({ properties = {} }: Schema): boolean {
  return properties["roleAndSubordinates"] !== undefined;
}

function isField({ oneOf = [] }: Schema): boolean {
  return oneOf.some(({ properties = {} }) => properties["type"] !== undefined);
}

/** The first schema of its kind in the file. @throws when there is none any more. */
function found(isIt: (schema: Schema) => boolean): Schema {
  const search = (schema: Schema): Schema | undefined => {
    if (isIt(schema)) return schema;
    const { properties = {}, additionalProperties, items, anyOf = [] } = schema;
    const inner = [...Object.values(properties), additionalProperties || undefined, items, ...anyOf];
    for (const each of inner) {
      const hit = each === undefined ? undefined : search(each);
      if (hit !== undefined) return hit;
    }
    return undefined;
  };
  const hit = search(FILE);
  if (hit === undefined) throw new Error("the schema of the organisation file has no such part any more");
  return hit;
}

function words(all: readonly unknown[]): string {
  return all.map((each) => `\`${String(each)}\``).join(", ");
}
