import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { expect, onTestFinished, test } from "vitest";
import { keeping, keepStatements } from "../../src/database/kept-statements.ts";
import { plain, sqliteConnection, useWriteAheadLog } from "../../src/database/sqlite-connection.ts";
import { CACHES } from "../../src/kernel/caches.ts";

const { entries: KEPT_STATEMENTS, charactersEach: LONGEST_KEPT } = CACHES.statements;

test("a statement asked twice at once gives each its own rows", async () => {
  const [connection] = await connections(1);
  const answers = await Promise.all(["a", "b", "a"].map((value) => rows(connection, "SELECT ?", value)));
  expect(answers).toEqual([[["a"]], [["b"]], [["a"]]]);
});

test("a change of the tables on another connection shows in columns and rows alike", async () => {
  const [one, other] = await connections(2);
  await other.executeScript("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x')");
  const ask = () => one.queryRaw(plain("SELECT * FROM t"));
  expect(await ask()).toMatchObject({ columnNames: ["a"], rows: [["x"]] });
  await other.executeScript("ALTER TABLE t ADD COLUMN b INTEGER DEFAULT 7");
  expect(await ask()).toMatchObject({ columnNames: ["a", "b"], rows: [["x", 7]] });
  await other.executeScript("DROP TABLE t; CREATE TABLE t (c TEXT)");
  expect(await ask()).toMatchObject({ columnNames: ["c"], rows: [] });
});

test("a table that is gone is an error, and once it is back, rows", async () => {
  const [one, other] = await connections(2);
  const ask = () => rows(one, "SELECT n FROM t");
  await expect(ask()).rejects.toMatchObject({ cause: { kind: "TableDoesNotExist" } });
  await other.executeScript("CREATE TABLE t (n INTEGER)");
  expect(await ask()).toEqual([]);
  await other.executeScript("DROP TABLE t");
  await expect(ask()).rejects.toMatchObject({ cause: { kind: "TableDoesNotExist" } });
  await other.executeScript("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)");
  expect(await ask()).toEqual([[1]]);
});

test("a statement that failed works the next time, with nothing left of what it was given", async () => {
  const [connection] = await connections(1);
  await connection.executeScript("CREATE TABLE t (n INTEGER PRIMARY KEY, v TEXT)");
  const insert = (n: number, v: string) =>
    rows(connection, "INSERT INTO t VALUES (?, ?) RETURNING n, v", n, v);
  expect(await insert(1, "a")).toEqual([[1, "a"]]);
  await expect(insert(1, "b")).rejects.toMatchObject({ cause: { kind: "UniqueConstraintViolation" } });
  await expect(rows(connection, "INSERT INTO t VALUES (?, ?) RETURNING n, v", 2)).rejects.toThrow(
    /parameter/,
  );
  expect(await insert(2, "c")).toEqual([[2, "c"]]);
  expect(await rows(connection, "SELECT v FROM t ORDER BY n")).toEqual([["a"], ["c"]]);
});

test("transactions begin and end, again and again", async () => {
  const [connection, other] = await connections(2);
  await connection.executeScript("CREATE TABLE t (n INTEGER)");
  for (const [n, end, expected] of [
    [1, "COMMIT", 1],
    [2, "ROLLBACK", 1],
    [3, "COMMIT", 2],
  ] as const) {
    const transaction = await connection.startTransaction();
    expect(await transaction.executeRaw(asked("INSERT INTO t VALUES (?)", n))).toBe(1);
    await transaction.executeRaw(plain(end));
    await (end === "COMMIT" ? transaction.commit() : transaction.rollback());
    expect(await rows(other, "SELECT count(*) FROM t")).toEqual([[expected]]);
  }
});

test("a closed connection says that it is closed", async () => {
  const path = await file();
  const connection = await sqliteConnection(path, []).connect();
  await rows(connection, "SELECT 1");
  await connection.dispose();
  await expect(rows(connection, "SELECT 1")).rejects.toThrow("not open");
});

test("those used last are kept, so many and no more; not long ones, settings and those that cannot be prepared", () => {
  const prepared: string[] = [];
  const prepare = keeping((sql) => {
    prepared.push(sql);
    if (sql.startsWith("FAIL")) throw new Error("no such statement");
    return { sql };
  });
  const timesPrepared = (sql: string) => prepared.filter((each) => each === sql).length;

  expect(prepare("SELECT 1")).toBe(prepare("SELECT 1"));
  for (let n = 2; n <= KEPT_STATEMENTS; n += 1) prepare(`SELECT ${n}`);
  prepare("SELECT 1");
  expect(timesPrepared("SELECT 1")).toBe(1);
  prepare("SELECT 0");
  prepare("SELECT 1");
  expect(timesPrepared("SELECT 1")).toBe(1);
  // The one not used for longest made room.
  prepare("SELECT 2");
  expect(timesPrepared("SELECT 2")).toBe(2);

  const long = `SELECT '${"x".repeat(LONGEST_KEPT)}'`;
  for (const sql of [long, "PRAGMA query_only = ON", " pragma user_version"]) {
    expect(prepare(sql)).not.toBe(prepare(sql));
  }
  expect(() => prepare("FAIL")).toThrow("no such statement");
  expect(() => prepare("FAIL")).toThrow("no such statement");
  expect(timesPrepared("FAIL")).toBe(2);
});

const nothing = (): unknown => null;

test.each([
  ["has no connection", {}],
  ["has one of another kind", { client: { prepare: nothing } }],
  [
    "asks another one than it shows",
    {
      client: { prepare: nothing, exec: nothing, close: nothing },
      queryRaw: async () => ({ rows: [["kept"]] }),
    },
  ],
])("an adapter that %s is refused when it is opened", async (_, adapter) => {
  await expect(keepStatements(adapter as unknown as SqlDriverAdapter)).rejects.toThrow("as expected");
});

async function file(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sightline-kept-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "kept.db");
}

/** So many connections to one new file. */
async function connections(count: 1): Promise<[SqlDriverAdapter]>;
async function connections(count: 2): Promise<[SqlDriverAdapter, SqlDriverAdapter]>;
async function connections(count: number): Promise<SqlDriverAdapter[]> {
  const path = await file();
  await useWriteAheadLog(path, 1_000);
  const factory = sqliteConnection(path, ["PRAGMA busy_timeout = 1000"]);
  const all = await Promise.all(Array.from({ length: count }, () => factory.connect()));
  onTestFinished(async () => void (await Promise.all(all.map((each) => each.dispose()))));
  return all;
}

function asked(sql: string, ...args: readonly unknown[]) {
  const argTypes = args.map(() => ({ scalarType: "unknown", arity: "scalar" }) as const);
  return { sql, args: [...args], argTypes };
}

async function rows(connection: SqlDriverAdapter, sql: string, ...args: readonly unknown[]) {
  return (await connection.queryRaw(asked(sql, ...args))).rows;
}
