import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readsAbove } from "./architecture/alone.ts";
import { breaches } from "./architecture/check.ts";
import { circlesOfFiles, circlesOfFolders } from "./architecture/circles.ts";
import { factsOf } from "./architecture/facts.ts";
import { unboundedLists } from "./architecture/parts.ts";

const SRC = join(import.meta.dirname, "../src");

const sources = new Map(
  readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !/(^|\/)generated\//.test(path))
    .map((path) => [path, readFileSync(join(SRC, path), "utf8")]),
);
const imports = importsOf(sources);

test("every import and spelling of src keeps to the table of rooms", () => {
  expect(sources.size).toBeGreaterThan(50);
  expect(breaches(sources)).toEqual([]);
});

test("no circle of imports between files of src", () => {
  expect(circlesOfFiles(imports)).toEqual([]);
});

test("no circle of imports between folders of src", () => {
  expect(circlesOfFolders(imports)).toEqual([]);
});

test("BU-01 no statement is given a list whose length follows the data", () => {
  const inStore = [...sources].filter(([path]) => /^(store|file|database|server|cli)\//.test(path));
  expect(inStore.length).toBeGreaterThan(150);
  expect(inStore.flatMap(([path, source]) => unboundedLists(path, source))).toEqual([]);
});

test.each([
  ["where: { id: oneOf(part) }", null],
  ["where: { id: { in: ids } }", "`in` without oneOf"],
  ["where: { id: { notIn: [...ids] } }", "`notIn` without oneOf"],
  ["where: { id }, include: { members: true }", "a relation is included"],
  ["where: { id }, select: { id: true, members: { select: { kind: true } } }", "a relation is selected"],
  ["where: { id }, select: { id: true }", null],
  ["where: { OR: [{ id }, { key }] }", null],
  ["where: { OR: rowsOf(part) }", null],
  ["where: { OR: ids.map((id) => ({ id })) }", "`OR` of a list"],
])("the checker of lists judges %s: %s", (argument, expected) => {
  const found = unboundedLists("store/x.ts", `await tx.group.findMany({ ${argument} });`);
  expect(found.join()).toContain(expected ?? "");
  expect(found).toHaveLength(expected === null ? 0 : 1);
});

test.each([
  ["createMany({ data: rowsOf(part) })", 0],
  ["createMany({ data })", 1],
  ["createMany({ data: rows.map(row) })", 1],
])("the checker of lists judges rows: %s has %i", (call, expected) => {
  expect(unboundedLists("store/x.ts", `await tx.group.${call};`)).toHaveLength(expected);
});

function importsOf(files: Iterable<readonly [path: string, source: string]>) {
  return new Map([...files].map(([path, source]) => [path, factsOf(path, source).imports]));
}

// The finder of circles, on made-up files: each path with what it imports, `type` for a type, and the circles expected.
test.each([
  ["a way without a way back", ["a/x.ts b/y.ts", "b/y.ts c/z.ts"], [], []],
  ["two files of a folder", ["a/x.ts a/y.ts", "a/y.ts a/x.ts"], ["a/x.ts -> a/y.ts -> a/x.ts"], []],
  ["a type", ["a/x.ts b/y.ts", "b/y.ts type a/x.ts"], [], []],
  ["two folders", ["a/x.ts b/y.ts", "b/y.ts a/x.ts"], ["a/x.ts -> b/y.ts -> a/x.ts"], ["a -> b -> a"]],
  ["two folders by different files", ["a/x.ts b/y.ts", "b/z.ts a/w.ts"], [], ["a -> b -> a"]],
  [
    "three folders",
    ["a/x.ts b/y.ts", "b/z.ts c/x.ts", "c/y.ts a/w.ts", "d/x.ts a/x.ts"],
    [],
    ["a -> b -> c -> a"],
  ],
  ["a folder and one inside it", ["a/x.ts a/b/y.ts", "a/b/z.ts a/w.ts"], [], []],
  ["folders of which only the names begin alike", ["a/x.ts ab/y.ts", "ab/z.ts a/w.ts"], [], ["a -> ab -> a"]],
  [
    "two folders inside one, through it",
    ["a/b/x.ts a/y.ts", "a/z.ts a/b/w.ts", "a/c/x.ts a/y.ts", "a/z.ts a/c/w.ts"],
    [],
    ["a/b -> a -> a/c -> a -> a/b"],
  ],
  [
    "two circles apart",
    ["a/x.ts b/y.ts", "b/z.ts a/w.ts", "c/x.ts d/y.ts", "d/z.ts c/w.ts"],
    [],
    ["a -> b -> a", "c -> d -> c"],
  ],
] as const)("the finder of circles judges %s", (_, lines, files, folders) => {
  const madeUp = new Map<string, string>();
  for (const line of lines) {
    const [path = "", ...imported] = line.split(" ");
    const kind = imported.length === 2 ? "type *" : "*";
    const from = "../".repeat(path.split("/").length - 1) + imported.at(-1);
    madeUp.set(path, `${madeUp.get(path) ?? ""}export ${kind} from "${from}";`);
  }
  expect(circlesOfFiles(importsOf(madeUp))).toEqual(files);
  expect(circlesOfFolders(importsOf(madeUp))).toEqual(folders);
});

test("the set-up script needs nothing that it has yet to install", () => {
  const setup = factsOf("setup.ts", readFileSync(join(SRC, "cli/setup.mjs"), "utf8"));
  expect(setup.imports.filter(({ from }) => !from.startsWith("node:"))).toEqual([]);
});

test("nothing reads a path above the repository", () => {
  const root = join(SRC, "..");
  const paths = ["src", "test"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) =>
        join(folder, path),
      ),
    )
    .filter((path) => /\.m?ts$|\.mjs$/.test(path) && !/(^|\/)generated\//.test(path));
  expect(paths.length).toBeGreaterThan(400);
  expect(paths.flatMap((path) => readsAbove(path, readFileSync(join(root, path), "utf8")))).toEqual([]);
});

test.each([
  ["test/x.ts", 'new URL("../package.json", import.meta.url)', false],
  ["test/x.ts", 'new URL("../../beside/", import.meta.url)', true],
  ["test/policy/x.ts", "readFileSync(`../../../beside/${name}`)", true],
  ["test/policy/x.ts", "readFileSync(`../../${name}`)", false],
  ["src/x.ts", 'join(import.meta.dirname, "../..")', true],
])("%s with %s reads above the repository: %s", (path, source, isAbove) => {
  expect(readsAbove(path, source).length > 0).toBe(isAbove);
});

// The checker itself, on made-up files: path, source, and the row or rule that must be named; null is none.
test.each([
  ["policy/ask/x.ts", 'import { Ability } from "@casl/ability"', null],
  ["policy/ask/x.ts", 'import type { Id } from "../../kernel/id.ts"', null],
  ["policy/ask/x.ts", 'import { readFileSync } from "node:fs"', "row policy"],
  ["policy/ask/x.ts", 'import type { Db } from "../../database/database.ts"', "row policy"],
  ["policy/ask/x.ts", 'type Db = import("../../database/database.ts").Db', "row policy"],
  ["policy/ask/x.ts", 'await import("../../store/open.ts")', "row policy"],
  ["policy/ask/x.ts", 'export * from "../../store/open.ts"', "row policy"],
  ["policy/ask/x.ts", 'export type { Db } from "../../database/database.ts"', "row policy"],
  ["policy/ask/x.ts", 'import { accessibleBy } from "@casl/prisma"', "row policy"],
  ["policy/ask/x.ts", "export const now = () => Date.now()", "Date.now"],
  ["policy/ask/x.ts", 'export const now = () => Date["now"]()', "Date.now"],
  ["policy/ask/x.ts", "const { now } = Date", "Date.now"],
  ["policy/ask/x.ts", "export const now = () => new Date()", "new Date()"],
  ["policy/ask/x.ts", "export const at = (ms: number) => new Date(ms)", null],
  ["policy/ask/x.ts", "export const dice = Math.random()", "Math.random"],
  [
    "policy/ask/x.ts",
    "// Math.random() and process.env\nexport const text = 'import x from \"node:fs\"'",
    null,
  ],
  ["policy/x.ts", "export const a = 1", "no room"],
  ["policy/capability.ts", 'import type { A } from "./model/org.ts"', "row policy/capability.ts"],
  ["policy/model/x.ts", 'import { a } from "../capability.ts"', null],
  ["policy/model/x.ts", 'import type { A } from "../criteria/criteria.ts"', "row policy/model"],
  ["policy/model/x.ts", 'import { Ability } from "@casl/ability"', "row policy/model"],
  ["policy/criteria/x.ts", 'import { a } from "../model/condition.ts"', null],
  ["policy/criteria/x.ts", 'import { a } from "../rights/holding.ts"', "row policy/criteria"],
  ["policy/rights/x.ts", 'import { a } from "../criteria/criteria.ts"', null],
  ["policy/rights/x.ts", 'import { a } from "../gate/index.ts"', "row policy/rights"],
  ["policy/access/kind.ts", 'import type { A } from "../gate/gate.ts"', "row policy/access"],
  ["policy/access/index.ts", 'import type { A } from "../ask/reach.ts"', "row policy/access"],
  ["policy/gate/gate.ts", 'import type { A } from "../access/kind.ts"', "row policy/gate"],
  ["policy/gate/index.ts", 'import { a } from "../ask/reach.ts"', "row policy/gate"],
  ["policy/ask/x.ts", 'import { a } from "../gate/index.ts"; import { b } from "../access/kind.ts"', null],
  ["policy/ask/x.ts", 'import { a } from "../access/peers.ts"', "row policy/ask"],
  ["policy/ask/x.ts", 'import { a } from "../gate/status.ts"', "row policy/ask"],
  ["policy/access/peers.ts", 'import { a } from "./kind.ts"; import { b } from "../model/party.ts"', null],
  ["policy/access/peers.ts", 'import { a } from "./ownership.ts"', "one kind"],
  ["policy/access/peers.ts", 'import { a } from "./index.ts"', "one kind"],
  ["policy/access/index.ts", 'import { a } from "./ownership.ts"', null],
  ["policy/gate/status.ts", 'import type { A } from "./profile.ts"', "one gate"],
  ["policy/gate/status.ts", 'import { a } from "../access/ownership.ts"', "one gate"],
  ["kernel/x.ts", 'import { a } from "../policy/model/org.ts"', "row kernel"],
  ["kernel/x.ts", 'import { a } from "zod"', "row kernel"],
  ["database/x.ts", 'import { a } from "@prisma/client"', null],
  ["store/core/x.ts", 'import b from "dataloader"', null],
  [
    "store/records/x.ts",
    'import { a } from "../core/write.ts"; import { b } from "../grants/derive.ts"',
    null,
  ],
  ["store/records/x.ts", 'import { a } from "../sharing/rules.ts"', "row store/records"],
  ["store/records/x.ts", 'import type { A } from "../sharing/rules.ts"', "row store/records"],
  ["store/core/x.ts", 'import { a } from "../records/row.ts"', "row store/core"],
  ["store/reach/x.ts", 'import { a } from "../core/viewer.ts"', "row store/reach"],
  ["store/people/x.ts", 'import { a } from "../store.ts"', "row store/people"],
  ["store/x.ts", 'import { GraphQLError } from "graphql"', "row store"],
  // What the bench compares with stays in the bench.
  ["store/x.ts", 'import { accessibleBy } from "@casl/prisma/runtime"', "row store"],
  ["store/x.ts", 'import { ZenStackClient } from "@zenstackhq/orm"', "row store"],
  ["store/reach/x.ts", 'import { sql } from "kysely"', "row store"],
  ["store/x.ts", 'import { a } from "../graphql/schema.ts"', "row store"],
  ["store/x.ts", 'import { a } from "../server/watch/log.ts"', "row store"],
  ["store/x.ts", 'import type { A } from "../file/parse.ts"', "row store"],
  ["graphql/x.ts", 'import { type A } from "../policy/model/org.ts"', null],
  ["graphql/x.ts", 'import { type A, b } from "../policy/model/org.ts"', "as a value"],
  ["store/x.ts", "export const q = (db: Db) => db.$queryRaw`SELECT 1`", "raw SQL"],
  ["store/x.ts", 'export const q = (db: Db) => db["$executeRawUnsafe"]("")', "raw SQL"],
  ["store/reach/x.ts", "export const q = (db: Db) => db.$queryRaw`SELECT 1`", null],
  ["graphql/x.ts", 'import { a } from "../policy/decide.ts"', "row graphql"],
  ["graphql/x.ts", 'import type { A } from "../policy/decide.ts"', null],
  ["graphql/x.ts", 'import { Prisma } from "../database/generated/sqlite/client.ts"', "row graphql"],
  ["graphql/x.ts", 'import { a } from "@prisma/client"', "row graphql"],
  ["graphql/x.ts", 'import { a } from "@casl/ability"', "row graphql"],
  ["graphql/records/x.ts", 'import { a } from "../people/user.ts"; import { b } from "../core/id.ts"', null],
  ["graphql/records/x.ts", 'import { a } from "../../store/records/find.ts"', null],
  ["graphql/records/x.ts", 'import { a } from "../../store/sharing/shares.ts"', "row graphql/records"],
  ["graphql/records/x.ts", 'import type { A } from "../sharing/record-share.ts"', "row graphql/records"],
  ["graphql/records/x.ts", 'import { a } from "../schema.ts"', "row graphql/records"],
  ["graphql/core/x.ts", 'import { a } from "../people/user.ts"', "row graphql/core"],
  ["graphql/x.ts", 'import { a } from "./sharing/record-share.ts"', null],
  ["server/x.ts", 'import { a } from "../graphql/records/record.ts"', "row server"],
  ["server/x.ts", 'import { a } from "@casl/ability"', "row server"],
  ["server/x.ts", 'import { a } from "./limits/rate.ts"', null],
  ["server/http/x.ts", 'import type { A } from "../watch/log.ts"', "row server/http"],
  ["server/http/x.ts", 'import type { A } from "../../policy/model/org.ts"', null],
  ["server/http/x.ts", 'import { a } from "../../policy/model/org.ts"', "as a value"],
  ["server/limits/x.ts", 'import type { A } from "../http/exchange.ts"', null],
  ["server/limits/x.ts", 'import type { A } from "../sign-in/sign-in.ts"', "row server/limits"],
  ["server/limits/x.ts", 'import { a } from "../../store/core/viewer.ts"', "row server/limits"],
  ["server/sign-in/x.ts", 'import { a } from "../../policy/rights/support-window.ts"', null],
  ["server/sign-in/x.ts", 'import { a } from "../../policy/ask/decide.ts"', "as a value"],
  ["server/sign-in/x.ts", 'import { a } from "../yoga.ts"', "row server/sign-in"],
  ["server/watch/x.ts", 'import type { A } from "../http/route.ts"', null],
  ["server/watch/x.ts", 'import type { A } from "../../store/core/store.ts"', "row server/watch"],
  ["file/x.ts", 'import { a } from "../graphql/schema.ts"', "row file"],
  ["cli/x.ts", 'import { a } from "../graphql/schema.ts"', "row cli"],
  ["client/x.ts", 'import { a } from "../kernel/id.ts"', "row client"],
  ["client/x.ts", 'import { a } from "./generated/graphql.ts"', null],
  ["shed/x.ts", "export const a = 1", "no room"],
  ["cli/x.ts", "export const a = process.env.A", "process.env"],
  ["cli/x.ts", "const { env } = process", "process.env"],
  ["cli/x.ts", 'import { env } from "node:process"', "process.env"],
  ["settings/settings.ts", "export const a = process.env.A", null],
  ["store/x.ts", "export default 1", "default export"],
  ["store/x.ts", "const a = 1; export { a as default }", "default export"],
  ["store/x.ts", "export enum A { B }", "enum"],
  ["store/x.ts", "export namespace A { export const b = 1 }", "namespace"],
  ["store/x.ts", "export const a = (name: string) => import(name)", "unreadable import"],
  ["store/x.ts", 'export const a = "A rule ends (SH-31)."', "numbered sentence"],
  ["store/x.ts", "export const a = (of: string) => `${of} is denied, see D07`", "numbered sentence"],
  ["store/x.ts", 'export const a = { message: "A rule ends.", requirement: "TU-12a" } // SH-31', null],
])("the checker judges %s with %s: %s", (path, source, expected) => {
  const found = breaches(new Map([[path, source]]));
  if (expected === null) expect(found).toEqual([]);
  else expect(found.join("\n")).toContain(expected);
});
