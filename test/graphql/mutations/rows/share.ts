import { AGENT, type Gateway } from "../../gateway.ts";
import type { MutationRow } from "../row.ts";

const LEAD_1 = `record(key: { module: "leads", key: "lead-1" })`;
const SHARES = `{ ${LEAD_1} { shares { edges { node { level recipient { kind user { name } } } } } } }`;

const withSue = async (gateway: Gateway) => ({
  id: await gateway.record("leads", "lead-1"),
  with: { user: await gateway.user("sue@acme.test") },
  level: "READ_WRITE",
});

/** The share of `lead-1` with Sue, as its owner sees it. */
async function shareWithSue(gateway: Gateway) {
  const { record } = await gateway.data(
    "ray@acme.test",
    `{ ${LEAD_1} { shares { edges { node { id recipient { user { name } } } } } } }`,
  );
  const { node } = record.shares.edges.find(
    (edge: { node: { recipient: { user: { name: string } | null } } }) =>
      edge.node.recipient.user?.name === "Sue",
  );
  return { share: node.id as string };
}

const allWithSue = async (gateway: Gateway) => ({
  with: { user: await gateway.user("sue@acme.test") },
  module: "leads",
});

export const shareRows: readonly MutationRow[] = [
  {
    name: "shareRecord",
    effect: SHARES,
    noCapability: { as: "ann@acme.test", input: withSue, code: "FORBIDDEN" },
    outOfReach: { as: "rex@acme.test", input: withSue, code: "NOT_FOUND", field: "input.id" },
    notWritable: { as: "sue@acme.test", input: withSue, code: "FORBIDDEN" },
    allowed: { as: "ray@acme.test", input: withSue, payload: "id record { name } share { id level }" },
  },
  {
    name: "unshareRecord",
    effect: SHARES,
    // Who may not share the record does not see its shares, so that there is nothing to be forbidden.
    noCapability: { as: "ann@acme.test", input: shareWithSue, code: "NOT_FOUND", field: "input.share" },
    outOfReach: { as: "rex@acme.test", input: shareWithSue, code: "NOT_FOUND", field: "input.share" },
    notWritable: { as: "sue@acme.test", input: shareWithSue, code: "NOT_FOUND", field: "input.share" },
    allowed: { as: "ray@acme.test", input: shareWithSue, payload: "id record { name }" },
  },
  {
    name: "revokeShares",
    effect: SHARES,
    noCapability: { as: "tia@acme.test", input: allWithSue, code: "FORBIDDEN" },
    outOfReach: {
      as: "ray@acme.test",
      input: async (gateway) => ({ with: { user: await gateway.user(AGENT) } }),
      code: "NOT_FOUND",
      field: "input.with.user",
    },
    notWritable: { why: "Shares on records that may not be shared stay, and nothing says so (SH-45)." },
    allowed: { as: "ray@acme.test", input: allWithSue, payload: "revokedShares" },
  },
];
