import { absentId, fieldId, moduleId } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";

const ROOT = "root@acme.test";
const RAY = "ray@acme.test";
const effect = `{ module(key: "leads") { fields { key label type isRequired options lookupModule { key } } }
  records(module: "leads", first: 3) { edges { node { values } } } }`;
const NO_REACH = "whoever manages modules may do this with every field";

export const fieldRows: readonly MutationRow[] = [
  {
    name: "createField",
    effect,
    noCapability: {
      as: RAY,
      input: async (gateway) => ({ module: await moduleId(gateway, "leads"), key: "city", type: "TEXT" }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ module: absentId("Module"), key: "city", type: "TEXT" }),
      code: "NOT_FOUND",
      field: "input.module",
    },
    notWritable: { why: NO_REACH },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({
        module: await moduleId(gateway, "leads"),
        key: "city",
        type: "TEXT",
        isRequired: true,
        fillWith: "Berlin",
      }),
      payload: "field { key }",
    },
  },
  {
    name: "updateField",
    effect,
    noCapability: {
      as: RAY,
      input: async (gateway) => ({ id: await fieldId(gateway, "leads", "revenue"), label: "Turnover" }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ id: absentId("Field"), label: "Turnover" }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: { why: NO_REACH },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ id: await fieldId(gateway, "leads", "revenue"), label: "Turnover" }),
      payload: "field { label }",
    },
  },
  {
    name: "deleteField",
    effect,
    noCapability: {
      as: RAY,
      input: async (gateway) => ({ id: await fieldId(gateway, "leads", "status"), confirm: true }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ id: absentId("Field"), confirm: true }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: { why: NO_REACH },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ id: await fieldId(gateway, "leads", "status"), confirm: true }),
      payload: "id",
    },
  },
];
