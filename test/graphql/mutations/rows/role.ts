import { absentId } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";

const ROOT = "root@acme.test";
const RAY = "ray@acme.test";
const effect = `{ roles { edges { node { key name shareDataWithPeers parent { key } forecastManager { name } users { edges { node { name } } } } } } }`;
const NO_REACH = "whoever manages roles may do this with every role";

export const roleRows: readonly MutationRow[] = [
  {
    name: "createRole",
    effect,
    noCapability: { as: RAY, input: async () => ({ name: "Night shift" }), code: "FORBIDDEN" },
    outOfReach: {
      as: ROOT,
      input: async () => ({ name: "Night shift", parent: absentId("Role") }),
      code: "NOT_FOUND",
      field: "input.parent",
    },
    notWritable: { why: NO_REACH },
    allowed: { as: ROOT, input: async () => ({ name: "Night shift" }), payload: "role { name }" },
  },
  {
    name: "updateRole",
    effect,
    noCapability: {
      as: "pia@acme.test",
      input: async (gateway) => ({ id: await gateway.id("Role", "rep"), shareDataWithPeers: true }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ id: absentId("Role"), shareDataWithPeers: true }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: { why: NO_REACH },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ id: await gateway.id("Role", "rep"), shareDataWithPeers: true }),
      payload: "role { shareDataWithPeers }",
    },
  },
  {
    name: "moveRole",
    effect,
    noCapability: {
      as: RAY,
      input: async (gateway) => ({ id: await gateway.id("Role", "service") }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async (gateway) => ({ id: await gateway.id("Role", "service"), parent: absentId("Role") }),
      code: "NOT_FOUND",
      field: "input.parent",
    },
    notWritable: { why: NO_REACH },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({
        id: await gateway.id("Role", "service"),
        parent: await gateway.id("Role", "head"),
      }),
      payload: "role { parent { key } }",
    },
  },
  {
    name: "deleteRole",
    effect,
    noCapability: {
      as: "tia@acme.test",
      input: async (gateway) => ({ id: await gateway.id("Role", "service") }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ id: absentId("Role") }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: { why: NO_REACH },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({
        id: await gateway.id("Role", "service"),
        transferTo: await gateway.id("Role", "head"),
      }),
      payload: "id removedRules",
    },
  },
];
