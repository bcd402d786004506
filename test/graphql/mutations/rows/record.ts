import { AGENT, type Gateway } from "../../gateway.ts";
import type { MutationRow } from "../row.ts";

const lead = (gateway: Gateway, key = "lead-1") => gateway.record("leads", key);
const LEADS = `{ records(module: "leads") { totalCount } }`;
const LEAD_2 = `{ record(key: { module: "leads", key: "lead-2" }) { name values updatedAt } }`;

const renamed = async (gateway: Gateway) => ({ id: await lead(gateway), name: "Renamed" });
const oneRenamed = async (gateway: Gateway) => ({ items: [await renamed(gateway)] });
const oneGone = async (gateway: Gateway) => ({ items: [await lead(gateway)] });

/** A mass change answers by item: the refusals of its rows are those of the first item (AP-07). */
export const recordRows: readonly MutationRow[] = [
  {
    name: "createRecord",
    effect: LEADS,
    noCapability: {
      as: "ann@acme.test",
      input: async () => ({ module: "leads", name: "New", values: { status: "new" } }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: "ray@acme.test",
      input: async (gateway) => ({
        module: "leads",
        name: "New",
        values: { status: "new", account: await gateway.record("accounts", "acc-1") },
      }),
      code: "NOT_FOUND",
      field: "input.values.account",
    },
    notWritable: { why: "A record that is yet to be made cannot be read." },
    allowed: {
      as: "ray@acme.test",
      input: async (gateway) => ({
        module: "leads",
        name: "New",
        values: { status: "new" },
        owner: await gateway.user("ray@acme.test"),
      }),
      payload: "id record { name }",
    },
  },
  {
    name: "updateRecord",
    effect: LEAD_2,
    noCapability: { as: "ann@acme.test", input: renamed, code: "FORBIDDEN" },
    outOfReach: { as: "rex@acme.test", input: renamed, code: "NOT_FOUND", field: "input.id" },
    notWritable: { as: "sue@acme.test", input: renamed, code: "FORBIDDEN" },
    allowed: {
      as: "ray@acme.test",
      input: async (gateway) => ({ id: await lead(gateway, "lead-2"), values: { revenue: 7 } }),
      payload: "id record { values }",
    },
  },
  {
    name: "deleteRecord",
    effect: LEADS,
    noCapability: {
      as: AGENT,
      input: async (gateway) => ({ id: await lead(gateway) }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: "rex@acme.test",
      input: async (gateway) => ({ id: await lead(gateway) }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: "sue@acme.test",
      input: async (gateway) => ({ id: await lead(gateway) }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: "ray@acme.test",
      input: async (gateway) => ({ id: await lead(gateway, "lead-3") }),
      payload: "id",
    },
  },
  {
    name: "massUpdateRecords",
    effect: LEAD_2,
    noCapability: { as: "ann@acme.test", input: oneRenamed, code: "FORBIDDEN" },
    outOfReach: { as: "rex@acme.test", input: oneRenamed, code: "NOT_FOUND", field: "input.items.0.id" },
    notWritable: { as: "sue@acme.test", input: oneRenamed, code: "FORBIDDEN" },
    allowed: {
      as: "ray@acme.test",
      input: async (gateway) => ({ items: [{ id: await lead(gateway, "lead-2"), name: "Renamed" }] }),
      payload: "items { id isDone refusal { code field } record { name } }",
    },
  },
  {
    name: "massDeleteRecords",
    effect: LEADS,
    noCapability: { as: AGENT, input: oneGone, code: "FORBIDDEN" },
    outOfReach: { as: "rex@acme.test", input: oneGone, code: "NOT_FOUND", field: "input.items.0" },
    notWritable: { as: "sue@acme.test", input: oneGone, code: "FORBIDDEN" },
    allowed: {
      as: "ray@acme.test",
      input: async (gateway) => ({ items: [await lead(gateway, "lead-4")] }),
      payload: "items { id isDone refusal { code field } record { name } }",
    },
  },
];
