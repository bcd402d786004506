import { expect } from "vitest";
import type { DatabaseKind } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { exportOrganization } from "../../src/file/export.ts";
import { printOrganizationFile } from "../../src/file/print.ts";
import { toGlobalId } from "../../src/kernel/global-id.ts";
import { openTestDatabase } from "../database.ts";
import { matches } from "../oracle/criteria.ts";
import type { Criteria, OrganizationFile, RuleEntry } from "../oracle/file.ts";
import { type Facts, readFacts } from "./facts.ts";
import { GONE } from "./file.ts";
import { type Instance, ORG } from "./instance.ts";

/**
 * BU-02: whatever was changed through the gateway, the organisation exports, and its file makes the same one elsewhere.
 * A rule whose criteria cannot be read (SH-32) has no words in a file: such ones are deleted first.
 */
export async function comesBackFromItsFile(
  kind: DatabaseKind,
  { ask, store }: Instance,
  { rows, now }: Facts,
): Promise<void> {
  const { superAdminId } = rows.organization;
  const root = rows.users.find(({ id }) => id === superAdminId)?.email ?? "";
  for (const { id, isBroken } of rows.rules) {
    if (!isBroken) continue;
    const query = "mutation ($input: DeleteSharingRuleInput!) { deleteSharingRule(input: $input) { id } }";
    const { errors } = await ask(root, query, { input: { id: toGlobalId("SharingRule", id) } });
    expect(errors).toBeUndefined();
  }
  const text = printOrganizationFile(await exportOrganization(store.database, ORG));
  const { database, close } = await openTestDatabase(kind);
  try {
    await applyOrganizationFile(database, { text, name: "exported" }, null, { now });
    const [here, there] = [await readFacts(store.database, now), await readFacts(database, now)];
    const loose = namingWhatIsGone(here);
    expect(inOrder(there, loose)).toEqual(inOrder(here, loose));
    expect(printOrganizationFile(await exportOrganization(database, ORG))).toBe(text);
  } finally {
    await close();
  }
}

/**
 * The rules whose criteria name a record that there is not where their field points to. A file has no word for it: they
 * come back in other words, which every record answers as before (SH-53).
 */
function namingWhatIsGone({ file }: Facts): ReadonlySet<string> {
  const rules = Object.entries(file.sharingRules ?? {});
  return new Set(
    rules.filter(([, { criteria }]) => JSON.stringify(criteria)?.includes(GONE)).map(([key]) => key),
  );
}

/** Shares have no order, and of loose rules the records count, not the words. */
function inOrder({ file }: Facts, loose: ReadonlySet<string>): object {
  const lines = new Map((file.shares ?? []).map((share) => [JSON.stringify(share), share]));
  const rules = Object.entries(file.sharingRules ?? {}).map(([key, rule]) => {
    const { criteria } = rule;
    return [
      key,
      criteria === undefined || !loose.has(key) ? rule : { ...rule, criteria: matched(file, rule, criteria) },
    ];
  });
  return {
    ...file,
    sharingRules: Object.fromEntries(rules),
    shares: [...lines.keys()].sort().flatMap((line) => lines.get(line) ?? []),
  };
}

function matched(file: OrganizationFile, { module }: RuleEntry, criteria: Criteria): readonly string[] {
  const fields = file.modules?.[module]?.fields;
  const records = Object.entries(file.records?.[module] ?? {});
  return records.filter(([, { values }]) => matches(fields, values, criteria)).map(([key]) => key);
}
