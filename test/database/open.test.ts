import { expect, test } from "vitest";
import type { Database, Tx } from "../../src/database/database.ts";
import { openStore } from "../../src/database/open.ts";
import { describeOnBoth } from "../database.ts";

describeOnBoth("open store", (open) => {
  test("trap 16: a reader during an open write sees the old rows", async () => {
    const { database } = await open();
    await database.write((tx) => create(tx, "a"));
    const seen = await database.write(async (tx) => {
      await create(tx, "b");
      return {
        inside: await names(tx),
        reader: await names(database.reader),
        snapshot: await snapshotNames(database),
      };
    });
    expect(seen).toEqual({ inside: ["a", "b"], reader: ["a"], snapshot: ["a"] });
    expect(await names(database.reader)).toEqual(["a", "b"]);
  });

  test("trap 16: a rolled-back neighbour loses nobody's write", async () => {
    const { database } = await open();
    const isOpen = signal();
    const mayFail = signal();
    const neighbour = database.write(async (tx) => {
      await create(tx, "lost");
      isOpen.give();
      await mayFail.given;
      throw new Error("changed its mind");
    });
    await isOpen.given;
    const mine = database.write((tx) => create(tx, "kept"));
    mayFail.give();
    await expect(neighbour).rejects.toThrow("changed its mind");
    await mine;
    expect(await names(database.reader)).toEqual(["kept"]);
  });

  test("EN-05 a snapshot keeps to its instant while others write, and the reader moves on", async () => {
    const { database } = await open();
    await database.write((tx) => create(tx, "a"));
    const seen = await database.snapshot(async (tx) => {
      const before = await names(tx);
      await database.write((other) => create(other, "b"));
      return { before, after: await names(tx), reader: await names(database.reader) };
    });
    expect(seen).toEqual({ before: ["a"], after: ["a"], reader: ["a", "b"] });
  });

  test("many writes at once all arrive, none on rows another has changed", async () => {
    const { database } = await open();
    await database.write((tx) => create(tx, "a"));
    const raise = (tx: Tx) =>
      tx.organization.update({ where: { key: "a" }, data: { version: { increment: 1 } } });
    await Promise.all(Array.from({ length: 20 }, () => database.write(raise)));
    const { version } = await database.reader.organization.findUniqueOrThrow({ where: { key: "a" } });
    expect(version).toBe(21);
  });

  test("a second process writes between: both reads of its transaction are of the rows it changes", async () => {
    const { database, url } = await open();
    await database.write((tx) => create(tx, "a"));
    const other = await openStore(url);
    const count = (tx: Tx) => tx.organization.count();
    const add = async (on: Database, name: string) =>
      on.write(async (tx) => create(tx, `${name}${await count(tx)}`));
    await Promise.all([add(database, "x"), add(other, "y"), add(database, "z")]);
    await other.close();
    expect(await database.reader.organization.count()).toBe(4);
  });

  test("a snapshot cannot write", async () => {
    const { database } = await open();
    const attempt = database.snapshot((tx) => create(tx, "a"));
    await expect(attempt).rejects.toThrow(/readonly|read-only/);
    expect(await names(database.reader)).toEqual([]);
  });

  test("a write or a snapshot inside itself is refused at once, and the next one works", async () => {
    const { database } = await open();
    await expect(database.write(() => database.write((tx) => create(tx, "a")))).rejects.toThrow(
      "inside a write",
    );
    await expect(database.snapshot(() => database.snapshot((tx) => names(tx)))).rejects.toThrow(
      "inside a snapshot",
    );
    await database.write((tx) => create(tx, "b"));
    expect(await names(database.reader)).toEqual(["b"]);
  });

  test("a write that outlives its time is undone, and the next one works", async () => {
    const { database } = await open();
    const slow = database.write(
      async (tx) => {
        await create(tx, "late");
        await new Promise((resolve) => setTimeout(resolve, 400));
        await names(tx);
      },
      { timeoutMs: 200 },
    );
    await expect(slow).rejects.toMatchObject({ code: "P2028" });
    await database.write((tx) => create(tx, "next"));
    expect(await names(database.reader)).toEqual(["next"]);
  });

  test("close waits for an open write", async () => {
    const { database, url } = await open();
    const second = await openStore(url);
    const writing = second.write(async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return create(tx, "a");
    });
    await second.close();
    await writing;
    expect(await names(database.reader)).toEqual(["a"]);
  });

  test("trap 2: `undefined` in a condition throws, in reads and in writes", async () => {
    const { database } = await open();
    await database.write((tx) => create(tx, "a"));
    const nothing = { id: undefined } as unknown as { id: string };
    await expect(database.reader.organization.findMany({ where: nothing })).rejects.toThrow("undefined");
    await expect(database.write((tx) => tx.organization.deleteMany({ where: nothing }))).rejects.toThrow(
      "undefined",
    );
    expect(await names(database.reader)).toEqual(["a"]);
  });

  test("EN-11 a reference to nothing is refused by the database itself", async () => {
    const { database } = await open();
    const orphan = { orgId: id("nowhere"), id: id("role"), key: "role", name: "Role" };
    await expect(database.write((tx) => tx.role.create({ data: orphan }))).rejects.toMatchObject({
      code: "P2003",
    });
  });

  test("instants come back to the millisecond, whatever time zone the server is in", async () => {
    const { database, url } = await open();
    const instant = new Date("2024-03-31T01:30:00.123Z");
    await database.write((tx) => create(tx, "a", instant));
    if (database.kind === "postgres") {
      await database.write((tx) =>
        tx.$executeRawUnsafe(
          `ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET timezone = 'Asia/Kolkata'`,
        ),
      );
    }
    const again = await openStore(url);
    const { createdAt } = await again.reader.organization.findUniqueOrThrow({ where: { key: "a" } });
    await again.close();
    expect(createdAt).toEqual(instant);
  });

  test("statements are heard as they are sent, in order", async () => {
    const heard: string[] = [];
    const { database } = await open({ onStatement: (sql) => heard.push(sql) });
    const { result, statements } = await database.statementsOf(() => database.write((tx) => create(tx, "a")));
    expect(result.key).toBe("a");
    expect(statements.map(verb)).toEqual(["BEGIN", "INSERT", "COMMIT"]);
    expect(heard).toEqual(statements);
    const read = await database.statementsOf(() => names(database.reader));
    expect(read.statements.map(verb)).toEqual(["SELECT"]);
    const failed = await database.statementsOf(() =>
      database.write((tx) => create(tx, "a")).catch(() => null),
    );
    expect(failed.statements.map(verb)).toEqual(["BEGIN", "INSERT", "ROLLBACK"]);
  });
});

test.each([
  ["mysql://localhost/x", "DATABASE_URL"],
  ["data/sightline.db", "DATABASE_URL"],
  ["", "DATABASE_URL"],
  ["file:", "DATABASE_URL"],
  ["file::memory:", "DATABASE_URL"],
  ["file:x.db?mode=memory", "DATABASE_URL"],
])("AP-33 the address %j is refused, naming %s", async (url, name) => {
  await expect(openStore(url)).rejects.toThrow(name);
});

function create(tx: Tx, key: string, createdAt = new Date(0)) {
  const seats = { regularSeats: 1, teamSeats: 1 };
  return tx.organization.create({
    data: { id: id(key), key, name: key, timeZone: "UTC", edition: "FREE", ...seats, createdAt },
  });
}

async function names(db: Database["reader"]): Promise<readonly string[]> {
  const rows = await db.organization.findMany({ orderBy: { key: "asc" } });
  return rows.map(({ key }) => key);
}

function snapshotNames(database: Database): Promise<readonly string[]> {
  return database.snapshot((tx) => names(tx));
}

function id(text: string): string {
  return `00000000-0000-7000-8000-${Buffer.from(text).toString("hex").slice(0, 12).padStart(12, "0")}`;
}

function verb(sql: string): string {
  return sql.split(" ")[0] ?? "";
}

function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { given: promise, give: resolve };
}
