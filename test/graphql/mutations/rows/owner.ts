import type { Gateway } from "../../gateway.ts";
import { absentId } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";

const toHal = async (gateway: Gateway) => ({
  id: await gateway.record("leads", "lead-1"),
  owner: await gateway.user("hal@acme.test"),
});

const raysToHal = async (gateway: Gateway) => ({
  from: await gateway.user("ray@acme.test"),
  to: await gateway.user("hal@acme.test"),
  modules: ["leads"],
});

export const ownerRows: readonly MutationRow[] = [
  {
    name: "changeOwner",
    effect: `{ record(key: { module: "leads", key: "lead-1" }) { owner { name } updatedAt } }`,
    noCapability: { as: "ann@acme.test", input: toHal, code: "FORBIDDEN" },
    outOfReach: { as: "rex@acme.test", input: toHal, code: "NOT_FOUND", field: "input.id" },
    notWritable: { as: "sue@acme.test", input: toHal, code: "FORBIDDEN" },
    allowed: { as: "ray@acme.test", input: toHal, payload: "id record { owner { name } }" },
  },
  {
    name: "massChangeOwner",
    effect: `{ recordTransfers { edges { node { id } } } records(module: "leads") { edges { node { owner { name } } } } }`,
    noCapability: { as: "tia@acme.test", input: raysToHal, code: "FORBIDDEN" },
    outOfReach: {
      as: "ray@acme.test",
      input: async (gateway) => ({ ...(await raysToHal(gateway)), to: absentId("User") }),
      code: "NOT_FOUND",
      field: "input.to",
    },
    notWritable: {
      as: "ray@acme.test",
      input: async (gateway) => ({ ...(await raysToHal(gateway)), to: await gateway.user("ian@acme.test") }),
      code: "BAD_USER_INPUT",
      field: "input.to",
    },
    allowed: {
      as: "root@acme.test",
      input: raysToHal,
      payload: "transfer { from { name } to { name } movedRecords }",
    },
  },
];
