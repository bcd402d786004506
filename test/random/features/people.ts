import type { OrganizationFile } from "../../oracle/file.ts";
import { hasCrm } from "../../oracle/gates.ts";
import { each, type Feature, users } from "./edits.ts";

/** Gates and powers: statuses, licences, applications, profiles, team roles. */
export const PEOPLE: Feature[] = [
  ...(["PENDING", "INACTIVE", "DELETED"] as const).map((gone) => ({
    title: `UA-50 the status ${gone} refuses`,
    without: (file: OrganizationFile) =>
      each(
        users(file),
        (user) => user.status === gone,
        (user) => delete user.status,
      ),
  })),
  {
    title: "UA-04 no CRM application refuses",
    without: (file) =>
      each(
        users(file),
        (user) => !hasCrm({ entry: user }),
        (user) => delete user.applications,
      ),
  },
  {
    title: "UA-03 a suite administrator (whom no record knows)",
    without: (file) =>
      each(
        users(file),
        (user) => user.administrator === true,
        (user) => delete user.administrator,
      ),
  },
  {
    title: "TU-12 the team licence refuses",
    without: (file) =>
      each(
        users(file),
        (user) => user.license === "TEAM",
        (user) => delete user.license,
      ),
  },
  {
    title: "TU-10 modules opened to team users",
    without: (file) =>
      each(
        [file],
        () => (file.teamUserModules ?? []).length > 0,
        () => (file.teamUserModules = []),
      ),
  },
  {
    title: "SH-60 the super administrator",
    without: (file) =>
      each(
        Object.keys(file.users),
        (email) => email === "user-0@acme.test",
        (email) => (file.organization.superAdmin = email),
      ),
  },
  ...["administrator", "auditor", "powerful", "ordinary", "narrow"].map((profile) => ({
    title: `BU the profile ${profile}`,
    without: (file: OrganizationFile) =>
      each(
        users(file),
        (user) => user.profile === profile,
        (user) => delete user.profile,
      ),
  })),
  {
    title: "BU standard adjusted in its modules",
    without: (file) =>
      each(
        [file.profiles?.standard],
        (profile) => profile?.modules !== undefined,
        (profile) => delete profile?.modules,
      ),
  },
  {
    title: "CA-02 standard adjusted in its capabilities",
    without: (file) =>
      each(
        [file.profiles?.standard],
        (profile) => profile?.capabilities !== undefined,
        (profile) => delete profile?.capabilities,
      ),
  },
  {
    title: "BU permissions without VIEW count for nothing",
    without: (file) =>
      each(
        Object.values(file.profiles ?? {}).flatMap((profile) => Object.values(profile.modules ?? {})),
        (listed) => listed.includes("EDIT") && !listed.includes("VIEW"),
        (listed) => listed.push("VIEW"),
      ),
  },
  ...["VIEW_ALL_DATA", "MODIFY_ALL_DATA"].map((capability) => ({
    title: `SH-60 ${capability} in a profile`,
    without: (file: OrganizationFile) =>
      each(
        Object.values(file.profiles ?? {}),
        (profile) => profile.capabilities?.includes(capability) === true,
        (profile) => {
          profile.capabilities = (profile.capabilities ?? []).filter((name) => name !== capability);
        },
      ),
  })),
  ...(["ADMIN", "MANAGER", "MEMBER", "PARTICIPANT", "REQUESTER"] as const).map((role) => ({
    title: `TU-21 the team role ${role}`,
    without: (file: OrganizationFile) =>
      each(
        users(file),
        (user) => Object.values(user.teamModules ?? {}).includes(role),
        (user) => {
          user.teamModules = Object.fromEntries(
            Object.entries(user.teamModules ?? {}).filter(([, held]) => held !== role),
          );
        },
      ),
  })),
];
