import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** How records are written: a line each in block style, as `export` prints them; as JSON; all in braces, in YAML. */
export const STYLES = ["block", "json", "flow"] as const;
export type Style = (typeof STYLES)[number];

export type ImportFile = { readonly style: Style; readonly records: number };

const USERS = 200;
/** One record in so many is an account, to which the deals after it point. */
const PER_ACCOUNT = 10;
const STAGES = ["new", "won", "lost"];
const FIRST_AT = Date.UTC(2024, 0, 1);

/** The organisation of the file, section by section. */
const SECTIONS: Readonly<Record<string, unknown>> = {
  sightline: 1,
  organization: {
    key: "imported",
    name: "Imported",
    timeZone: "UTC",
    edition: "ENTERPRISE",
    seats: { regular: USERS, team: 0 },
    superAdmin: "u0@imported.test",
  },
  roles: { ceo: { name: "CEO" }, rep: { name: "Rep", parent: "ceo" } },
  users: Object.fromEntries(
    Array.from({ length: USERS }, (_, at) => [
      `u${at}@imported.test`,
      at === 0
        ? { name: "Root", role: "ceo", profile: "administrator" }
        : { name: `User ${at}`, role: "rep" },
    ]),
  ),
  modules: {
    accounts: { label: "Accounts", fields: { city: { type: "TEXT" }, size: { type: "NUMBER" } } },
    deals: {
      label: "Deals",
      fields: {
        city: { type: "TEXT" },
        amount: { type: "NUMBER" },
        stage: { type: "PICKLIST", options: STAGES },
        account: { type: "LOOKUP", module: "accounts" },
        due: { type: "DATE" },
      },
    },
  },
  sharingRules: {
    won: {
      module: "deals",
      criteria: { field: "stage", op: "EQ", value: "won" },
      to: { role: "rep" },
      access: "READ_ONLY",
    },
  },
};

/** Writes an organisation file with so many records in two modules, piece by piece. */
export async function writeImportFile(path: string, file: ImportFile): Promise<void> {
  await pipeline(Readable.from(linesOf(file)), createWriteStream(path));
}

/** The whole text of such a file. */
export function importText(file: ImportFile): string {
  return [...linesOf(file)].join("");
}

function* linesOf({ style, records }: ImportFile): Iterable<string> {
  const isJson = style === "json";
  const sections = Object.entries(SECTIONS).map(([key, value]) =>
    isJson ? `${JSON.stringify(key)}: ${JSON.stringify(value)},\n` : `${key}: ${JSON.stringify(value)}\n`,
  );
  yield (isJson ? "{\n" : "") + sections.join("");
  yield style === "block" ? "records:\n" : isJson ? '"records": {\n' : "records: {\n";
  yield* moduleLines("accounts", style, accounts(records));
  if (style !== "block") yield ",\n";
  yield* moduleLines("deals", style, deals(records));
  if (isJson) yield "}\n}\n";
  if (style === "flow") yield " }\n";
}

function* moduleLines(
  module: string,
  style: Style,
  records: Iterable<readonly [key: string, record: object]>,
): Iterable<string> {
  if (style === "block") {
    yield `  ${module}:\n`;
    for (const [key, record] of records) yield `    ${key}: ${asFlow(record)}\n`;
    return;
  }
  let separator = "";
  yield style === "json" ? `"${module}": {\n` : `  ${module}: {\n`;
  for (const [key, record] of records) {
    yield style === "json"
      ? `${separator}"${key}": ${JSON.stringify(record)}`
      : `${separator}    ${key}: ${asFlow(record)}`;
    separator = ",\n";
  }
  yield style === "json" ? "\n}" : "\n  }";
}

/** As `export` prints a record. */
function asFlow(value: unknown): string {
  if (typeof value !== "object" || value === null)
    return typeof value === "string" && /^[A-Za-z][\w @.-]*$/.test(value) ? value : JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${key}: ${asFlow(each)}`);
  return `{ ${entries.join(", ")} }`;
}

function* accounts(records: number): Iterable<readonly [string, object]> {
  for (let at = 0; at < records; at += PER_ACCOUNT)
    yield [
      `a${at}`,
      { owner: owner(at), name: `Account ${at}`, values: { city: `City ${at % 50}`, size: at } },
    ];
}

function* deals(records: number): Iterable<readonly [string, object]> {
  for (let at = 0; at < records; at += 1) {
    if (at % PER_ACCOUNT === 0) continue;
    const values = {
      city: `City ${at % 50}`,
      amount: at * 1.5,
      stage: STAGES[at % STAGES.length],
      account: `a${at - (at % PER_ACCOUNT)}`,
      due: `2026-01-0${1 + (at % 9)}`,
    };
    const createdAt = new Date(FIRST_AT + at * 60_000).toISOString();
    yield [`d${at}`, { owner: owner(at), name: `Deal number ${at}`, createdAt, values }];
  }
}

function owner(at: number): string {
  return `u${at % USERS}@imported.test`;
}
