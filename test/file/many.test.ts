import { expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { checkExpectations } from "../../src/file/expect.ts";
import { exportOrganization } from "../../src/file/export.ts";
import { parseOrganizationFile } from "../../src/file/parse.ts";
import { printOrganizationFile } from "../../src/file/print.ts";
import { storeOver } from "../../src/store/store.ts";
import { describeOnBoth } from "../database.ts";
import { size } from "../size.ts";
import { KINDS, modulesOf, organizationWith, together } from "./many.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");

function apply(database: Database, text: string, more: { readonly prune?: boolean } = {}) {
  const options = { now: NOW, confirmDeletions: true, ...more };
  return applyOrganizationFile(database, { text, name: "many.yaml" }, null, options);
}

/** Everything that the file expects, asked of the organisation as it is stored; what failed. */
async function asked(database: Database, text: string): Promise<readonly string[]> {
  const file = parseOrganizationFile(text, "many.yaml");
  const store = storeOver(database, { now: () => NOW });
  const policy = await store.policies.get(file.organization.key);
  if (policy === null || file.expect === null) throw new Error("nothing to ask");
  const outcomes = await checkExpectations(store, policy, file.expect, NOW);
  expect(outcomes).toHaveLength(3);
  return outcomes.flatMap(({ failures }) => failures.map(({ title }) => title));
}

async function exported(database: Database): Promise<string> {
  return printOrganizationFile(await exportOrganization(database, "many"));
}

describeOnBoth(`BU-01 ${size.many.ofEach} of a kind`, (open) => {
  const kinds = [
    ...Object.entries(KINDS).map(([name, of]) => [name, of(size.many.ofEach)] as const),
    ["modules of fields", modulesOf(...size.many.modules)] as const,
  ];
  const whole = ["every kind in one organisation", together(kinds.map(([, of]) => of))] as const;

  test.each(size.many.isByItself ? kinds : [whole])(
    "BU-01 BU-02 SH-40 %s: applied, applied again, asked, exported and taken away again",
    async (name, sections) => {
      const { database } = await open();
      const farReads = [whole[0], "groups inside each other", "rules by criteria"].includes(name);
      const text = organizationWith("many", sections, farReads);
      expect((await apply(database, text)).isChanged).toBe(true);
      const again = await apply(database, text);
      expect(again.tallies).toEqual((await apply(database, text)).tallies);
      expect(again.isChanged).toBe(false);
      expect(await asked(database, text)).toEqual([]);

      const first = await exported(database);
      const twin = await open();
      await apply(twin.database, first);
      expect(await exported(twin.database)).toBe(first);

      await apply(database, organizationWith("many", {}, false), { prune: true });
      expect(await asked(database, organizationWith("many", {}, false))).toEqual([]);
    },
  );
});
