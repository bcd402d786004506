import type { Action, OrganizationFile } from "../oracle/file.ts";
import { may } from "../oracle/oracle.ts";

/** The instant a file is to be looked at, in milliseconds since 1970. */
export function instantOf(file: OrganizationFile): number {
  if (file.expect?.at === undefined) throw new Error("the file does not say when to look at it");
  return Date.parse(file.expect.at);
}

/** Whoever may ask: every user of the file, whatever the status, and the support agent. */
export function viewersOf(file: OrganizationFile): string[] {
  const agent = file.supportAccess === undefined ? [] : [file.supportAccess.agent];
  return [...Object.keys(file.users), ...agent];
}

/** Which share of all pairs (user, record) the oracle allows: 0 to 1. */
export function allowedShare(file: OrganizationFile, action: Action): number {
  let allowed = 0;
  let asked = 0;
  const now = instantOf(file);
  for (const user of viewersOf(file)) {
    for (const [module, records] of Object.entries(file.records ?? {})) {
      for (const recordKey of Object.keys(records)) {
        asked++;
        if (may(file, { user, action, module, recordKey, now })) allowed++;
      }
    }
  }
  return asked === 0 ? 0 : allowed / asked;
}

/**
 * Is there something to disagree about? Reading is allowed for a tenth to nine tenths of the pairs (user, record), and
 * updating, deleting and sharing are each allowed for some and refused for some.
 */
export function interesting(file: OrganizationFile): boolean {
  const reading = allowedShare(file, "READ");
  if (reading < 0.1 || reading > 0.9) return false;
  return (["UPDATE", "DELETE", "SHARE"] as const).every((action) => {
    const share = allowedShare(file, action);
    return share > 0 && share < 1;
  });
}
