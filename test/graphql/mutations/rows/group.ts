import { absentId, groupVersion } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";

const ROOT = "root@acme.test";
const RAY = "ray@acme.test";
const effect = `{ groups { edges { node { key name members { edges { node { kind user { name } role { key } group { key } } } } } } } }`;
const NO_REACH = "whoever manages groups may do this with every group";

export const groupRows: readonly MutationRow[] = [
  {
    name: "createGroup",
    effect,
    noCapability: { as: RAY, input: async () => ({ name: "DACH" }), code: "FORBIDDEN" },
    outOfReach: {
      as: ROOT,
      input: async () => ({ name: "DACH", members: [{ role: absentId("Role") }] }),
      code: "NOT_FOUND",
      field: "input.members.0.role",
    },
    notWritable: { why: NO_REACH },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ name: "DACH", members: [{ user: await gateway.user(RAY) }] }),
      payload: "group { name }",
    },
  },
  {
    name: "updateGroup",
    effect,
    noCapability: {
      as: RAY,
      input: async (gateway) => ({ id: await gateway.id("Group", "vips"), name: "Very important" }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ id: absentId("Group"), name: "Very important" }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: { why: NO_REACH },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({
        id: await gateway.id("Group", "vips"),
        members: [{ user: await gateway.user(RAY) }],
        expectedVersion: await groupVersion(gateway, "vips"),
      }),
      payload: "group { name }",
    },
  },
  ...(["addGroupMembers", "removeGroupMembers"] as const).map(
    (name): MutationRow => ({
      name,
      effect,
      noCapability: {
        as: RAY,
        input: async (gateway) => ({
          id: await gateway.id("Group", "emea"),
          members: [{ role: await gateway.id("Role", "rep") }],
        }),
        code: "FORBIDDEN",
      },
      outOfReach: {
        as: ROOT,
        input: async (gateway) => ({
          id: await gateway.id("Group", "emea"),
          members: [{ role: absentId("Role") }],
        }),
        code: "NOT_FOUND",
        field: "input.members.0.role",
      },
      notWritable: { why: NO_REACH },
      allowed: {
        as: ROOT,
        input: async (gateway) => ({
          id: await gateway.id("Group", "emea"),
          members: [
            name === "addGroupMembers"
              ? { user: await gateway.user(RAY) }
              : { role: await gateway.id("Role", "rep") },
          ],
        }),
        payload: "group { name }",
      },
    }),
  ),
  {
    name: "deleteGroup",
    effect,
    noCapability: {
      as: "tia@acme.test",
      input: async (gateway) => ({ id: await gateway.id("Group", "emea") }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ id: absentId("Group") }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: { why: NO_REACH },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ id: await gateway.id("Group", "vips"), force: true }),
      payload: "id removedRules",
    },
  },
];
