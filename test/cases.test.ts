import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { applyOrganization } from "../src/file/apply.ts";
import { checkExpectations } from "../src/file/expect.ts";
import { parseOrganizationFile } from "../src/file/parse.ts";
import { InvalidPolicy } from "../src/kernel/fault.ts";
import { storeOver } from "../src/store/store.ts";
import { describeOnBoth, type TestDatabase } from "./database.ts";

const FOLDER = join(import.meta.dirname, "cases");

type World = { readonly name: string; readonly text: string; readonly ids: string };

/** Worlds with the answers that they expect: one for each requirement, whole worlds, and the corpora of other projects. */
const OURS = worldsIn("*.yaml");
const CASES = [...OURS, ...worldsIn("{worlds,outside/*}/*.yaml")];
const REFUSED = worldsIn("outside/*/refused/*.yaml");

describeOnBoth("Cases", (open) => {
  let opened: Promise<TestDatabase> | undefined;

  // The worlds share a database, each as an organisation of its own: nothing of another one comes in (EN-11).
  test.each(CASES)("$name ($ids)", async ({ text, name }) => {
    opened ??= open();
    const { database } = await opened;
    const read = parseOrganizationFile(text, name);
    const file = {
      ...read,
      organization: { ...read.organization, key: `case-${CASES.findIndex((each) => each.name === name)}` },
    };
    const now = file.expect?.at ?? Date.now();
    await applyOrganization(database, file, { now });
    const store = storeOver(database, { now: () => now });
    const policy = await store.policies.get(file.organization.key);
    if (policy === null || file.expect === null) throw new Error("a case applies, and expects something");
    const outcomes = await checkExpectations(store, policy, file.expect, now);
    expect(outcomes.length).toBe(file.expect.access.length + file.expect.capabilities.length);
    expect(outcomes.flatMap(({ failures }) => failures)).toEqual([]);
  });
});

describe("Files that are refused", () => {
  test.each(REFUSED)("$name (BU-01, SH-32)", ({ text, name }) => {
    const faults = faultsOf(text, name);
    expect(faults.length).toBeGreaterThan(0);
    const lines = text.split("\n");
    for (const fault of faults) {
      expect(fault.file).toBe(name);
      // What is pointed at is written there.
      expect(lines[fault.line - 1]?.slice(fault.column - 1)).toMatch(/^\S/);
    }
  });
});

describe("The cases themselves", () => {
  test("BU-04 are all found", () => {
    expect(OURS.length).toBeGreaterThanOrEqual(40);
    expect(CASES.length).toBeGreaterThanOrEqual(54);
    expect(REFUSED.length).toBeGreaterThan(0);
  });

  test.each(OURS)("BU-04 $name names what it proves, and expects a refusal", ({ text, name }) => {
    expect(text.split("\n")[0]).toMatch(/^# [A-Z]{2}-\d+/);
    const { expect: expected } = parseOrganizationFile(text, name);
    const sets = expected?.access.flatMap(({ records }) => [...records.values()]) ?? [];
    const denials = expected?.capabilities.flatMap(({ denied }) => denied) ?? [];
    expect(denials.length + sets.filter((keys) => keys.length === 0).length).toBeGreaterThan(0);
  });
});

/** The worlds of the pattern, by name; the ids are those of the first line. */
function worldsIn(pattern: string): readonly World[] {
  const paths = globSync(join(FOLDER, pattern)).sort();
  return paths.map((path) => {
    const text = readFileSync(path, "utf8");
    const ids = text.split("\n", 1)[0]?.match(/\b(SH|SA|TU|UA|CA|EN|AP|BU)-\d+[a-z]?\b/g) ?? [];
    return { name: relative(FOLDER, path), text, ids: ids.length > 0 ? ids.join(" ") : "EN-06 SH-32" };
  });
}

function faultsOf(text: string, name: string): InvalidPolicy["faults"] {
  try {
    parseOrganizationFile(text, name);
    return [];
  } catch (error) {
    if (error instanceof InvalidPolicy) return error.faults;
    throw error;
  }
}
