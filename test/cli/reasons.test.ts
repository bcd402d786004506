import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyTestDatabase } from "../database.ts";
import { inProcess, sightline } from "./command-line.ts";

const GOOD = "test/cases/ca-02-lists-replace.yaml";

describe("AP-22 AP-31 what keeps a command from working, in one sentence", () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sightline-reasons-"));
    await writeFile(
      at("text.db"),
      "This is no database, and longer than a header of one would be.".repeat(20),
    );
    await mkdir(at("folder.db"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const COMMANDS: readonly (readonly [title: string, words: readonly string[]])[] = [
    ["serve", ["serve"]],
    ["serve --demo", ["serve", "--demo"]],
    ["migrate", ["migrate"]],
    ["migrate --status", ["migrate", "--status"]],
    ["apply", ["apply", GOOD]],
    ["export", ["export", "--org", "acme"]],
  ];

  describe.each([
    ["a file that is no database", () => `file:${at("text.db")}`, "is no SQLite database"],
    ["a folder", () => `file:${at("folder.db")}`, "cannot be opened"],
    [
      "a Postgres that does not answer",
      () => "postgres://sightline:secret@127.0.0.1:1/x",
      "no Postgres answers at 127.0.0.1:1",
    ],
  ])("AP-22 %s", (_what, url, said) => {
    test.each(COMMANDS)("AP-22 %s names the setting and the place, no more", async (_title, words) => {
      const { code, err } = await inProcess(words, {
        SIGHTLINE_DEV: "1",
        SIGHTLINE_LOG_LEVEL: "silent",
        PORT: "0",
        DATABASE_URL: url(),
      });
      expect(code).toBe(1);
      const lines = err
        .trim()
        .split("\n")
        .filter((line) => !line.startsWith("Looking for"));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain("DATABASE_URL: ");
      expect(lines[0]).toContain(said);
      expect(lines[0]).not.toMatch(/secret|\bat .*:\d+:\d+\)|node_modules|Prisma/);
    });
  });

  test("AP-22 a folder that is not there is named, and none is made", async () => {
    const path = at("misspelt/folder/x.db");
    for (const words of [["migrate"], ["apply", GOOD], ["serve", "--demo"]]) {
      const { code, err } = await inProcess(words, {
        SIGHTLINE_DEV: "1",
        SIGHTLINE_LOG_LEVEL: "silent",
        PORT: "0",
        DATABASE_URL: `file:${path}`,
      });
      expect(code).toBe(1);
      expect(err).toContain(
        `DATABASE_URL: there is no folder ${at("misspelt/folder")} to have a database in.`,
      );
      expect(err).not.toMatch(/\bat .*:\d+:\d+\)/);
    }
    expect(await readdir(folder)).not.toContain("misspelt");
  });

  test("AP-22 a database that cannot be read is nothing to a token", async () => {
    const words = ["token", "--org", "acme", "--user", "meg@acme.test"];
    for (const place of ["text.db", "folder.db", "misspelt/x.db"]) {
      const finished = await inProcess(words, { SIGHTLINE_DEV: "1", DATABASE_URL: `file:${at(place)}` });
      expect(finished).toMatchObject({ code: 0, err: "" });
      expect(finished.out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    }
  });

  test.each([
    ["export --output", (to: string) => ["export", "--org", "acme", "--output", to], "cannot be written"],
    ["test --junit", (to: string) => ["test", GOOD, "--junit", to], "cannot be written"],
  ])(
    "AP-22 %s to where nothing can be written says so, and names no setting",
    async (_title, words, said) => {
      const url = `file:${at("made.db")}`;
      expect((await inProcess(["apply", GOOD], { SIGHTLINE_DEV: "1", DATABASE_URL: url })).code).toBe(0);
      const { code, err } = await inProcess(words(at("absent/x.xml")), { DATABASE_URL: url });
      expect(code).toBe(1);
      expect(err).toContain(said);
      expect(err).not.toMatch(/DATABASE_URL|PORT|\bat .*:\d+:\d+\)/);
    },
  );

  test("AP-22 a database that is cut off, and an address with options", async () => {
    const whole = at("whole.db");
    expect((await inProcess(["migrate"], { DATABASE_URL: `file:${whole}` })).code).toBe(0);
    await truncate(whole, 40_000);
    for (const words of [["migrate"], ["apply", GOOD], ["export", "--org", "acme"]]) {
      const cut = await inProcess(words, { SIGHTLINE_DEV: "1", DATABASE_URL: `file:${whole}` });
      expect(cut).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^DATABASE_URL: \S+ is damaged\. .*\n?$/),
      });
      const odd = await inProcess(words, { SIGHTLINE_DEV: "1", DATABASE_URL: `file:${whole}?mode=ro` });
      expect(odd).toMatchObject({ code: 1, err: expect.stringContaining("DATABASE_URL: ") });
      expect(odd.err).toContain("without options");
      expect(odd.err).not.toMatch(/\bat .*:\d+:\d+\)/);
    }
  });

  test("AP-22 a Postgres without the database", async () => {
    const { url, remove } = await emptyTestDatabase("postgres");
    const { code, err } = await inProcess(["migrate"], { DATABASE_URL: `${url}_absent` });
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^DATABASE_URL: the Postgres at \S+ has no database \S+_absent\./),
    });
    await remove();
  });

  test.each([
    ["export", ["export", "--org", "acme"]],
    ["migrate --status", ["migrate", "--status"]],
  ] as const)("AP-22 %s of a file that is not there says so, and makes none", async (_title, words) => {
    const { code, err } = await inProcess(words, { DATABASE_URL: `file:${at("absent.db")}` });
    expect(code).toBe(1);
    expect(err).toContain(`there is no database at ${at("absent.db")}`);
    expect(await readdir(folder)).not.toContain("absent.db");
  });

  test("AP-31 a port in use", async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
    const { port } = other.address() as { port: number };
    const { code, err } = await inProcess(["serve"], {
      SIGHTLINE_DEV: "1",
      SIGHTLINE_LOG_LEVEL: "silent",
      HOST: "127.0.0.1",
      PORT: String(port),
      DATABASE_URL: `file:${at("port.db")}`,
    });
    other.close();
    expect({ code, err: err.trim() }).toEqual({
      code: 1,
      err: `Sightline did not start. PORT: somebody listens at 127.0.0.1:${port} already. Stop that, or set PORT to another.`,
    });
  });

  test("BU-04 a file is looked for where the person stands, whatever folder npm runs the command in", async () => {
    await writeFile(at("here.yaml"), "sightline: 1\n");
    const from = (calledIn: string) =>
      sightline(["test", "here.yaml"], { npm_lifecycle_event: "sightline", INIT_CWD: calledIn }).finished;
    const { err, out } = await from(folder);
    expect(`${out}${err}`).toContain("here.yaml");
    expect(`${out}${err}`).not.toContain("there is no file");
    const lost = await from(tmpdir());
    expect(lost.err).toContain(`Cannot read here.yaml: there is no file ${join(tmpdir(), "here.yaml")}.`);
  });
});
