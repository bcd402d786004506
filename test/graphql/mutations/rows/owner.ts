import type { Gateway } from "../../gateway.ts";
import type { MutationRow } from "../row.ts";

const toHal = async (gateway: Gateway) => ({
  id: await gateway.record("leads", "lead-1"),
  owner: await gateway.user("hal@acme.test"),
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
];
