import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildSchema, introspectionFromSchema } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { LEADS } from "../graphql/world.ts";
import { cutPieces, fencesIn } from "../readme/blocks.ts";
import { type Ended, runningServer, runProgram } from "./running.ts";

const LIBRARIES = join(import.meta.dirname, "libraries");
const SDL = join(import.meta.dirname, "../../src/graphql/schema.graphql");
const README = join(import.meta.dirname, "../../src/client/README.md");
const require = createRequire(import.meta.url);

/** The Relay compiler over the SDL: a program of this machine's kind in its package; it needs no network. */
async function compileRelay(): Promise<Ended> {
  await mkdir(join(LIBRARIES, "relay/generated"), { recursive: true });
  return runProgram(
    [require.resolve("relay-compiler/cli.js"), "relay.config.json"],
    "",
    join(LIBRARIES, "relay"),
  );
}

/** The SDL as a type, the form in which gql.tada reads it. */
async function writeIntrospection(): Promise<void> {
  const schema = buildSchema(await readFile(SDL, "utf8"));
  const type = JSON.stringify(introspectionFromSchema(schema, { descriptions: false }));
  await mkdir(join(LIBRARIES, "tada/generated"), { recursive: true });
  await writeFile(
    join(LIBRARIES, "tada/generated/introspection.ts"),
    `export type introspection = ${type};\n`,
  );
}

/** What its README shows of the client, among the names that it leaves to its reader. */
async function writeReadersProgram(): Promise<void> {
  const [program = ""] = fencesIn(cutPieces(await readFile(README, "utf8")), "ts");
  const readers = "declare const token: string, id: string, complainAbout: (field: string | null) => void;\n";
  await mkdir(join(LIBRARIES, "readme/generated"), { recursive: true });
  const path = join(LIBRARIES, "readme/generated/program.ts");
  await writeFile(path, program.replaceAll('"./src/', '"../../../../../src/') + readers);
}

describe("AP-32 the SDL and the server, used with", () => {
  const server = runningServer("sqlite");
  let compiled: Ended;
  let checked: Ended;

  beforeAll(async () => {
    await rm(join(LIBRARIES, "urql/generated"), { recursive: true, force: true });
    [compiled] = await Promise.all([compileRelay(), writeIntrospection(), writeReadersProgram()]);
    const tsc = join(require.resolve("typescript/package.json"), "../bin/tsc");
    checked = await runProgram([tsc, "--pretty", "false", "--noEmit", "-p", LIBRARIES]);
  });

  test("the Relay compiler: connections, and a fragment that is fetched again by global id", async () => {
    expect(compiled.output + compiled.complaints).toContain("Compilation completed.");
    expect(compiled.code).toBe(0);
    const page = await readFile(
      join(LIBRARIES, "relay/generated/operationsSharesPageQuery.graphql.ts"),
      "utf8",
    );
    expect(page).toContain("node(id: $id)");
  });

  test.each(["apollo", "urql", "relay", "tada"])(
    "%s: the program type-checks, its misuses do not, and it reads what its person reads",
    async (library) => {
      // A misuse that type-checks is an error as well: its `@ts-expect-error` has nothing to expect.
      expect(checked.output.split("\n").filter((line) => line.includes(`${library}/`))).toEqual([]);
      expect(checked).toMatchObject({ code: 0, output: "" });
      const program = join(LIBRARIES, library, "program.ts");
      expect((await readFile(program, "utf8")).match(/@ts-expect-error/g)?.length).toBe(3);

      const answers = await Promise.all(
        ["ray@acme.test", "ann@acme.test"].map(async (email) => {
          const ended = await runProgram([program, server.url(), await server.tokenOf(email)]);
          expect(ended).toMatchObject({ code: 0, complaints: "" });
          return JSON.parse(ended.output) as unknown;
        }),
      );
      expect(answers).toEqual([
        { total: LEADS, names: ["Three", "Two", "One"] },
        { total: LEADS + 2, names: ["To the agent", "Other", "Three"] },
      ]);
    },
  );

  test("our own client, as its README shows it: that type-checks", async () => {
    const program = await readFile(join(LIBRARIES, "readme/generated/program.ts"), "utf8");
    expect(program).toContain("createClient(");
    expect(checked.output.split("\n").filter((line) => line.includes("readme/"))).toEqual([]);
  });

  test("the check notices a misuse that type-checks", async () => {
    const program = await readFile(join(LIBRARIES, "urql/program.ts"), "utf8");
    const folder = join(LIBRARIES, "urql/generated");
    await mkdir(folder, { recursive: true });
    const path = join(folder, "noticed.ts");
    await writeFile(
      path,
      program.replaceAll('"../', '"../../').replaceAll("{ module: 1 }", '{ module: "leads" }'),
    );
    const tsc = join(require.resolve("typescript/package.json"), "../bin/tsc");
    try {
      const ended = await runProgram([tsc, "--pretty", "false", "--noEmit", "-p", LIBRARIES]);
      expect(ended.output).toMatch(/noticed\.ts\(\d+,\d+\): error TS2578: Unused '@ts-expect-error'/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
