import { z } from "zod";
import { foldEmail, isEmail, isStorable } from "../../../kernel/text.ts";
import { type AssignmentValues, CRM } from "../../../policy/model/application.ts";
import { TEAM_ROLES, type TeamRole, USER_STATUSES, type UserStatus } from "../../../policy/model/org.ts";
import { shown } from "../../reading/faults.ts";
import { entriesIn, type Reading, readValue } from "../../terms/entries.ts";
import { type Printed, section, sorted, unless, unlessEmpty } from "../../terms/lines.ts";
import { closed, EMAIL_EXPECTED, email, key, name, unique } from "../../terms/shape.ts";
import type { Draft, Section } from "../section.ts";
import { LISTED } from "./assignments.ts";
import { checkUsers } from "./check.ts";
import { clearTombstones, exportUsers, importUsers } from "./rows.ts";
import { usualProfile } from "./usual-profile.ts";

/** One application of one person. What CRM asks stands at the user: role, profile and manager. */
export type FileAssignment = { readonly isEnabled: boolean; readonly values: AssignmentValues };

export type FileUser = {
  readonly name: string;
  /** Null only without the CRM application, which requires it (UA-30). */
  readonly role: string | null;
  /** A key of `profiles` or of a system profile; null: none, which holds nothing. */
  readonly profile: string | null;
  readonly license: "REGULAR" | "TEAM";
  readonly status: UserStatus;
  /** Of who is inactive, whether they ever accepted an invitation; null: as it is known, and otherwise they did (UA-43). */
  readonly accepted: boolean | null;
  readonly reportsTo: string | null;
  readonly isAdministrator: boolean;
  /** The address that the person had before; null: this was always it (UA-63). */
  readonly formerly: string | null;
  /** By key of an application. */
  readonly applications: ReadonlyMap<string, FileAssignment>;
  /** By key of a team module. */
  readonly teamRoles: ReadonlyMap<string, TeamRole>;
};

const assignment = closed({
  enabled: z.boolean().default(true).describe("Whether it may be opened now."),
  values: z
    .record(key, z.union([z.string(), z.boolean()], { error: "text, true or false" }))
    .default({})
    .describe("By field of the application: what it asks about the person."),
}).transform(({ enabled, values }): FileAssignment => ({ isEnabled: enabled, values }));

/** Those that ask nothing may be listed; others say what was answered. */
const applications = z
  .union([unique(key), z.record(key, assignment)], {
    error: "a list of applications, or a map of them with their values",
  })
  .default([CRM])
  .transform(
    (written): FileUser["applications"] =>
      new Map(Array.isArray(written) ? written.map((key) => [key, LISTED]) : Object.entries(written)),
  );

const shape = closed({
  name: name.describe("What people call the person."),
  role: key.optional().describe("One of `roles`; the application `CRM` requires it."),
  profile: key
    .nullable()
    .optional()
    .describe(
      "One of `profiles`, or null for none; unless said `standard`, and `team-user` with the licence `TEAM`.",
    ),
  license: z
    .enum(["REGULAR", "TEAM"])
    .default("REGULAR")
    .describe("A `TEAM` user works in team modules, and reads what `teamUserModules` opens."),
  status: z.enum(USER_STATUSES).default("ACTIVE").describe("Only who is `ACTIVE` signs in."),
  accepted: z
    .boolean()
    .optional()
    .describe(
      "Of who is `INACTIVE`: false for who never accepted an invitation, and gets a new one when they come back.",
    ),
  reportsTo: email.optional().describe("One of `users`, the person's manager, of a role above."),
  formerly: email
    .optional()
    .describe("The address the person had before: they stay who they are, under the new one."),
  administrator: z
    .boolean()
    .default(false)
    .describe("Whether the person administers people and applications."),
  teamModules: z
    .record(key, z.enum(TEAM_ROLES))
    .default({})
    .describe("By team module: what the person is among its members."),
  applications: applications.describe(
    "What the person may open: a list, or a map where an application asks something. Unless said, `CRM`.",
  ),
}).transform(
  ({ role, profile, accepted, reportsTo, formerly, administrator, teamModules, ...written }): FileUser => ({
    ...written,
    accepted: accepted ?? null,
    role: role ?? null,
    profile: profile === undefined ? usualProfile(written.license) : profile,
    reportsTo: reportsTo ?? null,
    formerly: formerly ?? null,
    isAdministrator: administrator,
    teamRoles: new Map(Object.entries(teamModules)),
  }),
);

export const users: Section<"users"> = {
  shapes: {
    users: z.record(z.string().refine(isStorable), shape).describe("The people, by their addresses."),
  },
  read,
  check: checkUsers,
  complete: (draft) => draft.users.entries,
  print: (file) => section("users", file.users, printed),
  rows: { people: importUsers, prune: clearTombstones },
  export: exportUsers,
};

/** Users by address in lower case: case does not distinguish them (UA-22). */
function read(reading: Reading): Draft["users"] {
  const { faults } = reading;
  const entries = new Map<string, FileUser>();
  const spelling = new Map<string, string>();
  for (const [written, value] of entriesIn(reading, "users")) {
    const path = ["users", written];
    if (!isEmail(written))
      faults.add(path, { message: `${shown(written)} is no address`, expected: EMAIL_EXPECTED, part: "KEY" });
    const email = foldEmail(written);
    const twin = spelling.get(email);
    if (twin !== undefined) {
      faults.add(path, {
        message: `${shown(written)} is the address of ${shown(twin)} too: case does not distinguish users`,
        part: "KEY",
        code: "CONFLICT",
        requirement: "UA-22",
      });
    }
    spelling.set(email, twin ?? written);
    const entry = readValue(reading, path, shape, value);
    if (entry !== null && twin === undefined) entries.set(email, entry);
  }
  return { entries, keys: new Set(spelling.keys()), spelling };
}

function printed(user: FileUser): Printed {
  return {
    name: user.name,
    role: unless(null, user.role),
    profile: unless(usualProfile(user.license), user.profile),
    license: unless("REGULAR", user.license),
    status: unless("ACTIVE", user.status),
    accepted: unless(null, user.accepted),
    reportsTo: unless(null, user.reportsTo),
    formerly: unless(null, user.formerly),
    administrator: unless(false, user.isAdministrator),
    teamModules: unlessEmpty(Object.fromEntries(sorted(user.teamRoles))),
    applications: printedApplications(user.applications),
  };
}

/** A list where nothing but the applications is to be said; nothing where it is CRM alone. */
function printedApplications(applications: FileUser["applications"]): Printed | undefined {
  const all = sorted(applications);
  if (all.every(([, each]) => isPlain(each))) {
    const [only, ...others] = all;
    return only?.[0] === CRM && others.length === 0 ? undefined : all.map(([key]) => key);
  }
  return new Map(
    all.map(([key, { isEnabled, values }]) => [
      key,
      {
        enabled: unless(true, isEnabled),
        values: unlessEmpty(Object.fromEntries(sorted(new Map(Object.entries(values))))),
      },
    ]),
  );
}

function isPlain({ isEnabled, values }: FileAssignment): boolean {
  return isEnabled && Object.keys(values).length === 0;
}
