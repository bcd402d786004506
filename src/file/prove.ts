import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../database/migrate/migrate.ts";
import { openStore } from "../database/open.ts";
import { describeFault, InvalidPolicy } from "../kernel/fault.ts";
import type { Clock } from "../kernel/instant.ts";
import { storeOver } from "../store/store.ts";
import { applyOrganization } from "./apply.ts";
import { checkExpectations, type Outcome } from "./expect.ts";
import { parseOrganizationFile } from "./parse.ts";

/** What proving one organisation file came to. */
export type Proof = {
  readonly file: string;
  /** One per expectation of the file. */
  readonly outcomes: readonly Outcome[];
  /** Every fault, when the file was refused; nothing was asked then. */
  readonly faults: readonly string[];
  readonly milliseconds: number;
};

/**
 * Loads an organisation file into a fresh temporary database and asks the engine everything the file expects (BU-04).
 *
 * The vendor's list of support agents is not asked. A file without expectations proves only that it loads.
 */
export async function proveOrganizationFile(text: string, name: string, clock: Clock): Promise<Proof> {
  const started = performance.now();
  const done = (outcomes: readonly Outcome[], faults: readonly string[]): Proof => ({
    file: name,
    outcomes,
    faults,
    milliseconds: performance.now() - started,
  });
  try {
    return done(await outcomesOf(text, name, clock), []);
  } catch (error) {
    if (error instanceof InvalidPolicy) return done([], error.faults.map(describeFault));
    throw error;
  }
}

async function outcomesOf(text: string, name: string, clock: Clock): Promise<readonly Outcome[]> {
  const file = parseOrganizationFile(text, name);
  const now = file.expect?.at ?? clock.now();
  const folder = await mkdtemp(join(tmpdir(), "sightline-test-"));
  const url = `file:${join(folder, "test.db")}`;
  try {
    await migrate(url, () => undefined);
    // What is thrown away afterwards need not survive a power failure, and nobody proves its log.
    const auditKeys = [{ id: "thrown-away", secret: randomBytes(32).toString("hex") }] as const;
    const database = await openStore(url, { isDurable: false, auditKeys });
    try {
      await applyOrganization(database, file, { now, ignoreExpectations: true });
      const store = storeOver(database, { now: () => now });
      const policy = await store.policies.get(file.organization.key);
      if (policy === null)
        throw new Error(`the organisation ${file.organization.key} is not there after being applied`);
      return file.expect === null ? [] : await checkExpectations(store, policy, file.expect, now);
    } finally {
      await database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
