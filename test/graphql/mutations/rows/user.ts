import { absentId } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";

const RAY = "ray@acme.test";
const PIA = "pia@acme.test";

export const userRows: readonly MutationRow[] = [
  {
    name: "updateUser",
    effect: `{ users(filter: ALL) { edges { node { name role { key } profile { key } reportsTo { name } } } } }`,
    noCapability: {
      as: RAY,
      input: async (gateway) => ({ id: await gateway.user(RAY), role: await gateway.id("Role", "head") }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: PIA,
      input: async () => ({ id: absentId("User"), name: "Raymond" }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: PIA,
      input: async (gateway) => ({
        id: await gateway.user(PIA),
        profile: await gateway.id("Profile", "administrator"),
      }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: PIA,
      input: async (gateway) => ({
        id: await gateway.user("rex@acme.test"),
        role: await gateway.id("Role", "service"),
        reportsTo: await gateway.user("root@acme.test"),
      }),
      payload: "user { name }",
    },
  },
  {
    name: "moveUsers",
    effect: `{ users(filter: ALL) { edges { node { name role { key } profile { key } reportsTo { name } } } } }`,
    noCapability: {
      as: RAY,
      input: async (gateway) => ({
        items: [{ id: await gateway.user(RAY), role: await gateway.id("Role", "head") }],
      }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: PIA,
      input: async (gateway) => ({
        items: [{ id: absentId("User"), role: await gateway.id("Role", "head") }],
      }),
      code: "NOT_FOUND",
      field: "input.items.0.id",
    },
    notWritable: {
      as: PIA,
      input: async (gateway) => ({
        items: [{ id: await gateway.user(PIA), profile: await gateway.id("Profile", "administrator") }],
      }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: PIA,
      input: async (gateway) => ({
        items: [
          {
            id: await gateway.user("rex@acme.test"),
            role: await gateway.id("Role", "service"),
            reportsTo: await gateway.user("root@acme.test"),
            profile: await gateway.id("Profile", "people"),
          },
        ],
      }),
      payload: "items { isDone user { name } }",
    },
  },
];
