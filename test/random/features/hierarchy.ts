import type { OrganizationFile } from "../../oracle/file.ts";
import { sameEmail } from "../../oracle/people.ts";
import { bare, each, type Feature, reporting, status, users } from "./edits.ts";

/** Defaults, who stands above whom, ownership. */
export const HIERARCHY: Feature[] = [
  ...(["PUBLIC_READ_ONLY", "PUBLIC_READ_WRITE", "PUBLIC_READ_WRITE_DELETE"] as const).map((access) => ({
    title: `SH-02 the default ${access}`,
    without: (file: OrganizationFile) =>
      each(
        Object.values(file.modules ?? {}),
        (module) => module.default === access,
        (module) => (module.default = "PRIVATE"),
      ),
  })),
  {
    title: "SH-03 the default PRIVATE",
    without: (file) =>
      each(
        Object.values(file.modules ?? {}),
        (module) => module.kind !== "TEAM" && (module.default ?? "PRIVATE") === "PRIVATE",
        (module) => (module.default = "PUBLIC_READ_ONLY"),
      ),
  },
  {
    title: "SH-04 the hierarchy adds nothing in a public module",
    without: (file) =>
      each(
        Object.values(file.modules ?? {}),
        (module) => module.default === "PUBLIC_READ_ONLY",
        (module) => delete module.default,
      ),
    bare,
  },
  {
    title: "SH-20 the role tree",
    bare,
    without: (file) =>
      !reporting(file) &&
      each(
        Object.values(file.roles),
        (role) => role.parent !== undefined,
        (role) => delete role.parent,
      ),
  },
  {
    title: "SH-25 reports to",
    bare,
    without: (file) =>
      reporting(file) &&
      each(
        users(file),
        (user) => user.reportsTo !== undefined,
        (user) => delete user.reportsTo,
      ),
  },
  {
    title: "SH-25 an inactive manager passes it on",
    bare,
    without: (file) =>
      reporting(file) &&
      each(
        users(file),
        (user) => status(user) === "INACTIVE",
        (user) => delete user.reportsTo,
      ),
  },
  {
    title: "SH-25 the setting REPORTING",
    bare,
    without: (file) =>
      each(
        [file.organization],
        () => reporting(file),
        (organization) => delete organization.hierarchy,
      ),
  },
  {
    title: "UA-61 a deleted owner keeps its superiors",
    bare,
    without: (file) =>
      reporting(file) &&
      each(
        users(file),
        (user) => user.status === "DELETED" && user.reportsTo !== undefined,
        (user) => delete user.reportsTo,
      ),
  },
  {
    title: "SH-21 peers",
    bare,
    without: (file) =>
      each(
        Object.values(file.roles),
        (role) => role.shareDataWithPeers === true,
        (role) => delete role.shareDataWithPeers,
      ),
  },
  {
    title: "SH-22 the forecast manager",
    bare,
    without: (file) =>
      each(
        Object.values(file.roles),
        (role) => role.forecastManager !== undefined,
        (role) => delete role.forecastManager,
      ),
  },
  {
    title: "SH-03 ownership",
    bare,
    without: (file) =>
      each(
        Object.values(file.records ?? {}).flatMap((records) => Object.values(records)),
        (record) => sameEmail(record.owner, "user-1@acme.test"),
        (record) => (record.owner = "root@acme.test"),
      ),
  },
];
