import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseOrganizationFile } from "../src/file/parse.ts";
import type { OrganizationFile } from "./oracle/file.ts";
import { reachable } from "./oracle/oracle.ts";
import { cutPieces, fencesIn, joinPieces, shownCommands } from "./readme/blocks.ts";
import { shownOutput, stableOutput } from "./readme/output.ts";
import { openSession, type Session } from "./readme/session.ts";
import { withTables } from "./readme/tables.ts";

const root = new URL("../", import.meta.url);
const markdown = readFileSync(new URL("README.md", root), "utf8");
const pieces = cutPieces(markdown);
const commands = shownCommands(pieces);
const { scripts = {} } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
  readonly scripts?: Record<string, string>;
};

/** `npm test` runs this file, and `npm run readme` writes what this file compares. */
const runsThisItself = (code: string) => /^npm (test|run readme)\b/.test(code);

describe("the commands of the README", () => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession();
  });
  afterAll(async () => session.close());

  const run = commands
    .filter(({ code }) => !runsThisItself(code))
    .map((shown) => ({ ...shown, title: shown.code.trim().replaceAll("\n", " ⏎ ") }));
  test.each(run)("$title", async ({ code, output }) => {
    const printed = await session.run(code);
    if (output === null) return;
    expect(output.body, "an output that was never written: npm run readme").not.toBe("");
    expect(stableOutput(shownOutput(output.language, printed))).toBe(stableOutput(output.body));
  });

  test("are the commands that the program knows", async () => {
    const [, listed = ""] = (await session.run("npm run -s sightline -- --help")).split("Commands:\n");
    const known = [...listed.matchAll(/^ {2}([a-z]+)\b/gm)].flatMap(([, name = ""]) =>
      name === "help" ? [] : [name],
    );
    const section = markdown.slice(markdown.indexOf("## Commands"), markdown.indexOf("## Settings"));
    const told = [...section.matchAll(/^\| `([a-z]+)/gm)].map(([, name = ""]) => name);
    expect(known.length).toBeGreaterThan(3);
    expect(told.toSorted()).toEqual(known.toSorted());
  });
});

test("the first two commands are npm start and npm test", () => {
  expect(commands.slice(0, 2).map(({ code }) => code.trim())).toEqual(["npm start", "npm test"]);
});

test("every npm script that the README names exists", () => {
  const named = [...markdown.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name = ""]) => name);
  const wanted = [...new Set([...named, "start", "test"])];
  expect(wanted.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test("its tables of settings and personas are those of the code", () => {
  expect(withTables(markdown)).toBe(markdown);
});

test("every path that the README names exists", () => {
  const paths = [...markdown.matchAll(/`((?:src|test)\/[\w./-]*)`/g)].map(([, path = ""]) => path);
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

test("every room of the house is in its table", () => {
  const files = readdirSync(new URL("src/", root), { recursive: true, withFileTypes: true });
  const rooms = files.flatMap(({ name, parentPath }) => {
    const [, room] = /\/src\/([^/]+)/.exec(`${parentPath}/`) ?? [];
    return room !== undefined && name.endsWith(".ts") ? [room] : [];
  });
  expect(rooms.length).toBeGreaterThan(50);
  expect([...new Set(rooms)].filter((room) => !markdown.includes(`| \`src/${room}/\` |`))).toEqual([]);
});

test("its organisation files are whole, and what they expect is what the specification gives", () => {
  const files = fencesIn(pieces, "yaml");
  expect(files.length).toBeGreaterThan(0);
  for (const text of files) {
    parseOrganizationFile(text, "README.md");
    const file = parse(text) as OrganizationFile;
    const now = Date.parse(file.expect?.at ?? "");
    const rows = file.expect?.access ?? [];
    expect(rows.length).toBeGreaterThan(0);
    for (const { user, module, read = [], update = [] } of rows) {
      expect([...reachable(file, user, module, "READ", now)].sort()).toEqual([...read].sort());
      expect([...reachable(file, user, module, "UPDATE", now)].sort()).toEqual([...update].sort());
    }
  }
});

test("cutting a text into its blocks loses nothing", () => {
  expect(joinPieces(pieces)).toBe(markdown);
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
