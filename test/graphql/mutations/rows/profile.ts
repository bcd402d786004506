import { AGENT } from "../../gateway.ts";
import { atVersion, profileId } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";

const ROOT = "root@acme.test";
const RAY = "ray@acme.test";
const effect = `{ profiles { edges { node { key name capabilities modules { module { key } permissions } } } }
  users(filter: ALL) { edges { node { name profile { key } } } } }`;

export const profileRows: readonly MutationRow[] = [
  {
    name: "createProfile",
    effect,
    noCapability: { as: "pia@acme.test", input: async () => ({ name: "New" }), code: "FORBIDDEN" },
    outOfReach: { why: "a new profile names modules alone, which nothing hides" },
    notWritable: {
      as: AGENT,
      input: async () => ({ name: "New", capabilities: ["EXPORT_DATA"] }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: ROOT,
      input: async () => ({
        name: "New",
        permissions: [{ module: "leads", permissions: ["VIEW"] }],
        capabilities: ["SEND_EMAIL"],
      }),
      payload: "profile { name }",
    },
  },
  {
    name: "updateProfile",
    effect,
    noCapability: {
      as: RAY,
      input: async (gateway) =>
        atVersion(gateway, { id: await profileId(gateway, "standard"), capabilities: [] }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: RAY,
      input: async (gateway) => ({ id: await profileId(gateway, "auditor"), name: "Mine" }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: AGENT,
      input: async (gateway) =>
        atVersion(gateway, { id: await profileId(gateway, "administrator"), capabilities: [] }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ id: await profileId(gateway, "auditor"), name: "Reviewer" }),
      payload: "profile { name }",
    },
  },
  {
    name: "deleteProfile",
    effect,
    noCapability: {
      as: "ann@acme.test",
      input: async (gateway) => ({ id: await profileId(gateway, "auditor") }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: RAY,
      input: async (gateway) => ({ id: await profileId(gateway, "auditor") }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: AGENT,
      input: async (gateway) => ({ id: await profileId(gateway, "administrator") }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({
        id: await profileId(gateway, "auditor"),
        transferTo: await profileId(gateway, "standard"),
      }),
      payload: "id",
    },
  },
  {
    name: "cloneProfile",
    effect,
    noCapability: {
      as: "ann@acme.test",
      input: async (gateway) => ({ id: await profileId(gateway, "auditor"), name: "New" }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: RAY,
      input: async (gateway) => ({ id: await profileId(gateway, "auditor"), name: "New" }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: AGENT,
      input: async (gateway) => ({ id: await profileId(gateway, "administrator"), name: "New" }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ id: await profileId(gateway, "auditor"), name: "New", key: "new" }),
      payload: "profile { name }",
    },
  },
];
