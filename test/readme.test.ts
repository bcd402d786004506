import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseOrganizationFile } from "../src/file/parse.ts";
import { readSettings } from "../src/settings/settings.ts";
import { TABLE } from "../src/settings/table.ts";

import type { OrganizationFile } from "./oracle/file.ts";
import { reachable } from "./oracle/oracle.ts";
import { fencesIn, joinPieces, organizationFilesIn, shownCommands } from "./readme/blocks.ts";
import { DOCUMENTS, ROOT, readDocument, runsThisItself } from "./readme/documents.ts";
import { brokenLinks } from "./readme/links.ts";
import { shownOutput, stableOutput } from "./readme/output.ts";
import { importsBetweenRooms } from "./readme/rooms.ts";
import { openSession, type Session } from "./readme/session.ts";
import { marksOf, TABLE_NAMES, withTables } from "./readme/tables.ts";

const documents = DOCUMENTS.map(readDocument);
const [readme] = documents as [(typeof documents)[number]];
const everything = documents.map(({ text }) => text).join("\n");
const { scripts = {} } = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8")) as {
  readonly scripts?: Record<string, string>;
};

/** What production asks for, where a file of settings tells of something else. */
const LEAST = {
  SIGHTLINE_JWKS_URL: "https://id.example.com/certs",
  SIGHTLINE_JWT_ISSUER: "https://id.example.com",
  SIGHTLINE_JWT_AUDIENCE: "sightline",
  SIGHTLINE_AUDIT_KEYS: "2026:0123456789abcdef0123456789abcdef",
};

/** Languages of blocks that other tests prove. */
const PROVEN_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  // `test/client/libraries.test.ts` type-checks it.
  "src/client/README.md": ["ts"],
  // `test/server/sign-in/providers.test.ts` signs in with them.
  "src/server/SIGN-IN.md": ["json", "js"],
};

const withCommands = documents.filter(({ pieces }) => shownCommands(pieces).length > 0);
describe.each(withCommands)("the commands of $path", ({ pieces }) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession();
  });
  afterAll(async () => session.close());

  const run = shownCommands(pieces)
    .filter(({ code }) => !runsThisItself(code))
    .map((shown) => ({ ...shown, title: shown.code.trim().replaceAll("\n", " ⏎ ") }));
  test.each(run)("$title", async ({ code, output }) => {
    const printed = await session.run(code);
    if (output === null) return;
    expect(output.body, "an output that was never written: npm run readme").not.toBe("");
    expect(stableOutput(shownOutput(output.language, printed))).toBe(stableOutput(output.body));
  });
});

describe.each(documents)("what $path says", ({ path, url, text, pieces }) => {
  test("in blocks is proven: a language that no test knows is none", () => {
    const shown = new Set(shownCommands(pieces).flatMap(({ output }) => output?.index ?? []));
    // What the bench has printed at large is not run again.
    const measured = text.slice(text.indexOf("<!-- bench:"), text.indexOf("<!-- end of bench -->"));
    const unproven = pieces.flatMap((piece, at) => {
      if (piece.kind === "PROSE" || shown.has(at) || measured.includes(piece.body)) return [];
      return ["sh", "yaml", "ini", "mermaid"].includes(piece.language) ? [] : [piece.language];
    });
    expect([...new Set(unproven)]).toEqual(PROVEN_ELSEWHERE[path] ?? []);
  });

  test("in tables is made from the code: npm run readme", () => {
    expect(withTables(text)).toBe(text);
  });

  test("names npm scripts that there are", () => {
    const named = [...text.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name = ""]) => name);
    expect([...new Set(named)].filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test("names files and folders that there are", () => {
    const named = [...text.matchAll(/`((?:src|test)\/[\w./-]*)`/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !existsSync(new URL(name, ROOT)))).toEqual([]);
  });

  test("names settings that there are", () => {
    const known: readonly string[] = Object.values(TABLE).map(({ variable }) => variable);
    const named = [...text.matchAll(/\bSIGHTLINE_[A-Z_]+\b/g)].map(([name]) => name);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  test("leads somewhere: every link has its file and its heading", () => {
    expect(brokenLinks(text, url)).toEqual([]);
  });

  test("in a file of settings starts a production server", () => {
    for (const file of fencesIn(pieces, "ini")) {
      const lines = file.split("\n").filter((line) => line.includes("="));
      const environment = Object.fromEntries(lines.map((line) => line.split(/=(.*)/)));
      expect(readSettings({ ...LEAST, ...environment }, "SERVE").isDevelopment).toBe(false);
    }
  });

  test("in an organisation file is whole, and expects what the specification gives", () => {
    for (const source of organizationFilesIn(pieces)) {
      parseOrganizationFile(source, path);
      const file = parse(source) as OrganizationFile;
      const now = Date.parse(file.expect?.at ?? "");
      const rows = file.expect?.access ?? [];
      expect(rows.length).toBeGreaterThan(0);
      for (const { user, module, read, update, delete: deleted } of rows) {
        const expected = [["READ", read] as const, ["UPDATE", update] as const, ["DELETE", deleted] as const];
        for (const [action, keys] of expected) {
          if (keys === undefined) continue;
          expect([...reachable(file, user, module, action, now)].sort()).toEqual([...keys].sort());
        }
      }
    }
  });

  test("fits a screen: lines of at most 140 characters but in tables", () => {
    const written = text.replace(/<!-- bench:[\s\S]*<!-- end of bench -->/, "");
    expect(written.split("\n").filter((line) => line.length > 140 && !line.startsWith("|"))).toEqual([]);
  });

  test("is put together again as it was cut into blocks", () => {
    expect(joinPieces(pieces)).toBe(text);
  });
});

describe("the README", () => {
  test("begins with npm start and npm test, and has at most 550 lines", () => {
    const [first, second] = shownCommands(readme.pieces);
    expect([first?.code, second?.code]).toEqual(["npm start\n", "npm test\n"]);
    expect(readme.text.trimEnd().split("\n").length).toBeLessThanOrEqual(550);
  });

  test("leads to every other document", () => {
    expect(documents.slice(1).filter(({ path }) => !readme.text.includes(`](${path})`))).toEqual([]);
  });

  test("has every room of the house in its table, with what that imports", () => {
    const rows = [...readme.text.matchAll(/^\| `src\/(\w+)\/` \|.*\|(.*)\|$/gm)];
    const told = rows.map(([, room = "", imports = ""]): [string, string[]] => [
      room,
      [...imports.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name).sort(),
    ]);
    expect(Object.fromEntries(told)).toEqual(importsBetweenRooms());
    const rooms = told.map(([room]) => room);
    for (const [at, [room, imports]] of told.entries())
      expect(rooms.slice(0, at), `${room} imports only from rooms above it`).toEqual(
        expect.arrayContaining(imports),
      );
  });
});

test("every table that is made from the code is in one document", () => {
  const times = TABLE_NAMES.map((name) => everything.split(marksOf(name)[0]).length - 1);
  expect(times).toEqual(TABLE_NAMES.map(() => 1));
});

test("the commands told are those that the program knows", async () => {
  const session = await openSession();
  const [, listed = ""] = (await session.run("npm run -s sightline -- --help")).split("Commands:\n");
  await session.close();
  const known = [...listed.matchAll(/^ {2}([a-z]+)\b/gm)].flatMap(([, name = ""]) =>
    name === "help" ? [] : [name],
  );
  const [, section = ""] = readme.text.split("## Commands\n");
  const told = [...(section.split("\n## ")[0] ?? "").matchAll(/^\| `([a-z]+)/gm)].map(
    ([, name = ""]) => name,
  );
  expect(known.length).toBeGreaterThan(3);
  expect(told.toSorted()).toEqual(known.toSorted());
});

test.each([
  ["an id", '{"id":"UmVjb3JkOjAx"}', '{"id":"VXNlcjowMg"}', true],
  ["an instant", "until 2026-12-01T16:00:00.000Z.", "until 2031-01-02T16:00:00Z.", true],
  ["a policy version", '"policyVersion": 3', '"policyVersion": 12', true],
  ["a duration", "(28 expectations, 412 ms)", "(28 expectations, 9 ms)", true],
  ["a total", '{"totalCount":185}', '{"totalCount":186}', false],
  ["a name", '{"name":"Ray Okonkwo"}', '{"name":"Meg Harcourt"}', false],
  ["a decision", '{"allowed":true}', '{"allowed":false}', false],
  ["a number of expectations", "(28 expectations, 412 ms)", "(27 expectations, 412 ms)", false],
])("%s that differs: %s, %s", (_, one, other, isSame) => {
  expect(stableOutput(one) === stableOutput(other)).toBe(isSame);
});

test.each([
  ["a file", "[a](run.ts)", []],
  ["no file", "[a](nothing.ts)", ["nothing.ts"]],
  ["a heading here", "[a](#the-house)\n\n## The house\n", []],
  ["no heading here", "[a](#the-house)\n\n## The houses\n", ["#the-house"]],
  ["a heading elsewhere", "[a](../README.md#the-house)", []],
  ["no heading elsewhere", "[a](../README.md#the-shed)", ["../README.md#the-shed"]],
  ["another site", "[a](https://example.com/nothing)", []],
])("a link to %s: %s", (_, text, broken) => {
  expect(brokenLinks(text, new URL("test/text.md", ROOT))).toEqual(broken);
});
