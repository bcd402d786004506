import { describe, expect, test } from "vitest";
import { readDraft } from "../../src/bundle/draft.ts";
import { Faults } from "../../src/bundle/faults.ts";
import { parseOrganizationFile } from "../../src/bundle/parse.ts";
import { NotSliceable } from "../../src/bundle/record-slices.ts";
import { openSliced, openWhole, type Source } from "../../src/bundle/source.ts";
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

/** Layouts that cannot be cut without reading something else than the whole: they are read whole. */
const WHOLE: readonly [string, string][] = [
  ["in braces", "records: { leads: { a: { owner: x } } }\n"],
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

  test.each(["%YAML 1.1\n---\n", "--- {}\n...\n"])("BU-06 after %j: read whole", (before) => {
    expect(openSliced(`${before}${HEAD}records:\n  leads:\n    a: { owner: x }\n`)).toBeNull();
  });

  test.each(GOOD_FILES.filter(({ text }) => /^records:$/m.test(text)))("BU-06 $name", ({ text }) => {
    const sliced = openSliced(text);
    if (sliced === null)
      return expect(/^ {2}[a-z]+: \{/m.test(text.slice(text.indexOf("\nrecords:")))).toBe(true);
    expect(told(sliced)).toEqual(told(openWhole(text)));
  });

  test("BU-06 tells of every record read", () => {
    let read = 0;
    parseOrganizationFile(bad({}).text, "acme.yaml", () => {
      read += 1;
    });
    expect(read).toBe(2);
    expect(GOOD["records"]?.match(/owner/g)).toHaveLength(2);
  });
});

/** Everything that reading tells: what was read, and each fault with its place. */
function told(source: Source): unknown {
  const faults = new Faults();
  const draft = readDraft(source, faults, () => {});
  return { draft, faults: faults.placed("acme.yaml", source) };
}
