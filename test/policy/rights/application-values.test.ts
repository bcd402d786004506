import { describe, expect, test } from "vitest";
import { type ApplicationField, FIRST_APPLICATIONS } from "../../../src/policy/model/application.ts";
import { faultsOfValues } from "../../../src/policy/rights/application-values.ts";
import { tableOf } from "../specification.ts";

/** The table of UA-30: what each application asks. */
const [, ...TABLE] = tableOf("user-administration", "| application | required |");

/** `role, profile, project` or `role (user, …), access kind (four, configured)` as labels. */
function asked(cell: string): readonly string[] {
  return cell
    .replaceAll(/\s*\([^)]*\)/g, "")
    .split(", ")
    .filter((each) => each !== "");
}

const ALIASES: Readonly<Record<string, string>> = {
  "access kind": "accessKind",
  "department role": "departmentRole",
  "light agent": "lightAgent",
  "brand role": "brandRole",
  "reports to": "reportsTo",
};

describe("UA-30 what an application asks", () => {
  test.each(TABLE.map(([name = "", required = "", optional = ""]) => [name, required, optional] as const))(
    "UA-30 %s needs %s, and may have %s",
    (name, required, optional) => {
      const application = [...FIRST_APPLICATIONS.values()].find((each) => each.name === name);
      const keysOf = (isRequired: boolean) =>
        application?.fields.filter((field) => field.isRequired === isRequired).map(({ key }) => key);
      const named = (cell: string) => asked(cell).map((each) => ALIASES[each] ?? each);
      expect(keysOf(true)).toEqual(named(required));
      expect(keysOf(false)).toEqual(named(optional));
    },
  );

  test("UA-30 the table speaks of every application that comes with the suite", () => {
    expect(TABLE).toHaveLength(FIRST_APPLICATIONS.size);
  });
});

const field = (key: string, type: ApplicationField["type"], more: Partial<ApplicationField> = {}) => ({
  key,
  label: key,
  type,
  isRequired: false,
  options: [],
  ...more,
});

const WIKI = {
  name: "Wiki",
  fields: [
    field("space", "OPTION", { isRequired: true, options: ["Docs", "Notes"] }),
    field("motto", "TEXT"),
    field("guest", "BOOLEAN"),
  ],
};

describe("UA-30 values", () => {
  test.each<[string, object, readonly string[]]>([
    ["all there is", { space: "Docs", motto: "m", guest: false }, []],
    ["what is required", { space: "Notes" }, []],
    ["nothing", {}, ["Wiki needs space."]],
    ["what is not offered", { space: "docs" }, ["Wiki takes one of Docs, Notes as space."]],
    [
      "the name of a property of every object",
      { space: "constructor" },
      ["Wiki takes one of Docs, Notes as space."],
    ],
    ["text as yes or no", { space: "Docs", guest: "yes" }, ["Wiki takes true or false as guest."]],
    [
      "a number as text",
      { space: "Docs", motto: 7 },
      ["Wiki takes text of at most 255 characters that can be seen as motto."],
    ],
    [
      "text that cannot be seen",
      { space: "Docs", motto: " " },
      ["Wiki takes text of at most 255 characters that can be seen as motto."],
    ],
    [
      "too much text",
      { space: "Docs", motto: "m".repeat(256) },
      ["Wiki takes text of at most 255 characters that can be seen as motto."],
    ],
    [
      "a field of no application",
      { space: "Docs", spase: "Docs" },
      ['Wiki asks for no "spase". Did you mean "space"?'],
    ],
    [
      "several at once",
      { motto: "", more: 1 },
      [
        'Wiki asks for no "more".',
        "Wiki needs space.",
        "Wiki takes text of at most 255 characters that can be seen as motto.",
      ],
    ],
    ["null", { space: null }, ["Wiki takes one of Docs, Notes as space."]],
  ])("UA-30 %s", (_, values, messages) => {
    const faults = faultsOfValues(WIKI, values as Record<string, unknown>);
    expect(faults.map(({ message }) => message)).toEqual(messages);
  });
});
