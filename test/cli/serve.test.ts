import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEVELOPMENT_SECRET } from "../../src/settings/settings.ts";
import { inProcess, sightline } from "./command-line.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sightline-serve-"));
});
afterAll(() => rm(folder, { recursive: true }));

const SECRET = "a-secret-of-the-tests-that-is-long-enough";
const PRODUCTION = {
  SIGHTLINE_JWT_SECRET: SECRET,
  SIGHTLINE_JWT_ISSUER: "id",
  SIGHTLINE_JWT_AUDIENCE: "here",
  SIGHTLINE_AUDIT_KEYS: `tests:${SECRET}`,
  PORT: "0",
};

const LISTENS = /listens at (\S+)\/graphql/;

describe("AP-22 a production server refuses to start", () => {
  test.each([
    ["without a key", { SIGHTLINE_JWT_SECRET: "" }, ["SIGHTLINE_JWT_SECRET"]],
    ["with the development secret", { SIGHTLINE_JWT_SECRET: DEVELOPMENT_SECRET }, ["SIGHTLINE_JWT_SECRET"]],
    ["without a key of the audit log", { SIGHTLINE_AUDIT_KEYS: "" }, ["SIGHTLINE_AUDIT_KEYS"]],
    ["with a short secret", { SIGHTLINE_JWT_SECRET: "short" }, ["SIGHTLINE_JWT_SECRET"]],
    [
      "without issuer and audience",
      { SIGHTLINE_JWT_ISSUER: "", SIGHTLINE_JWT_AUDIENCE: "" },
      ["SIGHTLINE_JWT_ISSUER", "SIGHTLINE_JWT_AUDIENCE"],
    ],
    [
      "when told that it is for development",
      { SIGHTLINE_DEV: "1", NODE_ENV: "production" },
      ["SIGHTLINE_DEV"],
    ],
    ["with GraphiQL open and introspection closed", { SIGHTLINE_GRAPHIQL: "1" }, ["SIGHTLINE_GRAPHIQL"]],
    ["with several faults", { PORT: "x", SIGHTLINE_TYPO: "1" }, ["PORT", "SIGHTLINE_TYPO"]],
  ])("AP-22 %s", async (_title, change, faults) => {
    const { code, out, err } = await inProcess(["serve"], { ...PRODUCTION, ...change });
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect([...err.matchAll(/^ {2}(\w+): /gm)].map((match) => match[1])).toEqual(faults);
  });
});

describe("AP-31 sightline serve", () => {
  test("AP-22 as a process it exits with 1 and the faults on standard error", async () => {
    const { code, out, err } = await sightline(["serve"], { ...PRODUCTION, SIGHTLINE_JWT_SECRET: "short" })
      .finished;
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("  SIGHTLINE_JWT_SECRET: expected at least 32 bytes");
  });

  test("AP-31 migrates, listens, is ready, and stops gracefully", async () => {
    const server = sightline(["serve"], {
      ...PRODUCTION,
      HOST: "127.0.0.1",
      DATABASE_URL: `file:${join(folder, "a.db")}`,
    });
    const url = await server.says(LISTENS);
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready" }]);
    const schema = await fetch(
      `${url}/graphql?query=${encodeURIComponent("{ __schema { queryType { name } } }")}`,
    );
    expect(await schema.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }, {}] });
    server.stop();
    const { code, out } = await server.finished;
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(lines.slice(-2)).toEqual(["stopping", "stopped"]);
  });

  test("AP-31 a second server on the same port says so and exits with 1", async () => {
    const environment = { SIGHTLINE_DEV: "1", PORT: "0", DATABASE_URL: `file:${join(folder, "b.db")}` };
    const first = sightline(["serve"], environment);
    const url = await first.says(LISTENS);
    const second = await sightline(["serve"], { ...environment, PORT: new URL(url).port }).finished;
    expect(second.code).toBe(1);
    expect(second.err).toMatch(/did not start\. PORT: somebody listens at /);
    first.stop();
    expect((await first.finished).code).toBe(0);
  });

  test("AP-31 sightline migrate applies once, and --status tells", async () => {
    const environment = { DATABASE_URL: `file:${join(folder, "c.db")}` };
    const words = async (...more: readonly string[]) => sightline(["migrate", ...more], environment).finished;
    expect(await words("--status")).toMatchObject({ code: 1, err: expect.stringContaining("pending") });
    expect(await words()).toMatchObject({ code: 0, out: expect.stringMatching(/^\w+\n/) });
    expect(await words("--status")).toMatchObject({ code: 0, err: expect.stringContaining("up to date") });
    expect(await words()).toMatchObject({ code: 0, out: "" });
  });
});
