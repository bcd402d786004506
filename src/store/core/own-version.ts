import { few, oneOf } from "../../database/parts.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import type { ApplicationId, GroupId, ProfileId } from "../../kernel/id.ts";
import { loaderOf } from "./loaders.ts";
import type { Viewer } from "./viewer.ts";

/**
 * The version of the policy under which something, or what hangs on it, last changed, whoever changed it: its own
 * version (SH-40). Triggers note it.
 *
 * Where it moved after the policy that the viewer reads, the answer is that policy's version: who read the list as it
 * was then is not told that it has the newest.
 */
const versionsOf = (part: "GROUP" | "PROFILE" | "APPLICATION") =>
  loaderOf<string, number>(async ({ orgId, policy, store }, ids) => {
    const moves = await store.database.reader.policyMove.findMany({
      where: { orgId, part, rowId: oneOf(few(ids)) },
      select: { rowId: true, version: true },
    });
    return new Map(moves.map(({ rowId, version }) => [rowId, Math.min(version, policy.org.version)]));
  });

const groupVersions = versionsOf("GROUP");
const applicationVersions = versionsOf("APPLICATION");
const profileVersions = versionsOf("PROFILE");

/** What was there before triggers noted anything, and has not changed since, has version 0. */
export async function groupVersion(viewer: Viewer, id: GroupId): Promise<number> {
  return (await groupVersions(viewer).load(id)) ?? 0;
}

export async function profileVersion(viewer: Viewer, id: ProfileId): Promise<number> {
  return (await profileVersions(viewer).load(id)) ?? 0;
}

export async function applicationVersion(viewer: Viewer, id: ApplicationId): Promise<number> {
  return (await applicationVersions(viewer).load(id)) ?? 0;
}

/** Whoever replaces a list says which one they read. @throws {InvalidInput} naming the input. */
export function readExpectedVersion(expected: number | null | undefined, list: string): number {
  if (expected != null) return expected;
  throw new InvalidInput(
    "input.expectedVersion",
    `${list} are replaced as a whole: say the version that you read, so that nobody's change is lost.`,
    { requirement: "SH-40" },
  );
}

/** @throws {InvalidInput} `CONFLICT` when what is there is not what was read (SH-40). */
export function requireVersion(expected: number, present: number): void {
  if (expected === present) return;
  throw new InvalidInput(
    "input.expectedVersion",
    `It was changed since then: you read version ${expected}, and it is at ${present}. Read it again.`,
    { code: "CONFLICT", requirement: "SH-40", details: { version: present } },
  );
}
