import { expect } from "vitest";
import type { DatabaseKind } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { exportOrganization } from "../../src/file/export.ts";
import { printOrganizationFile } from "../../src/file/print.ts";
import { toGlobalId } from "../../src/kernel/global-id.ts";
import { openTestDatabase } from "../database.ts";
import { type Facts, readFacts } from "./facts.ts";
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
    expect(inOrder(there)).toEqual(inOrder(here));
    expect(printOrganizationFile(await exportOrganization(database, ORG))).toBe(text);
  } finally {
    await close();
  }
}

/** Shares have no order. */
function inOrder({ file }: Facts): Facts["file"] {
  const lines = new Map((file.shares ?? []).map((share) => [JSON.stringify(share), share]));
  return { ...file, shares: [...lines.keys()].sort().flatMap((line) => lines.get(line) ?? []) };
}
