import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseOrganizationFile } from "../../src/file/parse.ts";
import { printOrganizationFile } from "../../src/file/print.ts";
import { openSliced } from "../../src/file/reading/source.ts";
import { missingOfName } from "../../src/kernel/name.ts";
import { isStorable } from "../../src/kernel/text.ts";
import { randomOrganization } from "../random/organization.ts";
import { bad, GOOD } from "./bad-file.ts";
import { GOOD_FILES } from "./files.ts";

describe("BU-02 a round trip is the identity", () => {
  test.each(GOOD_FILES)("BU-02 $name", ({ name, text }) => expectRoundTrip(text, name));

  test("BU-02 random organisations", () => {
    for (let seed = 100; seed < 140; seed += 1)
      expectRoundTrip(JSON.stringify(randomOrganization(seed)), `seed ${seed}`);
  });

  test("BU-02 any text that a database keeps, in names and values", () => {
    const tricky = fc.constantFrom(
      "null",
      "true",
      "no",
      "~",
      "1",
      "1e3",
      "0x1F",
      ".inf",
      "2026-01-01",
      "- a",
      "a: b",
      "a #b",
      "#a",
      "'",
      '"',
      "\\",
      "{",
      "[",
      ",",
      "*a",
      "&a",
      "!a",
      "%a",
      "@a",
      "`",
      "|",
      ">",
      "?",
      "---",
      "...",
      " a",
      "a ",
      "a\nb",
      "a\r\nb",
      "\n",
      "\t",
      "\u0085",
      "\u2028",
      "\uFEFF",
      "\u007F",
      "\u{1F680}",
      "<<",
      "=",
    );
    const text = fc
      .oneof(
        tricky,
        fc.string({ unit: "binary", minLength: 1 }),
        fc.tuple(tricky, tricky).map(([a, b]) => a + b),
      )
      .filter(isStorable);
    const name = text.filter((each) => missingOfName(each) === null);
    fc.assert(
      fc.property(name, text, name, (name, note, option) => {
        const file = {
          sightline: 1,
          organization: {
            key: "acme",
            name,
            timeZone: "UTC",
            edition: "STANDARD",
            seats: { regular: 1, team: 0 },
            superAdmin: "root@acme.test",
          },
          roles: { ceo: { name } },
          users: { "root@acme.test": { name, role: "ceo" } },
          modules: {
            leads: {
              label: name,
              fields: { note: { type: "TEXT" }, pick: { type: "MULTI_PICKLIST", options: [option] } },
            },
          },
          sharingRules: {
            r: {
              name,
              module: "leads",
              criteria: { field: "note", op: "EQ", value: note },
              to: "everyone",
              access: "READ_ONLY",
            },
          },
          records: { leads: { a: { owner: "root@acme.test", name, values: { note, pick: [option] } } } },
        };
        expectRoundTrip(JSON.stringify(file), "any text");
      }),
      { numRuns: 300 },
    );
  });

  test.each([0.1, 5e-324, -0.000001, 9007199254740991, -9007199254740991, 123456789.125])(
    "BU-02 the number %d",
    (number) => {
      const file = parseOrganizationFile(
        bad({
          records: `${GOOD["records"]}\n    x: { owner: ray@acme.test, name: X, values: { revenue: ${number} } }`,
        }).text,
        "acme.yaml",
      );
      expect(file.records?.get("leads")?.get("x")?.values.get("revenue")).toBe(number);
      expect(parseOrganizationFile(printOrganizationFile(file), "acme.yaml")).toEqual(file);
    },
  );
});

describe("BU-02 the canonical text", () => {
  test("BU-02 is the same whatever the order of maps, the spelling of addresses and the layout", () => {
    const one = bad({
      groups: "{ b: { name: B, members: [ { user: ray@acme.test } ] }, a: { members: [], name: A } }",
    }).text;
    const other = bad({
      groups:
        "\n  a:\n    name: A\n    members: []\n  b: { members: [ { user: RAY@acme.test } ], name: 'B' }",
    }).text;
    expect(print(one)).toBe(print(other));
  });

  test("BU-02 keeps the order of modules, fields, options and members, which has a meaning", () => {
    const printed = print(
      bad({
        modules:
          "\n  z: { label: Z, fields: { b: { type: PICKLIST, options: [y, x] }, a: { type: TEXT } } }\n  leads: { label: L, fields: { account: { type: LOOKUP, module: accounts } } }\n  forecasts: {}\n  accounts: { label: A, fields: { city: { type: TEXT } } }\n  tickets: { label: T, kind: TEAM }",
      }).text,
    );
    expect(printed.match(/^ {2}(z|leads|accounts|tickets|forecasts):/gm)?.slice(0, 5)).toEqual([
      "  z:",
      "  leads:",
      "  forecasts:",
      "  accounts:",
      "  tickets:",
    ]);
    expect(printed).toContain("      b: { type: PICKLIST, options: [ y, x ] }\n      a: { type: TEXT }\n");
  });

  test("BU-02 omits what is default, one entry a line", () => {
    const printed = print(
      bad({
        groups: null,
        shares: "[ { record: leads/lead-1, to: { role: rep }, access: FULL, includeRelated: false } ]",
      }).text,
    );
    expect(printed).toBe(`sightline: 1
organization:
  key: acme
  name: Acme
  timeZone: Europe/Berlin
  edition: ENTERPRISE
  seats: { regular: 4, team: 2 }
  superAdmin: root@acme.test
roles:
  ceo: { name: CEO }
  manager: { name: Manager, parent: ceo }
  rep: { name: Rep, parent: manager }
users:
  meg@acme.test: { name: Meg, role: manager }
  old@acme.test: { name: Old, role: rep, status: DELETED }
  ray@acme.test: { name: Ray, role: rep, reportsTo: meg@acme.test }
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  tia@acme.test: { name: Tia, role: rep, license: TEAM, teamModules: { tickets: MEMBER } }
modules:
  leads:
    label: Leads
    fields:
      status: { type: PICKLIST, options: [ new, won ] }
      revenue: { type: NUMBER }
      account: { type: LOOKUP, module: accounts }
      boss: { type: USER }
      met: { type: DATE }
      called: { type: DATETIME }
      tags: { type: MULTI_PICKLIST, options: [ a, b ] }
      mail: { type: EMAIL }
      open: { type: BOOLEAN }
      note: { type: TEXT }
  accounts:
    label: Accounts
    fields:
      city: { type: TEXT, required: true }
  tickets:
    label: Tickets
    kind: TEAM
records:
  accounts:
    acme: { owner: ray@acme.test, name: Acme, values: { city: Berlin } }
  leads:
    lead-1: { owner: ray@acme.test, name: One, values: { account: acme } }
shares:
  - { record: leads/lead-1, to: { role: rep }, access: FULL }
`);
  });

  test("BU-06 is in the layout whose records are read one by one", () => {
    expect(openSliced(print(bad({}).text))).not.toBeNull();
  });
});

function print(text: string): string {
  return printOrganizationFile(parseOrganizationFile(text, "acme.yaml"));
}

function expectRoundTrip(text: string, name: string): void {
  const file = parseOrganizationFile(text, name);
  const printed = printOrganizationFile(file);
  const again = parseOrganizationFile(printed, name);
  expect(again).toEqual(file);
  expect(printOrganizationFile(again)).toBe(printed);
}
