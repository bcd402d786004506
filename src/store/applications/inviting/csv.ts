import { CsvError, parse } from "csv-parse/sync";
import { InvalidInput } from "../../../kernel/fault.ts";
import { toGlobalId } from "../../../kernel/global-id.ts";
import { didYouMean } from "../../../kernel/nearest.ts";
import { foldEmail } from "../../../kernel/text.ts";
import type { Application, ApplicationField } from "../../../policy/model/application.ts";
import { MAX_ITEMS } from "../../core/items.ts";
import type { Viewer } from "../../core/viewer.ts";
import { listApplications } from "../../directory/applications.ts";
import type { NewAssignment } from "../assign.ts";
import type { NewPerson } from "./person.ts";

/** More characters than five hundred people need. */
const MAX_TEXT = 500_000;

/** Columns that are about the person. */
const OWN = ["email", "name", "license"];

/** What a column is about: the person, or a field of an application; of those that the viewer administers. */
type Column =
  | { readonly kind: "OWN"; readonly name: string }
  | { readonly kind: "APPLICATION"; readonly application: Application }
  | { readonly kind: "FIELD"; readonly application: Application; readonly field: ApplicationField };

/** One row: who it would invite, and the line on which it begins. */
export type CsvRow = { readonly line: number; readonly person: NewPerson };

/**
 * Reads people from CSV as spreadsheets write it: the first line names the columns, `email`, `name`, `license`, and for
 * applications `DESK` (yes gives it without an answer) or `DESK.role`. CRM's role and profile are named by their keys, its
 * manager by their address.
 *
 * @throws {InvalidInput} naming the line, for what is no CSV, and the column, for one that is none.
 */
export function peopleInCsv(viewer: Viewer, field: string, text: string): readonly CsvRow[] {
  if (text.length > MAX_TEXT)
    throw new InvalidInput(field, `At most ${MAX_TEXT} characters, not ${text.length}.`);
  const [head, ...rows] = linesIn(field, text);
  if (head === undefined) throw new InvalidInput(field, "The first line names the columns.");
  const columns = head.cells.map((name) => columnNamed(viewer, field, name.trim()));
  if (!columns.some((column) => column.kind === "OWN" && column.name === "email"))
    throw new InvalidInput(field, "A column email is needed.");
  if (rows.length === 0 || rows.length > MAX_ITEMS)
    throw new InvalidInput(field, `From 1 to ${MAX_ITEMS} people, not ${rows.length}.`, {
      requirement: "UA-65",
    });
  return rows.map(({ line, cells }) => ({ line, person: personIn(viewer, columns, cells) }));
}

type Line = { readonly line: number; readonly cells: readonly string[] };

function linesIn(field: string, text: string): readonly Line[] {
  try {
    const records = parse(text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      delimiter: [",", ";", "\t"],
      trim: true,
    }) as unknown as readonly {
      readonly record: readonly string[];
      readonly info: { readonly lines: number };
    }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as unknown as { readonly lines?: number };
    throw new InvalidInput(
      field,
      `Line ${lines ?? 1} is no CSV, or has another number of columns than the first.`,
    );
  }
}

function columnNamed(viewer: Viewer, field: string, name: string): Column {
  if (OWN.includes(name.toLowerCase())) return { kind: "OWN", name: name.toLowerCase() };
  const applications = listApplications(viewer);
  const [key = "", ...rest] = name.split(".");
  const application = applications.find((each) => each.key === key.toUpperCase());
  if (application !== undefined && rest.length === 0) return { kind: "APPLICATION", application };
  const asked = application?.fields.find((each) => each.key === rest.join("."));
  if (application !== undefined && asked !== undefined) return { kind: "FIELD", application, field: asked };
  const known = [
    ...OWN,
    ...applications.flatMap((each) => [each.key, ...each.fields.map((one) => `${each.key}.${one.key}`)]),
  ];
  throw new InvalidInput(
    field,
    `There is no column ${JSON.stringify(name.slice(0, 80))}.${didYouMean(name, known)}`,
  );
}

function personIn(viewer: Viewer, columns: readonly Column[], cells: readonly string[]): NewPerson {
  const own: Record<string, string> = {};
  const given = new Map<string, Record<string, unknown>>();
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? "";
    if (cell === "") continue;
    if (column.kind === "OWN") {
      own[column.name] = cell;
      continue;
    }
    const { key } = column.application;
    const values = given.get(key) ?? {};
    if (column.kind === "FIELD") values[column.field.key] = valueIn(viewer, column.field, cell);
    else if (!isYes(cell)) continue;
    given.set(key, values);
  }
  return {
    email: own["email"] ?? "",
    name: own["name"],
    license: own["license"]?.toUpperCase() === "TEAM" ? "TEAM" : "REGULAR",
    applications: [...given].map(([application, values]): NewAssignment => ({ application, values })),
  };
}

function isYes(cell: string): boolean {
  return ["yes", "true", "1", "x"].includes(cell.toLowerCase());
}

/** What a cell says; what names nothing stays as it is, and is refused as a value. */
function valueIn({ policy }: Viewer, { type }: ApplicationField, cell: string): string | boolean {
  switch (type) {
    case "TEXT":
    case "OPTION":
      return cell;
    case "BOOLEAN":
      return isYes(cell) ? true : ["no", "false", "0"].includes(cell.toLowerCase()) ? false : cell;
    case "ROLE":
      return idOf("Role", policy.org.roles, cell);
    case "PROFILE":
      return idOf("Profile", policy.org.profiles, cell);
    case "MANAGER": {
      const user = policy.usersByEmail.get(foldEmail(cell));
      return user === undefined || user.license === "SUPPORT" ? cell : toGlobalId("User", user.id);
    }
  }
}

function idOf(
  noun: "Role" | "Profile",
  rows: readonly { readonly id: string; readonly key: string }[],
  key: string,
): string {
  const row = rows.find((each) => each.key === key);
  return row === undefined ? key : toGlobalId(noun, row.id);
}
