import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { KINDS } from "../../../src/policy/access/index.ts";

const FOLDER = new URL("../../../src/policy/access/", import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".ts"));
/** `index.ts` and the interface are no kinds. */
const KIND_FILES = FILES.filter((name) => name !== "index.ts" && name !== "kind.ts");

describe("EN-03 the kinds of access", () => {
  test("EN-03 have distinct names, in the order in which an explanation names them", () => {
    expect(KINDS.map(({ name }) => name)).toEqual([
      "OWNERSHIP",
      "ADMINISTRATOR",
      "ORGANIZATION_DEFAULT",
      "HIERARCHY",
      "PEERS",
      "FORECAST_MANAGER",
      "SHARING_RULE",
      "RECORD_SHARE",
      "TEAM_ROLE",
    ]);
    expect(new Set(KINDS).size).toBe(KINDS.length);
  });

  test("EN-03 are one file each, and each has its test", () => {
    expect(KIND_FILES.length).toBe(KINDS.length);
    const tests = readdirSync(new URL("./", import.meta.url));
    for (const file of KIND_FILES) expect(tests).toContain(file.replace(/\.ts$/, ".test.ts"));
  });

  test("EN-03 are known to index.ts alone", () => {
    const src = new URL("../../../src/", import.meta.url);
    const kinds = new Set(KIND_FILES.map((file) => new URL(file, FOLDER).href));
    const sources = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
      (path) => path.endsWith(".ts") && !path.includes("generated"),
    );
    const importers = sources.filter((path) => {
      const text = readFileSync(new URL(path, src), "utf8");
      const imported = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(
        ([, from = ""]) => new URL(from, new URL(path, src)).href,
      );
      return imported.some((href) => kinds.has(href));
    });
    expect(importers).toEqual(["policy/access/index.ts"]);
  });

  test("EN-02 the room asks no clock, no chance, no database and no network", () => {
    const room = new URL("../../../src/policy/", import.meta.url);
    const files = readdirSync(room, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".ts"),
    );
    expect(files.length).toBeGreaterThan(25);
    for (const path of files) {
      const text = readFileSync(new URL(path, room), "utf8");
      const imported = [...text.matchAll(/from "([^"]+)"/g)].map(([, from]) => from ?? "");
      const outside = imported.filter(
        (from) => !from.startsWith("./") && !from.startsWith("../") && from !== "@casl/ability",
      );
      expect([path, outside]).toEqual([path, []]);
      expect([
        path,
        imported.filter((from) => /\/(database|store|file|graphql|server|cli)\//.test(from)),
      ]).toEqual([path, []]);
      expect([path, /Date\.now|new Date\(\)|Math\.random|process\.|performance\./.test(text)]).toEqual([
        path,
        false,
      ]);
    }
  });
});
