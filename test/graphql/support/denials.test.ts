import { getNamedType, isLeafType, isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schema } from "../../../src/graphql/schema.ts";
import { CAPABILITIES, type Capability, capabilityRow } from "../../../src/policy/capability.ts";
import { MUTATION_NEEDS, QUERY_NEEDS } from "../../../src/policy/rights/needs.ts";
import { DATABASES, type NewDatabase, openTestDatabase } from "../../database.ts";
import { preparedDatabase } from "../../prepared.ts";
import { AGENT, type Gateway, openGateway, type Shown } from "../gateway.ts";
import { allRows, mutationText, refusalIn, refusalPayload } from "../mutations/rows.ts";
import { ACME, NOW } from "../world.ts";

/** The denials by the text of the specification, each with the capabilities behind it. */
const DENIALS: Readonly<Record<string, readonly Capability[]>> = {
  D01: ["MANAGE_SUPPORT_ACCESS"],
  D02: ["MANAGE_USERS"],
  D03: ["TAB_GROUPS", "MAIL_MERGE", "TRUSTED_DOMAINS", "FLOW_ACTIONS"],
  D04: ["MANAGE_SUBSCRIPTION"],
  D05: ["SEND_EMAIL"],
  D06: ["MASS_EMAIL", "AUTO_EMAIL", "SCHEDULED_MASS_EMAIL", "WORKFLOW_EMAIL"],
  D07: ["EXPORT_DATA", "BACKUP_DATA"],
  D08: ["EXPORT_REPORTS"],
  D09: ["EXPORT_AUDIT_LOG"],
  D10: ["GENERATE_ZSC_KEY"],
  D11: ["MANAGE_ORGANIZATION"],
  D12: ["MANAGE_ADMIN_PERMISSIONS"],
  D13: ["MANAGE_INTEGRATIONS"],
  D14: ["COPY_CUSTOMIZATION"],
  D15: ["EDIT_CONNECTIONS"],
  D16: ["MARKETPLACE"],
  D17: ["ASSIGNMENT_TARGET"],
  D18: ["CHANNELS"],
  D19: ["SHEET_VIEW", "PRINT_VIEW"],
  D20: ["DATE_RANGE_BEYOND_5_YEARS"],
  D21: ["ASK_ASSISTANT"],
  D22: ["CONVERSATIONAL_AI"],
  D23: ["DEVELOPER_VOICE"],
  D24: ["CREATE_MEETING"],
  D25: ["ENRICH_DATA"],
  D26: ["VOICE_OF_CUSTOMER"],
  D27: ["IMAGE_VALIDATION"],
  D28: ["VOICE_ASSISTANT"],
  D29: ["SURVEY"],
  D30: ["CREATE_CONNECTIONS"],
  D31: ["CLIENT_SCRIPT"],
  D32: ["SOCIAL", "VIEW_SOCIAL_POSTS"],
};

/**
 * Every mutation, and whether the agent may do what its row is allowed to: `MAY`, or by which denial not; `OTHERS` is for
 * the very person that a mail went to. One without a row fails a test.
 */
const MUTATIONS: Readonly<Record<string, "MAY" | "OTHERS" | keyof typeof DENIALS>> = {
  createRecord: "MAY",
  updateRecord: "MAY",
  deleteRecord: "MAY",
  massUpdateRecords: "MAY",
  massDeleteRecords: "MAY",
  changeOwner: "MAY",
  shareRecord: "MAY",
  unshareRecord: "MAY",
  revokeShares: "MAY",
  setOrganizationDefaults: "MAY",
  createSharingRule: "MAY",
  updateSharingRule: "MAY",
  deleteSharingRule: "MAY",
  activateSharingRule: "MAY",
  deactivateSharingRule: "MAY",
  createRole: "MAY",
  updateRole: "MAY",
  moveRole: "MAY",
  // Whoever holds it moves with it.
  deleteRole: "D02",
  createGroup: "MAY",
  updateGroup: "MAY",
  addGroupMembers: "MAY",
  removeGroupMembers: "MAY",
  deleteGroup: "MAY",
  // It gives an email capability.
  createProfile: "D05",
  updateProfile: "MAY",
  // Whoever has it gets another.
  deleteProfile: "D02",
  createModule: "MAY",
  updateModule: "MAY",
  deleteModule: "MAY",
  createField: "MAY",
  updateField: "MAY",
  deleteField: "MAY",
  updateUser: "D02",
  moveUsers: "D02",
  massChangeOwner: "MAY",
  cloneProfile: "MAY",
  assignApplications: "D02",
  editApplicationAssignment: "D02",
  enableApplication: "D02",
  disableApplication: "D02",
  unassignApplication: "D02",
  configureApplication: "D12",
  setSeats: "D04",
  activateUser: "D02",
  deactivateUser: "D02",
  deactivateUsers: "D02",
  deleteUser: "D02",
  addAdministrators: "D12",
  revokeAdministrator: "D12",
  inviteUser: "D02",
  inviteUsers: "D02",
  addApplicationUsers: "D02",
  resendInvitation: "D02",
  // Whoever holds the token, and nobody by their rights.
  acceptInvitation: "MAY",
  changeUserEmail: "D02",
  confirmUserEmail: "OTHERS",
  updateOrganization: "D11",
  grantSupportAccess: "D01",
  updateSupportAccess: "D01",
  revokeSupportAccess: "D01",
};

/** Every sensitive query of the table, and whether the agent sees what it asks. */
const QUERIES: Readonly<Record<string, "MAY" | keyof typeof DENIALS>> = {
  "Query.profiles": "MAY",
  "Query.sharingRules": "MAY",
  "Query.invitationPreview": "D02",
  "Record.shares": "MAY",
  "User.dependents": "D12",
  "Organization.edition": "D11",
  "Organization.hierarchy": "D11",
  "Organization.seats": "D11",
  "Organization.language": "D11",
  "Organization.superAdministrator": "D11",
  "Organization.timeZone": "D11",
  "Organization.longestSupportDays": "D01",
  "Organization.supportAccess": "D01",
  "Organization.supportAccesses": "D01",
  "Organization.supportAgents": "D01",
};

/** Where a row of each type is found. */
const PLACES: Readonly<
  Record<string, readonly [before: string, path: readonly (string | number)[], after: string]>
> = {
  Query: ["", [], ""],
  Organization: ["organization {", ["organization"], "}"],
  User: ["users(first: 1) { edges { node {", ["users", "edges", 0, "node"], "} } }"],
  Record: ['record(key: { module: "leads", key: "lead-1" }) {', ["record"], "}"],
};

/** Arguments of what needs some. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  "Query.invitationPreview": '(csv: "email,name\\nnew@acme.test,New")',
};

/** Denied nothing beyond the list, so that whatever is refused is refused by the list. */
const WORLD = ACME.replace(", extraDenials: [RECORD_DELETE]", "");

const rows = new Map((await allRows()).map((row) => [row.name as string, row]));

test("D01…D32 are the denials of the catalogue, each capability under its own", () => {
  const denied = CAPABILITIES.flatMap((each) => {
    const { denial } = capabilityRow(each);
    return denial === undefined ? [] : [[denial as string, each] as const];
  });
  const expected = Object.entries(DENIALS).flatMap(([denial, each]) => each.map((name) => [denial, name]));
  expect(denied.map((pair) => pair.join(" ")).toSorted()).toEqual(
    expected.map((pair) => pair.join(" ")).toSorted(),
  );
});

test("SA-07 every mutation and every sensitive query has a row in the tables of the agent", () => {
  expect(Object.keys(MUTATIONS).toSorted()).toEqual(Object.keys(MUTATION_NEEDS).toSorted());
  expect(Object.keys(QUERIES).toSorted()).toEqual(Object.keys(QUERY_NEEDS).toSorted());
});

describe.each(DATABASES)("what is denied to the agent, on %s", (kind) => {
  let origin: NewDatabase;
  beforeAll(async () => {
    origin = await preparedDatabase(kind, { text: WORLD, now: NOW });
  });
  afterAll(() => origin.remove());

  /** Tries something in a world of its own. */
  async function within<Result>(ask: (gateway: Gateway) => Promise<Result>): Promise<Result> {
    const { database, close } = await openTestDatabase(kind, { connections: 2 }, origin);
    try {
      return await ask(await openGateway(database, null));
    } finally {
      await close();
    }
  }

  test.each(Object.entries(DENIALS))(
    "%s %j are no capabilities of the agent, whoever gives them",
    async (_, denied) => {
      const held = await within(async (gateway) => {
        const { viewer } = await gateway.data(AGENT, "{ viewer { capabilities } }");
        return viewer.capabilities as readonly string[];
      });
      for (const capability of denied) expect(held).not.toContain(capability);
      // All that is not denied it has, but to be looked up.
      const open = CAPABILITIES.filter(
        (each) => capabilityRow(each).denial === undefined && each !== "BE_LOOKED_UP",
      );
      expect([...held].toSorted()).toEqual([...open].toSorted());
    },
  );

  test.each(Object.entries(MUTATIONS))("SA-07 %s by the agent: %s", async (name, expected) => {
    const row = rows.get(name);
    if (row === undefined) throw new Error(`${name} has no row`);
    await within(async (gateway) => {
      // What the door's own rows make before they open it would shut the agent out.
      const input = expected === "D01" ? { expiresOn: "2026-12-05" } : await row.allowed.input(gateway);
      const given = name === "revokeSupportAccess" ? { confirm: true } : input;
      const events = () => gateway.database.reader.auditEvent.count({ where: { NOT: { action: "READ" } } });
      const before = await events();
      const answer = await gateway.ask(AGENT, mutationText(name, refusalPayload(name)), { input: given });
      const code = refusalIn(answer, name)?.["code"] ?? "DONE";
      const codes: Readonly<Record<string, string>> = { MAY: "DONE", OTHERS: "NOT_FOUND" };
      expect(code, JSON.stringify(answer.errors)).toBe(codes[expected] ?? "FORBIDDEN");
      expect((await events()) > before).toBe(expected === "MAY");
      // It is not the input that is refused.
      if (expected === "MAY" || expected === "D01") return;
      const byOther = await gateway.ask(row.allowed.as, mutationText(name, refusalPayload(name)), { input });
      expect(refusalIn(byOther, name), JSON.stringify(byOther.errors)).toBeNull();
    });
  });

  test.each(Object.entries(QUERIES))("SA-07 %s asked by the agent: %s", async (place, expected) => {
    const [type = "", name = ""] = place.split(".");
    const named = schema.getType(type);
    const field = isObjectType(named) ? named.getFields()[name] : undefined;
    if (field === undefined) throw new Error(`there is no ${place}`);
    const given = ARGUMENTS[place] ?? "";
    const selected = `${name}${given}${isLeafType(getNamedType(field.type)) ? "" : " { __typename }"}`;
    const [before, path, after] = PLACES[type] ?? ["", [], ""];
    const data: Shown = await within((gateway) => gateway.data(AGENT, `{ ${before} ${selected} ${after} }`));
    const answer: unknown = [...path, name].reduce((each, step) => each[step], data);
    if (expected === "MAY") expect(answer).not.toBeNull();
    else expect(answer).toBeNull();
  });
});
