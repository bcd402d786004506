import type { Gateway } from "../../gateway.ts";
import { absentId } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";

const ROOT = "root@acme.test";
const PIA = "pia@acme.test";
const effect = "{ users(filter: ALL) { edges { node { name status } } } }";

const withCrm = (email: string) => async (gateway: Gateway) => ({
  id: await gateway.user(email),
  applications: [
    {
      application: "CRM",
      values: { role: await gateway.id("Role", "rep"), profile: await gateway.id("Profile", "standard") },
    },
  ],
});

/** Pia manages people, and is no administrator. */
export const leavingRows: readonly MutationRow[] = [
  {
    name: "activateUser",
    effect,
    noCapability: { as: PIA, input: withCrm("ian@acme.test"), code: "FORBIDDEN" },
    outOfReach: {
      as: ROOT,
      input: async (gateway) => ({ ...(await withCrm("ian@acme.test")(gateway)), id: absentId("User") }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: ROOT,
      input: withCrm("ray@acme.test"),
      code: "ACTION_NOT_AVAILABLE",
      field: "input.id",
    },
    allowed: { as: ROOT, input: withCrm("ian@acme.test"), payload: "user { name status }" },
  },
  {
    name: "deactivateUser",
    effect,
    noCapability: {
      as: PIA,
      input: async (gateway) => ({ id: await gateway.user("ray@acme.test") }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ id: absentId("User") }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: ROOT,
      input: async (gateway) => ({ id: await gateway.user(ROOT) }),
      code: "LAST_ADMINISTRATOR",
      field: "input.id",
    },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ id: await gateway.user("rex@acme.test") }),
      payload: "user { name } dependents { forecastManagerOf { totalCount } }",
    },
  },
  {
    name: "deactivateUsers",
    effect,
    noCapability: {
      as: PIA,
      input: async (gateway) => ({ items: [await gateway.user("ray@acme.test")] }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ items: [absentId("User")] }),
      code: "NOT_FOUND",
      field: "input.items.0",
    },
    notWritable: {
      as: ROOT,
      input: async (gateway) => ({ items: [await gateway.user(ROOT)] }),
      code: "LAST_ADMINISTRATOR",
      field: "input.items.0",
    },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ items: [await gateway.user("rex@acme.test")] }),
      payload: "items { isDone user { status } }",
    },
  },
  {
    name: "deleteUser",
    effect,
    noCapability: {
      as: PIA,
      input: async (gateway) => ({ id: await gateway.user("ray@acme.test"), confirm: true }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ id: absentId("User"), confirm: true }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: ROOT,
      input: async (gateway) => ({ id: await gateway.user(ROOT), confirm: true }),
      code: "LAST_ADMINISTRATOR",
      field: "input.id",
    },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ id: await gateway.user("rex@acme.test"), confirm: true }),
      payload: "id removedRules",
    },
  },
];
