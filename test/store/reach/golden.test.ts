import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Sql, sqltag } from "@prisma/client/runtime/client";
import { beforeAll, expect, test } from "vitest";
import type { Database, DatabaseKind, Tx } from "../../../src/database/database.ts";
import { DATABASES, describeOnBoth } from "../../database.ts";
import { makeDeals } from "./deals.ts";
import { goldenFile, laidOut, numbered, type Sent } from "./golden-file.ts";
import { QUESTIONS, type Question } from "./questions.ts";

// The statements themselves, to be read: one file for each question and database. After a change of what builds them:
//   npm test -- test/store/reach/golden.test.ts -u
// and what a reviewer looks at is how they differ. Without `-u` no file is written, and one that is missing fails.

const GOLDEN = join(import.meta.dirname, "golden");

describeOnBoth("A question to the database", (open, kind) => {
  let database: Database;
  beforeAll(async () => {
    ({ database } = await open());
    await makeDeals(database);
  });

  test.each(QUESTIONS)("SH-52 $name is asked as its file says", async (question) => {
    const sent = await sentBy(database, question);
    await expect(goldenFile(kind, question.question, sent)).toMatchFileSnapshot(
      join(GOLDEN, kind, `${question.name}.sql`),
    );
  });
});

test("every file is of a question that is asked", () => {
  const names = DATABASES.flatMap((kind) => QUESTIONS.map(({ name }) => `${kind}/${name}.sql`));
  expect(new Set(names).size).toBe(names.length);
  const files = readdirSync(GOLDEN, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(GOLDEN.length + 1));
  expect(paths.filter((path) => !names.includes(path))).toEqual([]);
});

const UNDONE = new Error("undone");

/** What the question has sent, run for real and undone. */
async function sentBy(database: Database, { ask }: Question): Promise<readonly Sent[]> {
  const { kind } = database;
  const sent: Sent[] = [];
  const work = database.write(async (tx) => {
    const { statements } = await database.statementsOf(() => ask(kind, listenedTo(kind, tx, sent)));
    expect(sent.map(({ sql }) => sql)).toEqual(statements);
    for (const each of sent) await expectSame(kind, tx, each);
    throw UNDONE;
  });
  await expect(work).rejects.toBe(UNDONE);
  expect(sent).not.toEqual([]);
  return sent;
}

/** The driver's listener hears texts alone; this hears what is bound as well. */
function listenedTo(kind: DatabaseKind, tx: Tx, sent: Sent[]): Tx {
  const hear = (statement: Sql) => {
    sent.push({ sql: kind === "sqlite" ? statement.sql : statement.text, values: statement.values });
    return statement;
  };
  const listening: Pick<Tx, "$queryRaw" | "$executeRaw"> = {
    $queryRaw: (statement) => tx.$queryRaw(hear(statement as Sql)),
    $executeRaw: (statement) => tx.$executeRaw(hear(statement as Sql)),
  };
  return listening as Tx;
}

/** What is shown is what was sent but for its spaces, and the database understands it. */
async function expectSame(kind: DatabaseKind, tx: Tx, { sql, values }: Sent): Promise<void> {
  const shown = laidOut(kind, sql);
  const packed = (text: string) => text.replaceAll(/\s+/g, "");
  expect(packed(shown)).toBe(packed(numbered(kind, sql)));
  const pieces = `EXPLAIN ${shown}`.split(/[?$]\d+/);
  expect(await tx.$queryRaw(sqltag(pieces, ...values))).not.toEqual([]);
}
