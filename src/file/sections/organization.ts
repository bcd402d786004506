import { z } from "zod";
import type { Database, Tx } from "../../database/database.ts";
import { isTimeZone } from "../../kernel/calendar.ts";
import { asId, type OrgId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { EDITIONS, LANGUAGES } from "../../policy/model/org.ts";
import { hasTeamUsers, isCounted, isWorking, type Seated } from "../../policy/rights/seats.ts";
import { type Faults, shown } from "../reading/faults.ts";
import { readValue } from "../terms/entries.ts";
import type { ExportRun } from "../terms/export-run.ts";
import { type ImportRun, isSameRow, newId } from "../terms/import-run.ts";
import { block, unless } from "../terms/lines.ts";
import { hasUser, userPath } from "../terms/references.ts";
import { closed, email, key, name, orNull } from "../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "./section.ts";
import type { FileUser } from "./users/index.ts";

const shape = closed({
  key: key.describe("What tokens and commands call the organisation. It never changes."),
  name: name.describe("What people call it."),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: "a time zone of the IANA database, such as Europe/Berlin" })
    .describe("Of the IANA database, such as `Europe/Berlin`: days begin and end by it."),
  edition: z.enum(EDITIONS).describe("What was bought."),
  seats: closed({
    regular: z.int().min(0).describe("For people with the licence `REGULAR`."),
    team: z.int().min(0).describe("For people with the licence `TEAM`."),
  }).describe("How many people may be pending or active."),
  superAdmin: email.describe("One of `users`, active and regular, who may do everything everywhere."),
  hierarchy: z
    .enum(["ROLE", "REPORTING"])
    .default("ROLE")
    .describe("Who stands above whom: by the tree of `roles`, or by `reportsTo` of `users`."),
  language: z.enum(LANGUAGES).default("EN").describe("What mails to its people are written in."),
  longestSupportDays: orNull(z.int().min(1).max(36_500)).describe(
    "For how many days support access may be opened at most, the first and the last included; for any time unless said.",
  ),
}).describe("The organisation itself.");

export type FileOrganization = Readonly<z.output<typeof shape>>;

export const organization: Section<"organization"> = {
  shapes: { organization: shape },
  read: (reading) => readValue(reading, ["organization"], shape, reading.source.read("organization")),
  check,
  complete({ organization }) {
    if (organization === null) throw new Error("a file without an organization has no faults");
    return organization;
  },
  print: ({ organization: { hierarchy, language, longestSupportDays, ...facts } }) =>
    block(0, "organization", {
      ...facts,
      hierarchy: unless("ROLE", hierarchy),
      language: unless("EN", language),
      longestSupportDays: unless(null, longestSupportDays),
    }),
  rows: { namingPeople: importSuperAdministrator },
  export: exported,
};

/** The super administrator is an active regular user (SH-60); seats and edition hold the users there are. */
function check(draft: Draft, faults: Faults): void {
  const { organization } = draft;
  if (organization === null) return;
  const { superAdmin, edition, seats } = organization;
  const path = ["organization", "superAdmin"];
  const root = hasUser(draft, faults, path, superAdmin) ? draft.users.entries.get(superAdmin) : undefined;
  if (root !== undefined && (root.status !== "ACTIVE" || root.license !== "REGULAR")) {
    faults.add(path, {
      message: `${superAdmin} is ${root.status} with the licence ${root.license}`,
      expected: "an ACTIVE user with the licence REGULAR",
      requirement: "SH-60",
    });
  }
  const held = { REGULAR: 0, TEAM: 0 };
  const catalogue = draft.applications.entries;
  for (const [email, user] of draft.users.entries) {
    if (!isWorking(user)) continue;
    if (isCounted(catalogue, heldIn(draft, user))) held[user.license] += 1;
    if (user.license === "TEAM" && !hasTeamUsers(edition)) {
      faults.add(userPath(draft, email, "license"), {
        message: `the edition ${edition} has no team users`,
        expected: "the licence REGULAR, or the status INACTIVE",
        requirement: "TU-04",
      });
    }
  }
  for (const [license, kind] of [
    ["REGULAR", "regular"],
    ["TEAM", "team"],
  ] as const) {
    if (held[license] <= seats[kind]) continue;
    faults.add(["organization", "seats", kind], {
      message: `${held[license]} pending and active users need a ${kind} seat, of ${shown(seats[kind])}`,
      expected: `at least ${held[license]}`,
      code: "NO_SEAT",
      requirement: "UA-10",
    });
  }
}

/** The applications that a user of the file has, as counting seats asks for them. */
function heldIn(
  { applications }: Draft,
  user: FileUser,
): Pick<Seated, "applications" | "seatlessApplications"> {
  const on = [...user.applications].filter(([, { isEnabled }]) => isEnabled);
  const isSeatless = ([key, { values }]: (typeof on)[number]) => {
    const field = applications.entries.get(key)?.seatlessBy ?? null;
    return field !== null && values[field] === true;
  };
  const keysOf = (some: typeof on) => new Set(some.map(([key]) => key));
  return { applications: keysOf(on), seatlessApplications: keysOf(on.filter(isSeatless)) };
}

/** The organisation's own row, which an import begins with: everything else hangs on its id. */
export async function importOrganization(
  database: Database,
  tx: Tx,
  file: OrganizationFile,
  now: Instant,
  tallies: ImportRun["tallies"],
): Promise<OrgId> {
  const { key, name, timeZone, edition, seats, hierarchy, language, longestSupportDays } = file.organization;
  const columns = {
    name,
    timeZone,
    edition,
    regularSeats: seats.regular,
    teamSeats: seats.team,
    hierarchy,
    language,
    longestSupportDays,
  };
  const found = await tx.organization.findUnique({ where: { key }, select: { id: true } });
  if (!found) {
    const id = newId<"Organization">(now);
    await tx.organization.create({ data: { id, key, ...columns, version: 0, createdAt: new Date(now) } });
    tallies.organization.added += 1;
    return id;
  }
  // Whoever else writes in this organisation waits, and decides again under the new version (EN-05).
  await database.lockVersion(tx, found.id, "UPDATE");
  const known = await tx.organization.findUniqueOrThrow({ where: { id: found.id } });
  if (!isSameRow(columns, known)) {
    await tx.organization.update({ where: { id: known.id }, data: columns });
    tallies.organization.changed += 1;
  }
  return asId(known.id);
}

async function importSuperAdministrator(
  { tx, orgId, users, tallies }: ImportRun,
  file: OrganizationFile,
): Promise<void> {
  const superAdminId = users.get(file.organization.superAdmin)?.id ?? null;
  const known = await tx.organization.findUniqueOrThrow({ where: { id: orgId } });
  if (known.superAdminId === superAdminId) return;
  await tx.organization.update({ where: { id: orgId }, data: { superAdminId } });
  tallies.organization.changed += tallies.organization.added > 0 ? 0 : 1;
}

function exported({ org, row, names }: ExportRun): FileOrganization {
  return {
    key: row.key,
    name: org.name,
    timeZone: org.timeZone,
    edition: row.edition,
    seats: { regular: row.regularSeats, team: row.teamSeats },
    superAdmin: names.user(org.superAdminId),
    hierarchy: org.hierarchy,
    language: row.language,
    longestSupportDays: row.longestSupportDays,
  };
}
