import type { OrganizationFile } from "../../oracle/file.ts";
import { each, type Feature, supportIs } from "./edits.ts";

/** The support agent's window and denials. */
export const SUPPORT: Feature[] = [
  {
    title: "SA-07 a live support grant",
    without: (file) =>
      each(
        [file],
        () => supportIs(file, (begin, at) => begin <= at),
        () => delete file.supportAccess,
      ),
  },
  {
    title: "SA-02 a support grant that has not begun",
    without: (file) =>
      each(
        [file],
        () => supportIs(file, (begin, at) => at < begin),
        () => delete file.supportAccess?.grantedAt,
      ),
  },
  {
    title: "SA-03 a support grant that is over",
    without: (file) =>
      each(
        [file],
        () => file.supportAccess !== undefined,
        () => ((file.supportAccess as { expiresOn: string }).expiresOn = "2030-01-01"),
      ),
  },
  {
    title: "SA-02 the 24 hours of a grant",
    without: (file) =>
      each(
        [file],
        () => supportIs(file, (begin, at) => at - begin < 24 * 60 * 60 * 1000 && begin < at),
        () => ((file.supportAccess as { grantedAt: string }).grantedAt = "2020-01-01T00:00:00Z"),
      ),
  },
  {
    title: "SA-02 the organisation's time zone",
    without: (file) =>
      each(
        [file.organization],
        ({ timeZone }) => timeZone !== "UTC",
        (organization) => (organization.timeZone = "UTC"),
      ),
  },
  ...["RECORD_DELETE", "VIEW_ALL_DATA", "MODIFY_ALL_DATA"].map((denial) => ({
    title: `SA-08 the extra denial ${denial}`,
    without: (file: OrganizationFile) =>
      each(
        [file.supportAccess],
        (grant) => grant?.extraDenials?.includes(denial) === true,
        (grant) => {
          if (grant !== undefined)
            grant.extraDenials = (grant.extraDenials ?? []).filter((name) => name !== denial);
        },
      ),
  })),
];
