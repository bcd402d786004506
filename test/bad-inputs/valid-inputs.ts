import { AGENT } from "../graphql/gateway.ts";
import type { Dice } from "../random/dice.ts";
import { type Arguments, type Making, newKey, recordKey } from "./valid.ts";
import { filterOnLeads, filterOnValues, leadValues } from "./valid-leads.ts";
import { LEAD_VALUES, type World } from "./world.ts";

/** Modules that have a default, and records of anybody. */
const ORGANIZATION_MODULES = ["leads", "accounts", "deals"];

/** Good values of input types whose fields have to go together. */
export const BY_INPUT: Readonly<Record<string, (making: Making) => unknown>> = {
  RecordKey: recordKey,
  RecordFilter: filterOnLeads,
  CreateRecordInput: ({ world, dice }) => ({
    module: "leads",
    name: "A lead",
    values: leadValues(dice),
    ...(dice.chance(0.3) ? { owner: dice.pick(world.ids.User) } : {}),
  }),
  MassChangeOwnerInput: ({ world, dice }) => ({
    from: dice.pick([world.people["hal@acme.test"], world.people["ann@acme.test"]]),
    to: dice.pick([world.people["ray@acme.test"], world.people["sue@acme.test"]]),
    ...(dice.chance(0.5) ? { modules: ["leads"] } : {}),
  }),
  UpdateRecordInput: ({ world, dice }) => changed(dice.pick(leads(world)), dice),
  MassUpdateRecordsInput: ({ world, dice }) => ({
    items: dice.sample(leads(world), dice.between(1, 3)).map((id) => changed(id, dice)),
  }),
  SetOrganizationDefaultsInput: ({ dice }) => ({
    defaults: dice
      .sample(ORGANIZATION_MODULES, dice.between(1, 3))
      .map((module) => ({ module, access: dice.pick(["PRIVATE", "PUBLIC_READ_ONLY", "PUBLIC_READ_WRITE"]) })),
  }),
  ChangeOwnerInput: ({ world, dice }) => ({
    id: dice.pick(leads(world)),
    owner: dice.pick(world.ids.User),
    ...(dice.chance(0.4) ? { keepShares: dice.chance(0.5) } : {}),
    ...(dice.chance(0.4) ? { previousOwnerKeeps: "READ_ONLY" } : {}),
  }),
  CreateSharingRuleInput: (making) => ({
    module: "leads",
    name: `A rule ${making.dice.between(1, 1_000_000)}`,
    level: making.dice.pick(["READ_ONLY", "READ_WRITE"]),
    target: party(making),
    ...(making.dice.chance(0.5) ? { source: { role: making.dice.pick(making.world.ids.Role) } } : {}),
    criteria: filterOnValues(making),
    ...(making.dice.chance(0.4) ? { includeSuperiors: true, expiresAt: "2028-01-01T00:00:00Z" } : {}),
  }),
  UpdateSharingRuleInput: (making) => ({
    id: making.dice.pick(making.world.ids.SharingRule),
    ...(making.dice.chance(0.5) ? { target: party(making) } : {}),
    ...(making.dice.chance(0.5) ? { criteria: filterOnValues(making) } : {}),
    ...(making.dice.chance(0.5) ? { name: `A rule ${making.dice.between(1, 1_000_000)}` } : {}),
    ...(making.dice.chance(0.3) ? { expiresAt: "2028-01-01T00:00:00Z" } : {}),
  }),
  CreateProfileInput: ({ dice }) => ({
    name: newKey(dice),
    permissions: permissions(dice),
    capabilities: ["SEND_EMAIL"],
  }),
  UpdateProfileInput: ({ world, dice }) => ({
    id: dice.pick(world.ids.Profile),
    // As the file made it.
    expectedVersion: 1,
    permissions: permissions(dice),
    ...(dice.chance(0.5) ? { capabilities: ["SEND_EMAIL", "VIEW_ACCESS"] } : {}),
  }),
  InviteUserInput: ({ dice }) => newPerson(dice),
  InviteUsersInput: ({ dice }) =>
    dice.chance(0.5)
      ? { items: Array.from({ length: dice.between(1, 3) }, () => newPerson(dice)) }
      : { csv: `email,name,ANALYTICS.role\n${newEmail(dice)},Somebody New,Viewer\n` },
  AddApplicationUsersInput: ({ world, dice }) => ({
    application: "SALESIQ",
    values: ANSWERS["SALESIQ"],
    items: [{ email: newEmail(dice) }, { user: dice.pick(world.ids.User) }],
  }),
  GrantSupportAccessInput: ({ dice }) => ({
    expiresOn: "2026-12-20",
    acknowledgeDataVisible: true,
    ...(dice.chance(0.7) ? { agent: AGENT } : {}),
    ...(dice.chance(0.5) ? { reason: "The import fails", extraDenials: ["RECORD_DELETE"] } : {}),
  }),
  UpdateSupportAccessInput: ({ world, dice }) => ({
    expiresOn: dice.pick(["2026-12-20", "2027-01-31"]),
    ...(dice.chance(0.5) ? { id: dice.pick(world.ids.SupportAccess) } : {}),
  }),
  ActivateUserInput: ({ world, dice }) => ({
    id: dice.pick([world.people["ian@acme.test"], ...world.ids.User]),
    applications: [{ application: "ANALYTICS", values: ANSWERS["ANALYTICS"] }],
  }),
  AuditEventFilter: ({ world, dice }) => ({
    ...(dice.chance(0.5) ? { actor: dice.pick(world.ids.User) } : {}),
    ...(dice.chance(0.5) ? { actions: ["CREATE_RECORD", "UPDATE_USER"] } : {}),
    ...(dice.chance(0.5) ? { target: dice.pick([...world.ids.Record, ...world.ids.Role]) } : {}),
    ...(dice.chance(0.5) ? { from: "2026-12-01T00:00:00Z" } : {}),
    ...(dice.chance(0.5) ? { to: "2027-01-01T00:00:00Z" } : {}),
    ...(dice.chance(0.3) ? { isSupport: dice.chance(0.5) } : {}),
  }),
  AssignApplicationsInput: ({ world, dice }) => ({
    items: dice.sample(world.ids.User, dice.between(1, 3)).map((user) => ({
      user,
      applications: dice
        .sample(["ANALYTICS", "DESK", "SALESIQ"], dice.between(1, 2))
        .map((application) => ({ application, values: ANSWERS[application] })),
    })),
  }),
  EditApplicationAssignmentInput: ({ world }) => ({
    user: world.people["rex@acme.test"],
    application: "DESK",
    values: { role: "Supervisor" },
  }),
  EnableApplicationInput: ({ world }) => ({
    user: world.people["rex@acme.test"],
    application: "SURVEY",
    values: { department: "General", departmentRole: "Editor" },
  }),
  DisableApplicationInput: ({ world }) => ({ user: world.people["rex@acme.test"], application: "DESK" }),
  UnassignApplicationInput: ({ world }) => ({ user: world.people["pam@acme.test"], application: "SURVEY" }),
  ConfigureApplicationInput: ({ world, dice }) => ({
    application: "SOCIAL",
    name: "Social media",
    fields: [
      { key: "brand", label: "Brand", type: "OPTION", isRequired: true, options: ["Main", "Other"] },
      { key: "motto", type: "TEXT" },
    ],
    administrators: [world.people["ray@acme.test"]],
    // As the file made it.
    expectedVersion: 1,
    ...(dice.chance(0.2) ? { name: "Social" } : {}),
  }),
  SetSeatsInput: ({ dice }) => ({ regular: dice.between(30, 60), team: dice.between(10, 20) }),
  CreateFieldInput: ({ world, dice }) => {
    const [type, more] = dice.pick(NEW_FIELDS);
    // Leads that are made need not know of it.
    const module = world.modules.get(dice.pick(["accounts", "deals", "tickets"]));
    return { module, key: newKey(dice), label: "A field", type, ...more };
  },
  UpdateFieldInput: ({ world, dice }) => ({
    id: dice.pick(world.ids.Field),
    label: "Another label",
    ...(dice.chance(0.3) ? { isRequired: false } : {}),
    ...(dice.chance(0.3) ? { confirm: true } : {}),
  }),
};

function newEmail(dice: Dice): string {
  return `new-${dice.between(1, 1_000_000_000)}@acme.test`;
}

function newPerson(dice: Dice): Arguments {
  return {
    email: newEmail(dice),
    applications: [{ application: "ANALYTICS", values: ANSWERS["ANALYTICS"] }],
    ...(dice.chance(0.5) ? { name: "Somebody New" } : {}),
    ...(dice.chance(0.3) ? { license: "TEAM", teamModules: [{ module: "tickets", role: "MEMBER" }] } : {}),
  };
}

/** What applications ask, answered. */
const ANSWERS: Readonly<Record<string, Arguments>> = {
  ANALYTICS: { role: "Viewer" },
  DESK: { role: "Agent", profile: "Agent", department: "General" },
  SALESIQ: { role: "Associate", department: "General" },
};

/** The type of a new field, with what it needs. */
const NEW_FIELDS: readonly (readonly [string, Arguments])[] = [
  ["TEXT", {}],
  ["TEXT", { isRequired: true, fillWith: "Nothing yet" }],
  ["NUMBER", { isRequired: true, fillWith: 5 }],
  ["DATE", { fillWith: "2027-01-01" }],
  ["PICKLIST", { options: ["one", "two"] }],
  ["MULTI_PICKLIST", { options: ["one", "two"], isRequired: true, fillWith: ["two"] }],
  ["LOOKUP", { lookupModule: "accounts" }],
];

function permissions(dice: Dice): readonly unknown[] {
  return dice.sample(ORGANIZATION_MODULES, dice.between(1, 3)).map((module) => ({
    module,
    permissions: ["VIEW", ...dice.sample(["CREATE", "EDIT", "DELETE", "SHARE"], dice.between(0, 3))],
  }));
}

function party({ world, dice }: Making): unknown {
  return dice.pick<() => unknown>([
    () => ({ user: dice.pick(world.ids.User) }),
    () => ({ role: dice.pick(world.ids.Role) }),
    () => ({ roleAndSubordinates: dice.pick(world.ids.Role) }),
    () => ({ group: dice.pick(world.ids.Group) }),
    () => ({ everyone: true }),
  ])();
}

function leads({ records }: World): readonly string[] {
  return records.flatMap(({ module, id }) => (module === "leads" ? id : []));
}

function changed(id: string, dice: Dice): Arguments {
  const keys = dice.sample(Object.keys(LEAD_VALUES), dice.between(1, 3));
  const values = Object.fromEntries(keys.map((key) => [key, dice.pick(LEAD_VALUES[key] ?? [])]));
  return {
    id,
    values,
    ...(dice.chance(0.5) ? { name: "Another name" } : {}),
    ...(dice.chance(0.1) ? { expectedUpdatedAt: "2027-06-30T12:00:00Z" } : {}),
  };
}
