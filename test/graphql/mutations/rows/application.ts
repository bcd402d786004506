import type { Gateway } from "../../gateway.ts";
import { absentId } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";

const ROOT = "root@acme.test";
const RAY = "ray@acme.test";
const REX = "rex@acme.test";
const PAM = "pam@acme.test";
/** Manages people, and administers Desk alone. */
const PIA = "pia@acme.test";

const DESK = { role: "Agent", profile: "Agent", department: "General" };
const SURVEY = { department: "General", departmentRole: "Editor" };
const EFFECT = `{ users(filter: ALL, first: 100) { edges { node { name applications { key isEnabled values } } } } }`;

const one =
  (email: string, application: string, more: object = {}) =>
  async (gateway: Gateway) => ({
    user: await gateway.user(email),
    application,
    ...more,
  });

const absent =
  (application: string, more: object = {}) =>
  async () => ({ user: absentId("User"), application, ...more });

const items = (email: string, application: string, values: object) => async (gateway: Gateway) => ({
  items: [{ user: await gateway.user(email), applications: [{ application, values }] }],
});

const INVITED = `{ users(filter: PENDING, first: 100) { edges { node { name email applications { key values } } } } }`;
const given = (application: string, values: object) => ({ applications: [{ application, values }] });

export const applicationRows: readonly MutationRow[] = [
  {
    name: "inviteUser",
    effect: INVITED,
    noCapability: {
      as: RAY,
      input: async () => ({ email: "new@acme.test", ...given("DESK", DESK) }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({
        email: "new@acme.test",
        ...given("CRM", { role: absentId("Role"), profile: absentId("Profile") }),
      }),
      code: "NOT_FOUND",
      field: "input.applications.0.values.role",
    },
    notWritable: {
      as: PIA,
      input: async () => ({ email: "new@acme.test", ...given("SURVEY", SURVEY) }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: PIA,
      input: async () => ({ email: "New@acme.test", name: "Somebody New", ...given("DESK", DESK) }),
      payload: "user { name status }",
    },
  },
  {
    name: "inviteUsers",
    effect: INVITED,
    noCapability: {
      as: RAY,
      input: async () => ({ items: [{ email: "new@acme.test", ...given("DESK", DESK) }] }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({
        items: [
          {
            email: "new@acme.test",
            ...given("CRM", { role: absentId("Role"), profile: absentId("Profile") }),
          },
        ],
      }),
      code: "NOT_FOUND",
      field: "input.items.0.applications.0.values.role",
    },
    notWritable: {
      as: PIA,
      input: async () => ({ items: [{ email: "new@acme.test", ...given("SURVEY", SURVEY) }] }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: PIA,
      input: async () => ({
        items: [{ email: "new@acme.test", name: "Somebody New", ...given("DESK", DESK) }],
      }),
      payload: "items { isDone user { name } }",
    },
  },
  {
    name: "addApplicationUsers",
    effect: EFFECT,
    noCapability: {
      as: RAY,
      input: async (gateway) => ({
        application: "DESK",
        values: DESK,
        items: [{ user: await gateway.user(RAY) }],
      }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: PIA,
      input: async () => ({ application: "DESK", values: DESK, items: [{ user: absentId("User") }] }),
      code: "NOT_FOUND",
      field: "input.items.0.user",
    },
    notWritable: {
      as: PIA,
      input: async (gateway) => ({
        application: "SURVEY",
        values: SURVEY,
        items: [{ user: await gateway.user(RAY) }],
      }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: PIA,
      input: async (gateway) => ({
        application: "DESK",
        values: DESK,
        items: [{ user: await gateway.user(RAY) }, { email: "new@acme.test" }],
      }),
      payload: "items { isDone user { name } }",
    },
  },
  {
    name: "assignApplications",
    effect: EFFECT,
    noCapability: { as: RAY, input: items(RAY, "DESK", DESK), code: "FORBIDDEN" },
    outOfReach: {
      as: PIA,
      input: async () => ({
        items: [{ user: absentId("User"), applications: [{ application: "DESK", values: DESK }] }],
      }),
      code: "NOT_FOUND",
      field: "input.items.0.user",
    },
    notWritable: { as: PIA, input: items(RAY, "SURVEY", SURVEY), code: "FORBIDDEN" },
    allowed: { as: PIA, input: items(RAY, "DESK", DESK), payload: "items { isDone user { name } }" },
  },
  {
    name: "editApplicationAssignment",
    effect: EFFECT,
    noCapability: { as: REX, input: one(REX, "DESK", { values: { role: "Supervisor" } }), code: "FORBIDDEN" },
    outOfReach: {
      as: PIA,
      input: absent("DESK", { values: { role: "Supervisor" } }),
      code: "NOT_FOUND",
      field: "input.user",
    },
    notWritable: {
      as: PIA,
      input: one(PAM, "SURVEY", { values: { departmentRole: "Editor" } }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: PIA,
      input: one(REX, "DESK", { values: { role: "Supervisor" } }),
      payload: "user { applications { values } }",
    },
  },
  {
    name: "enableApplication",
    effect: EFFECT,
    noCapability: { as: REX, input: one(REX, "SURVEY", { values: SURVEY }), code: "FORBIDDEN" },
    outOfReach: {
      as: PIA,
      input: absent("SURVEY", { values: SURVEY }),
      code: "NOT_FOUND",
      field: "input.user",
    },
    notWritable: { as: PIA, input: one(REX, "SURVEY", { values: SURVEY }), code: "FORBIDDEN" },
    allowed: { as: ROOT, input: one(REX, "SURVEY", { values: SURVEY }), payload: "user { name }" },
  },
  {
    name: "disableApplication",
    effect: EFFECT,
    noCapability: { as: REX, input: one(REX, "DESK"), code: "FORBIDDEN" },
    outOfReach: { as: PIA, input: absent("DESK"), code: "NOT_FOUND", field: "input.user" },
    notWritable: { as: PIA, input: one(REX, "CRM"), code: "FORBIDDEN" },
    allowed: { as: PIA, input: one(REX, "DESK"), payload: "user { name }" },
  },
  {
    name: "unassignApplication",
    effect: EFFECT,
    noCapability: { as: RAY, input: one(PAM, "SURVEY"), code: "FORBIDDEN" },
    outOfReach: { as: PIA, input: absent("SURVEY"), code: "NOT_FOUND", field: "input.user" },
    notWritable: { as: PIA, input: one(PAM, "SURVEY"), code: "FORBIDDEN" },
    allowed: { as: ROOT, input: one(PAM, "SURVEY"), payload: "user { name }" },
  },
  {
    name: "configureApplication",
    effect: `{ organization { applications { key name fields { key options } administrators { name } } } }`,
    noCapability: { as: RAY, input: async () => ({ application: "DESK", name: "Help" }), code: "FORBIDDEN" },
    outOfReach: {
      as: ROOT,
      input: async () => ({ application: "DESK", administrators: [absentId("User")], expectedVersion: 1 }),
      code: "NOT_FOUND",
      field: "input.administrators.0",
    },
    notWritable: {
      as: PIA,
      input: async (gateway) => ({
        application: "DESK",
        administrators: [await gateway.user(RAY)],
        expectedVersion: 1,
      }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({
        application: "SOCIAL",
        name: "Social media",
        fields: [{ key: "brand", label: "Brand", type: "OPTION", isRequired: true, options: ["Main"] }],
        administrators: [await gateway.user(RAY)],
        expectedVersion: 1,
      }),
      payload: "application { name fields { key } }",
    },
  },
  {
    name: "setSeats",
    effect: `{ organization { seats { regular team } } }`,
    noCapability: { as: PIA, input: async () => ({ regular: 50 }), code: "FORBIDDEN" },
    outOfReach: { why: "it names nothing" },
    notWritable: { why: "there is one organisation, whose seats are for holders of one capability" },
    allowed: {
      as: ROOT,
      input: async () => ({ regular: 50 }),
      payload: "organization { seats { regular } }",
    },
  },
];
