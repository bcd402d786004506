import { describe, expect, test } from "vitest";
import { parseOrganizationFile } from "../../../src/file/parse.ts";
import { InvalidPolicy } from "../../../src/kernel/fault.ts";

/** A whole file in the layouts that people write by hand. */
const GOOD = `sightline: 1
organization: { key: a, name: A, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 4, team: 2 }, superAdmin: root@a.test }
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo }
users:
  root@a.test: { name: Root, role: ceo, profile: administrator }
groups:
  g: { name: G, members: [ { role: rep } ] }
modules:
  leads:
    label: Leads
    fields:
      status: { type: PICKLIST, options: [new, won] }
`;

/** what is wrong | what is replaced in the file | by what | every fault, with its line and column */
// biome-ignore format: one row, one line
const TABLE: readonly [string, string, string, string][] = [
  ["a bracket that is not closed before another closes", "{ role: rep } ]", "{ role: rep }", "9:26: this [ is not closed: write ] before the } of 9:42"],
  ["a brace that is not closed before the next line", "name: CEO }", "name: CEO", "4:8: this { is not closed: write } before line 5, or indent that line further"],
  ["a brace that is not closed at the end", "won] }", "won]", "14:15: this { is not closed: write } at its end"],
  ["a bracket that is not closed inside braces", "won] }", "won }", "14:42: this [ is not closed: write ] before the } of 14:52"],
  ["a brace too many", "name: CEO }", "name: CEO } }", "4:22: this } closes nothing: leave it out, or write what it closes before it"],
  ["a bracket too many", "won]", "won]]", "14:52: this ] closes nothing: leave it out, or write what it closes before it"],
  ["braces over lines that are indented too little", "{ name: CEO }", "{\n  name: CEO\n  }", "4:8: this { is not closed: write } before line 5, or indent that line further"],
  ["a quote without its other", "label: Leads", 'label: "Leads', '12:12: this " has no other: write one where the text ends'],
  ["a quote whose other is escaped", "label: Leads", 'label: "Leads\\"', '12:12: this " has no other: write one where the text ends'],
  ["a single quote without its other", "label: Leads", "label: 'Lead''", "12:12: this ' has no other: write one where the text ends"],
  ["a quote without its other in braces", "name: CEO }", 'name: "CEO }', '4:16: this " has no other: write one where the text ends'],
  ["too little indentation of a key", "    label: Leads", "  label: Leads", "12:10: no colon with a blank behind it, or the next line is indented too far: write key: value, the keys of one map in one column"],
  ["too little indentation of a map", "      status", "    status", '13:5: modules.leads.fields: found nothing (expected a map, in lines that are indented further than this one)\n14:5: modules.leads.status: unknown key "status" (expected one of label, kind, default, fields)'],
  ["too little indentation of a section", "  ceo: { name: CEO }\n  rep", "ceo: { name: CEO }\nrep", '3:1: roles: found nothing (expected a map of roles by key, in lines that are indented further than this one)'],
  ["another column than the entry above", "  rep: {", "   rep: {", "5:1: this begins in another column than its neighbours: give the entries of one map or list the same indentation"],
  ["a colon inside a text", "label: Leads", "label: Leads: hot", "12:12: a colon inside a text: put the text between quotes, or a comma or a line break before the key"],
  ["a missing comma in braces", "Rep, parent", "Rep parent", "5:16: a colon inside a text: put the text between quotes, or a comma or a line break before the key"],
  ["a missing comma in brackets", "{ role: rep } ]", "{ role: rep } { role: ceo } ]", "9:28: a map or list where a key was expected: is a comma missing behind it?"],
  ["two commas", "new, won", "new,, won", "14:47: a comma too many"],
  ["no blank behind a colon", "label: Leads", "label:Leads", "12:5: no colon with a blank behind it, or the next line is indented too far: write key: value, the keys of one map in one column"],
  ["a text that begins with @", "label: Leads", "label: @Leads", "12:12: a text that begins with @ goes between quotes"],
  ["a text that begins with !", "label: Leads", "label: !Leads", "12:12: a text that begins with ! goes between quotes"],
  ["a text that begins with >", "label: Leads", "label: > Leads", "12:14: a text over several lines begins in the line below its > or |; one that begins with them goes between quotes"],
  ["a text that begins with *", "label: Leads", "label: *Leads", "12:12: the alias *Leads stands for nothing: a text that begins with * goes between quotes"],
  ["an item of a list among keys", "  rep: {", "  - rep: {", "5:1: an item of a list (-) among the keys of a map: write key: value, or all as items"],
  ["text behind a brace", "name: CEO }", "name: CEO } x", "4:22: this belongs to nothing: is a comma, a colon or a line break missing before it?"],
  ["a comment that touches", "name: CEO }", "name: CEO }#x", "4:21: a blank belongs before #; a text with # in it goes between quotes"],
  ["no version", "sightline: 1\n", "", '1:1: "sightline" is missing (expected sightline: 1, the version of this format)'],
];

describe("BU-01 a text that is no YAML is told once, where it is, and what to write", () => {
  test("BU-01 the file that the bad ones differ from is right", () => {
    expect(told(GOOD)).toEqual([]);
  });

  test.each(TABLE)("BU-01 %s", (_title, from, to, expected) => {
    expect(GOOD).toContain(from);
    const faults = told(GOOD.replace(from, to));
    expect(faults.slice(0, expected.split("\n").length).join("\n")).toBe(expected);
    // A key that is nobody's is one more fault where the sections come apart, and nowhere else.
    if (!expected.includes("in lines that are")) expect(faults).toHaveLength(1);
  });

  test("BU-01 what is wrong with words alone is told together, up to what changes how the rest is read", () => {
    const text = GOOD.replace("name: CEO", "name: @CEO")
      .replace("label: Leads", "label: `Leads")
      .replace("won] }", "won]");
    expect(told(text).map((line) => line.split(": ")[0])).toEqual(["4:16", "12:12", "14:15"]);
  });

  test.each([
    [
      "an object that is not closed",
      '{"sightline": 1, "roles": {}',
      "1:1: this { is not closed: write } at its end",
    ],
    [
      "a list that is not closed",
      '{"sightline": [1, "roles": {}}',
      "1:15: this [ is not closed: write ] before the } of 1:30",
    ],
    ["a comma too many", '{"sightline": 1,, "roles": {}}', "1:17: a comma too many"],
    [
      "a long quote that is not closed",
      `{"sightline": "${"x".repeat(500_000)}`,
      '1:15: this " has no other: write one where the text ends',
    ],
  ])("BU-01 %s, in JSON", (_title, text, expected) => {
    expect(told(text)).toEqual([expected]);
  });
});

/** Every fault without the name of the file. */
function told(text: string): string[] {
  try {
    parseOrganizationFile(text, "f");
    return [];
  } catch (error) {
    if (!(error instanceof InvalidPolicy)) throw error;
    return error.message.split("\n").map((line) => line.slice("f:".length));
  }
}
