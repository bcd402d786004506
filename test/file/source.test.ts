import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readDraft } from "../../src/file/draft.ts";
import { parseOrganizationFile } from "../../src/file/parse.ts";
import { Faults } from "../../src/file/reading/faults.ts";
import { NotSliceable } from "../../src/file/reading/record-slices.ts";
import { openSliced, openWhole, type Source } from "../../src/file/reading/source.ts";
import { bad, GOOD } from "./bad-file.ts";
import { GOOD_FILES } from "./files.ts";

/** The head of a file, for `records:` in various layouts. */
const HEAD = "sightline: 1\norganization: {}\nroles: {}\nusers: {}\n";

/** Records that stand one by one: the slices must say what the whole says. */
const SLICEABLE: readonly [string, string][] = [
  ["one line each", "records:\n  leads:\n    a: { owner: x }\n    b: { owner: y }\n"],
  [
    "in blocks",
    "records:\n  leads:\n    a:\n      owner: x\n      values:\n        n: 1\n    b:\n      owner: y\n",
  ],
  [
    "with comments and blank lines",
    "records: # all\n\n  # first\n  leads: # here\n# far left\n    a: { owner: x } # one\n\n    b: { owner: y }\n",
  ],
  ["in two modules", "records:\n  leads:\n    a: { owner: x }\n  deals:\n      b: { owner: y }\n"],
  ["before other sections", "records:\n  leads:\n    a: { owner: x }\nshares: []\n# end\nexpect: {}\n"],
  [
    "with text over several lines",
    'records:\n  leads:\n    a:\n      name: |\n        one\n\n        b: two\n      owner: "x\n        y"\n    b: { owner: y }\n',
  ],
  ["with Windows line ends", "records:\r\n  leads:\r\n    a: { owner: x }\r\n    b: { owner: y }\r\n"],
  [
    "with faults",
    "records:\n  leads:\n    a: { owner: x, owner: y, colour: red }\n    b: []\n    c: 1\n    d:\n",
  ],
  [
    "over several lines in braces",
    "records:\n  leads:\n    a: { owner: x,\n      name: y }\n    b: { owner: y }\n",
  ],
];

/** Records in braces: whole files, which JSON is. */
const IN_BRACES: readonly [string, string][] = [
  ["one line", `${HEAD}records: { leads: { a: { owner: x }, b: { owner: y } } }\n`],
  ["nothing", `${HEAD}records: {}\nshares: []\n`],
  ["a module of nothing", `${HEAD}records: { leads: {}, deals: { a: { owner: x } } }\n`],
  [
    "comments, commas at the end, text with braces",
    `${HEAD}records: # all\n  { leads: { # }\n    a: { owner: "}, b: {", values: { t: 'it''s {', l: [1, [2]] } }, # one\n    "b": 1, },\n  }\nexpect: {}\n`,
  ],
  [
    "JSON on one line",
    '{"sightline":1,"roles":{},"records":{"leads":{"a":{"owner":"x"},"b":[]}},"users":{}}',
  ],
  [
    "JSON on lines at the margin",
    '{\n"records": {\n"leads": {\n"a": {\n"owner": "x\\u00e9\\n"\n},\n"b 1": null\n}\n},\n"organization": {"key": 5},\n"shares": {}\n}\n',
  ],
  [
    "JSON with records before and in other places",
    '{"groups":{"records":{"a":1}},"records":{"records":{"records":{}}}}',
  ],
  [
    "faults in it",
    '{"records":{"leads":{"a":{"owner":"x","owner":"y","__proto__":1},"b":3,"":{}}},"colour":{}}',
  ],
];

/** Files in braces that cannot be cut without reading something else than the whole. */
const BRACES_WHOLE: readonly [string, string][] = [
  ["a repeated record", '{"records":{"leads":{"a":{"owner":"x"},"a":{"owner":"y"}}}}'],
  ["a repeated module", '{"records":{"leads":{"a":{}},"leads":{"b":{}}}}'],
  ["records twice", '{"records":{"leads":{"a":{}}},"records":{"leads":{"b":{}}}}'],
  ["records twice, once cited otherwise", '{"records":{"leads":{"a":{}}},\'records\':{}}'],
  ["a list", '{"records":[{"a":{}}]}'],
  ["a key of another kind", '{"records":{"leads":{"__proto__":{}}}}'],
  ["no end", '{"records":{"leads":{"a":{"owner":"x"}}'],
  ["a brace too many", '{"records":{"leads":{"a":{"owner":"x"}}}}}'],
  ["a second document", "{records: {leads: {a: {}}}}\n---\n{}\n"],
  ["an alias", "{groups: &g {}, records: {leads: {a: *g}}}"],
  ["an alias afterwards", "{records: {leads: {a: &g {}}}, groups: *g}"],
  ["a tag", "{records: {leads: {a: !x {}}}}"],
  ["braces that end at the margin below a key", `${HEAD}records: {\n  leads: { a: { owner: x } }\n}\n`],
  ["braces that go on at the margin", `${HEAD}records: { leads:\n{ a: { owner: x } } }\n`],
  ["text that looks like records", `${HEAD}groups: |\n  x\nrecord: "\nrecords: {a: {b: {}}}"\n`],
];

/** Layouts that cannot be cut without reading something else than the whole: they are read whole. */
const WHOLE: readonly [string, string][] = [
  ["in braces by module", "records:\n  leads: { a: { owner: x } }\n"],
  ["empty", "records:\nshares: []\n"],
  ["an empty module", "records:\n  leads:\n  deals:\n    a: { owner: x }\n"],
  ["a repeated record", "records:\n  leads:\n    a: { owner: x }\n    a: { owner: y }\n"],
  ["a repeated module", "records:\n  leads:\n    a: { owner: x }\n  leads:\n    b: { owner: y }\n"],
  ["a repeated section", "records:\n  leads:\n    a: { owner: x }\nroles: {}\n"],
  ["records twice", "records:\n  leads:\n    a: { owner: x }\nrecords:\n  leads:\n    b: { owner: y }\n"],
  ["an anchor used elsewhere", "records:\n  leads:\n    a: &a { owner: x }\n    b: *a\n"],
  ["an anchor used after", "records:\n  leads:\n    a: &a { owner: x }\nshares: *a\n"],
  ["an anchor from before", "groups: &g {}\nrecords:\n  leads:\n    a: *g\n"],
  ["a second document", "records:\n  leads:\n    a: { owner: x }\n---\nshares: []\n"],
  ["a brace left open", "records:\n  leads:\n    a: { owner: x,\n    b: { owner: y } }\n"],
  ["text that looks like records", 'groups: "\nrecords:\n  leads:\n    a: { owner: x }\n"\n'],
  ["a list", "records:\n  - leads:\n      a: {}\n"],
  ["a record that is no entry", "records:\n  leads:\n    a\n"],
  ["a quoted key", 'records:\n  leads:\n    "a": { owner: x }\n'],
  ["tabs", "records:\n  leads:\n\t  a: { owner: x }\n"],
  ["uneven records", "records:\n  leads:\n     a: { owner: x }\n    b: { owner: y }\n"],
];

describe("BU-06 records that are read one by one", () => {
  test.each(SLICEABLE)("BU-06 %s: the same entries and faults as from the whole", (_title, records) => {
    const sliced = openSliced(HEAD + records);
    expect(sliced).not.toBeNull();
    if (sliced !== null) expect(told(sliced)).toEqual(told(openWhole(HEAD + records)));
  });

  test.each(WHOLE)("BU-06 %s: read whole", (_title, records) => {
    const sliced = openSliced(HEAD + records);
    if (sliced !== null) expect(() => told(sliced)).toThrow(NotSliceable);
  });

  test.each(IN_BRACES)(
    "BU-06 in braces, %s: the same entries and faults as from the whole",
    (_title, text) => {
      const sliced = openSliced(text);
      expect(sliced).not.toBeNull();
      if (sliced !== null) expect(told(sliced)).toEqual(told(openWhole(text)));
    },
  );

  test.each(BRACES_WHOLE)("BU-06 in braces, %s: read whole", (_title, text) => {
    const sliced = openSliced(text);
    if (sliced !== null) expect(() => told(sliced)).toThrow(NotSliceable);
  });

  test.each(GOOD_FILES)("BU-06 $name as JSON", ({ text }) => {
    for (const indent of [0, 2]) {
      const json = JSON.stringify(parse(text), null, indent);
      const sliced = openSliced(json);
      expect(sliced === null).toBe((parse(text) as { records?: unknown }).records === undefined);
      if (sliced !== null) expect(told(sliced)).toEqual(told(openWhole(json)));
    }
  });

  test("BU-01 a second document is a fault of the text, not left out", () => {
    expect(openWhole(`${HEAD}---\nshares: []\n`).syntax).toEqual([
      { offset: HEAD.length, message: expect.stringContaining("a second document begins here") },
    ]);
  });

  test.each(["%YAML 1.1\n---\n", "--- {}\n...\n"])("BU-06 after %j: read whole", (before) => {
    expect(openSliced(`${before}${HEAD}records:\n  leads:\n    a: { owner: x }\n`)).toBeNull();
  });

  test.each(GOOD_FILES.filter(({ text }) => /^records:$/m.test(text)))("BU-06 $name", ({ text }) => {
    const sliced = openSliced(text);
    if (sliced === null)
      return expect(/^ {2}[a-z]+: \{/m.test(text.slice(text.indexOf("\nrecords:")))).toBe(true);
    expect(told(sliced)).toEqual(told(openWhole(text)));
  });

  test.each([
    ["in blocks", "records:\n  leads:\n    a: { owner: x }\n    b:\n      owner: y\n"],
    ["in braces", 'records: {"leads": {"a": {owner: x}, b: {owner: y}}}\n'],
  ])("BU-06 places in records %s are those of the whole", (_title, records) => {
    const [sliced, whole] = [openSliced(HEAD + records), openWhole(HEAD + records)];
    const paths = [
      ["leads"],
      ["leads", "a"],
      ["leads", "b", "owner"],
      ["leads", "b", "name"],
      ["leads", "c"],
    ];
    for (const path of paths) {
      for (const part of ["KEY", "VALUE"] as const) {
        const found = sliced?.place(["records", ...path], part);
        expect([path, part, found]).toEqual([path, part, whole.place(["records", ...path], part)]);
      }
    }
  });

  test("BU-06 tells of every record read", () => {
    const read: unknown[] = [];
    parseOrganizationFile(bad({}).text, "acme.yaml", (...told) => read.push(told));
    expect(read).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(GOOD["records"]?.match(/owner/g)).toHaveLength(2);
  });
});

/** Everything that reading tells: what was read, and each fault with its place. */
function told(source: Source): unknown {
  const faults = new Faults();
  const draft = readDraft(source, faults, () => {});
  return { draft, faults: faults.placed("acme.yaml", source) };
}
