import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Action, OrganizationFile } from "./file.ts";
import { holds, reachable } from "./oracle.ts";

const CASES_FOLDER = new URL("../cases/", import.meta.url);

const COLUMNS = [
  ["read", "READ"],
  ["update", "UPDATE"],
  ["delete", "DELETE"],
  ["share", "SHARE"],
  ["changeOwner", "CHANGE_OWNER"],
] as const satisfies readonly (readonly [string, Action])[];

function filesIn(folder: string): { name: string; file: OrganizationFile }[] {
  return readdirSync(new URL(folder, CASES_FOLDER))
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => ({
      name: folder + name,
      file: parse(readFileSync(new URL(folder + name, CASES_FOLDER), "utf8")),
    }));
}

const CASES = [...filesIn("worlds/"), ...filesIn("outside/cerbos/")];

describe("BU-04 the oracle agrees with every expectation it did not write", () => {
  test("the case files are there", () => {
    expect(CASES.length).toBeGreaterThanOrEqual(14);
  });

  test.each(CASES)("$name", ({ file }) => {
    const expected = file.expect;
    if (expected?.access === undefined) throw new Error("nothing expected");
    const now = expected.at === undefined ? Date.parse("2026-12-01T00:00:00Z") : Date.parse(expected.at);
    for (const row of expected.access) {
      for (const [column, action] of COLUMNS) {
        const keys = row[column];
        if (keys === undefined) continue;
        expect
          .soft(
            [...reachable(file, row.user, row.module, action, now)].sort(),
            `${row.user} ${action} ${row.module}`,
          )
          .toEqual([...keys].sort());
      }
    }
    for (const row of expected.capabilities ?? []) {
      for (const name of row.allowed ?? []) expect.soft(holds(file, row.user, name, now), name).toBe(true);
      for (const name of row.denied ?? []) expect.soft(holds(file, row.user, name, now), name).toBe(false);
    }
  });
});
