import type { Database } from "../../src/database/database.ts";
import { schemaOf } from "../../src/database/migrate/committed-migrations.ts";

/** What a column is told as: the member of an event that says it. */
type Members = Readonly<Record<string, string>>;

/** A table that an import writes: how its rows are known, its columns that are told, and those that are not. */
type Table = {
  readonly by: readonly string[];
  /** The kind of what its events are about, and the column that names it; the row itself unless said. */
  readonly about?: readonly [type: string, column: string];
  /** What else tells of it: a fact of another thing, of a row that comes and goes with that. */
  readonly within?: readonly [type: string, column: string, member: string];
  readonly told: Members;
  /** What the file says nothing of, what never changes of a row, and what the event says by its target. */
  readonly untold: readonly string[];
};

const same = (...names: readonly string[]): Members => Object.fromEntries(names.map((name) => [name, name]));
const as = (member: string, ...names: readonly string[]): Members =>
  Object.fromEntries(names.map((name) => [name, member]));

/** Every column of the tables that an import writes, by the table. */
export const TABLES: Readonly<Record<string, Table>> = {
  Organization: {
    by: ["id"],
    told: {
      ...same("key", "name", "timeZone", "edition", "hierarchy", "language", "superAdminId"),
      ...{ ...same("longestSupportDays"), regularSeats: "regular", teamSeats: "team" },
    },
    untold: ["id", "version", "nextUserSeq", "createdAt"],
  },
  Role: {
    by: ["id"],
    told: same("key", "name", "parentId", "shareDataWithPeers", "forecastManagerId"),
    untold: ["orgId", "id", "isRemoved"],
  },
  Profile: {
    by: ["id"],
    told: same("key", "name", "capabilities"),
    // Those of a file are all custom.
    untold: ["orgId", "id", "kind"],
  },
  ProfileModule: {
    by: ["profileId", "moduleId"],
    about: ["Profile", "profileId"],
    told: as("permissions", "moduleId", "permissions"),
    untold: ["orgId", "profileId"],
  },
  User: {
    by: ["id"],
    told: {
      ...same("email", "name", "status", "license", "roleId", "profileId", "reportsToId", "isAdministrator"),
      ...same("neverAccepted"),
    },
    // Since when it is their address is when the event happened.
    untold: ["orgId", "id", "seq", "addressSince", "isPathBehind", "createdAt"],
  },
  Application: {
    by: ["id"],
    told: same("key", "name", "takesSeat", "seatlessBy", "actions", "fields"),
    untold: ["orgId", "id", "position"],
  },
  ApplicationAdministrator: {
    by: ["applicationId", "userId"],
    about: ["Application", "applicationId"],
    told: as("administrators", "userId"),
    untold: ["orgId", "applicationId"],
  },
  ApplicationAssignment: {
    by: ["userId", "application"],
    about: ["User", "userId"],
    within: ["User", "userId", "applications"],
    told: { application: "application", isEnabled: "isEnabled", values: "values" },
    untold: ["orgId", "userId"],
  },
  TeamMembership: {
    by: ["moduleId", "userId"],
    about: ["User", "userId"],
    told: as("teamRoles", "moduleId", "role"),
    untold: ["orgId", "userId"],
  },
  Group: { by: ["id"], told: same("key", "name"), untold: ["orgId", "id", "isRemoved"] },
  GroupMember: {
    by: ["groupId", "position"],
    about: ["Group", "groupId"],
    told: as("members", "kind", "userId", "roleId", "memberGroupId"),
    untold: ["orgId", "groupId", "position"],
  },
  Module: {
    by: ["id"],
    told: same("key", "label", "kind", "defaultAccess", "isOpenToTeam"),
    untold: ["orgId", "id", "isRemoved", "position"],
  },
  Field: {
    by: ["id"],
    within: ["Module", "moduleId", "fields"],
    told: {
      ...same("moduleId", "key", "label", "type", "isRequired", "options", "lookupModuleId"),
      position: "fieldOrder",
    },
    untold: ["orgId", "id", "version"],
  },
  Record: {
    by: ["id"],
    told: same("moduleId", "name", "ownerId", "values"),
    untold: ["orgId", "id", "key", "ownerSeq", "ownerRoleId", "createdById", "createdAt", "updatedAt"],
  },
  SharingRule: {
    by: ["id"],
    told: {
      ...same("key", "name", "moduleId", "criteria", "level", "includeSuperiors", "status", "expiresAt"),
      ...as("source", "sourceKind", "sourceRoleId", "sourceGroupId"),
      ...as("target", "targetKind", "targetUserId", "targetRoleId", "targetGroupId"),
    },
    untold: [...["orgId", "id", "generation", "appliedRecords", "totalRecords", "appliedUpToId", "isBroken"]],
  },
  RecordShare: {
    by: ["id"],
    about: ["Record", "recordId"],
    told: {
      ...same("level", "expiresAt"),
      ...as("party", "party", "partyKind", "userId", "roleId", "groupId"),
    },
    untold: ["orgId", "id", "recordId", "includeRelated", "sharedById", "createdAt"],
  },
  SupportGrant: {
    by: ["id"],
    about: ["SupportAccess", "id"],
    told: same("agentId", "grantedAt", "expiresOn", "expiresAt", "revokedAt", "reason", "extraDenials"),
    // Who did it is who applies.
    untold: ["orgId", "id", "grantedById", "revokedById"],
  },
};

/** Tables of which a file says nothing: derived, noted by the way, or the log itself. */
export const OTHERS: readonly string[] = [
  ...["Removal", "ShareRemoval", "RecordGrant", "OwnerCount", "RecordTransfer", "PolicyMove"],
  ...["AuditEvent", "AuditCheckpoint", "AuditHead", "Refusal"],
  ...["SeenToken", "IdempotencyKey", "MailMessage", "MailedToken"],
];

/** Every table with its columns, by the schema of the database. */
export function columnsOfSchema(): ReadonlyMap<string, readonly string[]> {
  const models = [...schemaOf("sqlite").matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)];
  const names = new Set(models.map(([, name]) => name));
  return new Map(
    models.map(([, name = "", body = ""]) => [
      name,
      [...body.matchAll(/^ {2}(\w+) +(\w+)/gm)].flatMap(([, column = "", type]) =>
        names.has(type) ? [] : [column],
      ),
    ]),
  );
}

type Row = Readonly<Record<string, unknown>>;

/** Every row that an import can write, by its table and what it is known by. */
export async function rowsOfFile({ reader }: Database): Promise<ReadonlyMap<string, Row>> {
  const rows = new Map<string, Row>();
  for (const [name, { by }] of Object.entries(TABLES)) {
    const model = reader[(name.charAt(0).toLowerCase() + name.slice(1)) as "role"];
    for (const row of (await model.findMany()) as readonly Row[]) {
      // The agent is nobody of the organisation: the access says who it is.
      if (row["license"] === "SUPPORT") continue;
      rows.set([name, ...by.map((column) => row[column])].join(" "), row);
    }
  }
  return rows;
}

/** A fact that an event must tell, in any of these ways; `column` says what it is for. */
export type Wanted = { readonly column: string; readonly ways: readonly Way[] };
type Way = { readonly type: string; readonly id: unknown; readonly member: string };

/** What must be told of what differs between two states. */
export function wantedOf(
  before: ReadonlyMap<string, Row>,
  after: ReadonlyMap<string, Row>,
): readonly Wanted[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((place) => {
    const [name = ""] = place.split(" ");
    const [was, is] = [before.get(place), after.get(place)];
    const { told, about: [type, key] = [name, "id"], within } = TABLES[name]!;
    const row = (is ?? was)!;
    return Object.entries(told).flatMap(([column, member]): Wanted[] => {
      if (JSON.stringify(was?.[column] ?? null) === JSON.stringify(is?.[column] ?? null)) return [];
      const isWhole = was === undefined || is === undefined;
      // Where something new stands goes without saying.
      if (column === "position") return isWhole ? [] : [{ column, ways: [orderOf(row, member)] }];
      const own = { type, id: row[key], member };
      const other = within && isWhole ? [{ type: within[0], id: row[within[1]], member: within[2] }] : [];
      return [{ column: `${name}.${column}`, ways: [own, ...other] }];
    });
  });
}

function orderOf({ moduleId }: Row, member: string): Way {
  return { type: "Module", id: moduleId, member };
}
