import { readFileSync } from "node:fs";
import { buildSchema, isEnumType, isInputObjectType, isObjectType } from "graphql";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { exportOrganization } from "../../src/file/export.ts";
import { parseOrganizationFile } from "../../src/file/parse.ts";
import { printOrganizationFile } from "../../src/file/print.ts";
import { InvalidPolicy } from "../../src/kernel/fault.ts";
import { describeOnBoth } from "../database.ts";
import { organizationFilesIn } from "./blocks.ts";
import { ROOT, readDocument } from "./documents.ts";
import { GRAMMAR_TABLES, SECTIONS } from "./grammar.ts";

const page = readDocument("src/file/GRAMMAR.md");
const [example = "", ...others] = organizationFilesIn(page.pieces);
const NOW = Date.parse("2026-12-01T00:00:00Z");
const AGENTS = new Set(["agent@vendor.test"]);

describe("BU-05 the page of the grammar", () => {
  test("BU-05 has an example of every section, which are one file together", () => {
    expect(others).toEqual([]);
    expect(Object.keys(parse(example) as object).sort()).toEqual(SECTIONS.toSorted());
  });

  const keys = [
    ...new Set(
      Object.entries(GRAMMAR_TABLES).flatMap(([name, lines]) =>
        name.startsWith("keys of ") ? keysIn(lines()) : [],
      ),
    ),
  ];
  test("BU-05 tells keys of every depth", () => {
    expect(keys).toEqual(
      expect.arrayContaining([
        "superAdmin",
        "regular",
        "roleAndSubordinates",
        "options",
        "op",
        "extraDenials",
        "changeOwner",
      ]),
    );
  });

  // A profile of one's own may be called almost like one that is there.
  test.each(keys.filter((key) => key !== "standard" && new RegExp(`\\b${key}: `).test(example)))(
    "BU-01 a letter too many in %s: the nearest key is told",
    (key) => {
      expect(faultsOf(example.replace(new RegExp(`\\b${key}: `), `${key}x: `))).toContain(
        `unknown key "${key}x" (did you mean "${key}"?)`,
      );
    },
  );

  test("BU-05 names words of the API and of the file that there are", () => {
    const [, table = ""] = page.text.split("## In the file and in the API\n");
    const rows = [...table.matchAll(/^\| (.*?) \| (.*?) \|/gm)].slice(2);
    expect(rows.length).toBeGreaterThan(10);
    const schema = buildSchema(readFileSync(new URL("src/graphql/schema.graphql", ROOT), "utf8"));
    for (const [, inFile = "", inApi = ""] of rows) {
      for (const [, section = "", key = ""] of inFile.matchAll(/`(\w+)\.([\w.]+)`/g)) {
        expect(SECTIONS).toContain(section);
        expect(keys).toContain(key.split(".").at(-1));
      }
      for (const [, type = "", member = ""] of inApi.matchAll(/`([A-Z]\w+)\.(\w+)`/g)) {
        const found = schema.getType(type);
        const members = isEnumType(found)
          ? found.getValues().map(({ name }) => name)
          : isObjectType(found) || isInputObjectType(found)
            ? Object.keys(found.getFields())
            : [];
        expect(members, type).toContain(member);
      }
    }
  });
});

describeOnBoth("BU-02 the example of the grammar", (open) => {
  test("BU-02 is applied, meets what it expects, and comes back as it is", async () => {
    const { database } = await open();
    const apply = (text: string) =>
      applyOrganizationFile(database, { text, name: "grammar" }, AGENTS, { now: NOW });
    expect(await apply(example)).toMatchObject({ isChanged: true, leftOver: [] });
    expect(await apply(example)).toMatchObject({ isChanged: false, leftOver: [] });
    const exported = printOrganizationFile(await exportOrganization(database, "tools"));
    expect(await apply(exported)).toMatchObject({ isChanged: false, leftOver: [] });
  });
});

/** The last words of the paths in the first column: `access[].user` is about `user`. */
function keysIn(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => /^\| `(?:[\w[\].]*\.)?([\w-]+)` \|/.exec(line)?.[1] ?? []);
}

function faultsOf(text: string): string {
  try {
    parseOrganizationFile(text, "f");
    return "";
  } catch (error) {
    if (error instanceof InvalidPolicy) return error.message;
    throw error;
  }
}
