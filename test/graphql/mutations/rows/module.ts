import { absentId, moduleId } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";

const ROOT = "root@acme.test";
const PIA = "pia@acme.test";
const effect = `{ modules { edges { node { key label kind defaultAccess isOpenToTeam fields { key } } } } }`;
const NO_REACH = "whoever manages modules may do this with every module but the built-in one";

export const moduleRows: readonly MutationRow[] = [
  {
    name: "createModule",
    effect,
    noCapability: { as: PIA, input: async () => ({ key: "visits", label: "Visits" }), code: "FORBIDDEN" },
    outOfReach: { why: "a new module names nothing that is there" },
    notWritable: { why: "a new module names nothing that is there" },
    allowed: {
      as: ROOT,
      input: async () => ({ key: "visits", label: "Visits" }),
      payload: "module { key }",
    },
  },
  {
    name: "updateModule",
    effect,
    noCapability: {
      as: PIA,
      input: async (gateway) => ({ id: await moduleId(gateway, "deals"), label: "Sales" }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ id: absentId("Module"), label: "Sales" }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: { why: NO_REACH },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ id: await moduleId(gateway, "deals"), label: "Sales" }),
      payload: "module { label }",
    },
  },
  {
    name: "deleteModule",
    effect,
    noCapability: {
      as: PIA,
      input: async (gateway) => ({ id: await moduleId(gateway, "deals"), confirm: true }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ id: absentId("Module"), confirm: true }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: ROOT,
      input: async (gateway) => ({ id: await moduleId(gateway, "forecasts"), confirm: true }),
      code: "ACTION_NOT_AVAILABLE",
      field: "input.id",
    },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ id: await moduleId(gateway, "deals"), confirm: true }),
      payload: "id",
    },
  },
];
