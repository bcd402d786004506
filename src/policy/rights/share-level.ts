import type { Action, ShareLevel } from "../model/org.ts";

/** The actions that a share of each level gives (SH-41). */
export const SHARE_GIVES: Readonly<Record<ShareLevel, readonly Action[]>> = {
  READ_ONLY: ["READ"],
  READ_WRITE: ["READ", "UPDATE"],
  FULL: ["READ", "UPDATE", "DELETE", "SHARE", "CHANGE_OWNER"],
};
