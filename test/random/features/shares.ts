import type { OrganizationFile } from "../../oracle/file.ts";
import { each, endsJustAfter, type Feature, kindOf, withoutMembers, withoutShares } from "./edits.ts";

/** Record shares, and who is in a group. */
export const SHARES: Feature[] = [
  ...["role", "roleAndSubordinates", "group", "user"].map((kind) => ({
    title: `SH-41 a share with ${kind}`,
    without: (file: OrganizationFile) => withoutShares(file, (share) => kindOf(share.to) === kind),
  })),
  ...["READ_ONLY", "READ_WRITE", "FULL"].map((level) => ({
    title: `SH-41 a share of the level ${level}`,
    without: (file: OrganizationFile) => withoutShares(file, (share) => share.access === level),
  })),
  {
    title: "SH-41 a share that ends at the very instant",
    without: (file) =>
      each(
        file.shares ?? [],
        (share) => share.expiresAt === file.expect?.at,
        (share) => delete share.expiresAt,
      ),
  },
  {
    title: "SH-41 a share that ends a millisecond later",
    without: (file) => withoutShares(file, (share) => endsJustAfter(file, share.expiresAt)),
  },
  {
    title: "SH-41 shares in a team module",
    without: (file) =>
      withoutShares(file, (share) => file.modules?.[share.record.split("/")[0] ?? ""]?.kind === "TEAM"),
  },
  ...["user", "role", "roleAndSubordinates", "group"].map((kind) => ({
    title: `SH-40 group members of the kind ${kind}`,
    without: (file: OrganizationFile) => withoutMembers(file, kind),
  })),
];
