import type { ApplicationId, UserId } from "../../kernel/id.ts";

/** What may be done with one person's application (UA-40). */
export const APPLICATION_ACTIONS = ["EDIT", "ENABLE", "DISABLE", "UNASSIGN"] as const;
export type ApplicationAction = (typeof APPLICATION_ACTIONS)[number];

/** The statuses of a person for which an application says what may be done; for others the suite does (UA-43). */
export const WORKING_STATUSES = ["PENDING", "ACTIVE"] as const;
export type WorkingStatus = (typeof WORKING_STATUSES)[number];

/** What a field of an application holds. */
export const APPLICATION_FIELD_TYPES = ["TEXT", "OPTION", "BOOLEAN", "ROLE", "PROFILE", "MANAGER"] as const;
export type ApplicationFieldType = (typeof APPLICATION_FIELD_TYPES)[number];

/** The types of which the value is the person's own place in the organisation; only CRM asks for them. */
export const PLACE_TYPES = ["ROLE", "PROFILE", "MANAGER"] as const;
export type PlaceType = (typeof PLACE_TYPES)[number];

export function isPlaceType(type: ApplicationFieldType): type is PlaceType {
  return type === "ROLE" || type === "PROFILE" || type === "MANAGER";
}

/** The application without which there is no record access (UA-04). */
export const CRM = "CRM";

/** What an application asks of whoever gets it (UA-30). */
export type ApplicationField = {
  readonly key: string;
  readonly label: string;
  readonly type: ApplicationFieldType;
  readonly isRequired: boolean;
  /** The values offered by an OPTION; empty for other types. */
  readonly options: readonly string[];
};

export type ApplicationActions = Readonly<Record<WorkingStatus, readonly ApplicationAction[]>>;

/** One application of the suite: a row, whether it came with the organisation or was added. */
export type Application = {
  readonly id: ApplicationId;
  readonly key: string;
  readonly name: string;
  /** Whether whoever has it is counted for a seat (UA-11). */
  readonly takesSeat: boolean;
  /** The field of type BOOLEAN with which somebody has it without a seat; null: none. */
  readonly seatlessBy: string | null;
  readonly actions: ApplicationActions;
  readonly fields: readonly ApplicationField[];
  readonly administrators: ReadonlySet<UserId>;
};

/** What an application says of itself: all but who it is and who administers it. */
export type ApplicationSettings = Omit<Application, "id" | "key" | "administrators">;

/** What somebody's own values are, by key of the application's fields. */
export type AssignmentValues = { readonly [field: string]: string | boolean };

function field(
  key: string,
  label: string,
  type: ApplicationFieldType,
  options: readonly string[] = [],
): ApplicationField {
  return { key, label, type, isRequired: true, options };
}

function optional(one: ApplicationField): ApplicationField {
  return { ...one, isRequired: false };
}

const SWITCHES: ApplicationActions = {
  PENDING: ["EDIT", "ENABLE", "DISABLE"],
  ACTIVE: ["EDIT", "ENABLE", "DISABLE"],
};
const UNASSIGNED_WHILE_PENDING: ApplicationActions = {
  PENDING: ["EDIT", "UNASSIGN"],
  ACTIVE: ["EDIT", "ENABLE", "DISABLE"],
};
const ONLY_SWITCHES: ApplicationActions = {
  PENDING: ["ENABLE", "DISABLE"],
  ACTIVE: ["ENABLE", "DISABLE"],
};

/** What another application can do unless it says otherwise. */
export const USUAL_ACTIONS: ApplicationActions = SWITCHES;

function counted(
  name: string,
  actions: ApplicationActions,
  fields: readonly ApplicationField[],
): ApplicationSettings {
  return { name, takesSeat: true, seatlessBy: null, actions, fields };
}

const DEPARTMENTS = ["General"];

/**
 * The applications that every organisation begins with (UA-30, UA-40), by key and in their order. Each is a row of the
 * organisation, which configures it as it likes; nothing but the first row of each is taken from here.
 */
export const FIRST_APPLICATIONS: ReadonlyMap<string, ApplicationSettings> = new Map([
  [
    CRM,
    counted("CRM", SWITCHES, [
      field("role", "Role", "ROLE"),
      field("profile", "Profile", "PROFILE"),
      optional(field("reportsTo", "Reports to", "MANAGER")),
    ]),
  ],
  [
    "DESK",
    {
      ...counted("Desk", SWITCHES, [
        field("role", "Role", "OPTION", ["Agent", "Supervisor", "Administrator"]),
        field("profile", "Profile", "OPTION", ["Agent", "Supervisor", "Administrator"]),
        field("department", "Department", "OPTION", DEPARTMENTS),
        optional(field("lightAgent", "Light agent", "BOOLEAN")),
      ]),
      seatlessBy: "lightAgent",
    },
  ],
  [
    "CAMPAIGNS",
    counted("Campaigns", UNASSIGNED_WHILE_PENDING, [
      field("role", "Role", "OPTION", ["User", "Manager", "Administrator"]),
      field("accessKind", "Access", "OPTION", ["Full", "Campaigns", "Lists", "Reports"]),
    ]),
  ],
  [
    "SURVEY",
    counted("Survey", UNASSIGNED_WHILE_PENDING, [
      field("department", "Department", "OPTION", DEPARTMENTS),
      field("departmentRole", "Role in the department", "OPTION", ["Viewer", "Editor", "Administrator"]),
    ]),
  ],
  [
    "PROJECTS",
    {
      ...counted("Projects", UNASSIGNED_WHILE_PENDING, [
        field("role", "Role", "OPTION", ["Employee", "Manager", "Administrator"]),
        field("profile", "Profile", "OPTION", ["Employee", "Manager", "Administrator"]),
        field("project", "Project", "OPTION", DEPARTMENTS),
      ]),
      takesSeat: false,
    },
  ],
  [
    "SALESIQ",
    counted("SalesIQ", SWITCHES, [
      field("role", "Role", "OPTION", ["Associate", "Supervisor", "Administrator"]),
      field("department", "Department", "OPTION", DEPARTMENTS),
    ]),
  ],
  [
    "SOCIAL",
    counted("Social", UNASSIGNED_WHILE_PENDING, [
      field("role", "Role", "OPTION", ["Member", "Administrator"]),
      field("brand", "Brand", "OPTION", ["Main"]),
      field("brandRole", "Role in the brand", "OPTION", ["Viewer", "Publisher", "Administrator"]),
    ]),
  ],
  [
    "ANALYTICS",
    counted("Analytics", ONLY_SWITCHES, [
      field("role", "Role", "OPTION", ["Viewer", "Analyst", "Administrator"]),
    ]),
  ],
]);
