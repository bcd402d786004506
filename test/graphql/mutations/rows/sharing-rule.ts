import { type Gateway, onlyError } from "../../gateway.ts";
import { absentId } from "../../noun-id.ts";
import type { MutationRow, Refused } from "../row.ts";

const ROOT = "root@acme.test";
const effect = "{ sharingRules { edges { node { name level status target { kind user { name } } } } } }";
const payload = "sharingRule { name level status }";

/** Without the capability nobody reads a rule, so that there is none to be forbidden. */
const WHY = "whoever reads a sharing rule may do this with it";

const theRule = async (gateway: Gateway) => ({ id: await gateway.id("SharingRule", "reps-to-service") });
const noRule = async () => ({ id: absentId("SharingRule") });
const outOfReach: Refused = { as: ROOT, input: noRule, code: "NOT_FOUND", field: "input.id" };

const newRule = async (gateway: Gateway) => ({
  module: "leads",
  name: "Service to reps",
  source: { role: await gateway.id("Role", "service") },
  target: { role: await gateway.id("Role", "rep") },
  level: "READ_WRITE",
});

const changed = async (gateway: Gateway) => ({
  ...(await theRule(gateway)),
  level: "READ_ONLY",
  target: { everyone: true },
});

/** The rule, made inactive unless it is. */
async function inactiveRule(gateway: Gateway) {
  const input = await theRule(gateway);
  const answer = await gateway.ask(
    ROOT,
    "mutation ($input: DeactivateSharingRuleInput!) { deactivateSharingRule(input: $input) { id } }",
    { input },
  );
  if (answer.errors !== undefined && onlyError(answer).extensions["code"] !== "ACTION_NOT_AVAILABLE")
    throw new Error(JSON.stringify(answer.errors));
  return input;
}

export const sharingRuleRows: readonly MutationRow[] = [
  {
    name: "createSharingRule",
    effect,
    noCapability: { as: "hal@acme.test", input: newRule, code: "FORBIDDEN" },
    outOfReach: {
      as: ROOT,
      input: async (gateway) => ({ ...(await newRule(gateway)), target: { user: absentId("User") } }),
      code: "NOT_FOUND",
      field: "input.target.user",
    },
    notWritable: { why: "what it names is not changed by it" },
    allowed: { as: ROOT, input: newRule, payload },
  },
  {
    name: "updateSharingRule",
    effect,
    noCapability: { as: "hal@acme.test", input: changed, code: "NOT_FOUND", field: "input.id" },
    outOfReach,
    notWritable: { why: WHY },
    allowed: { as: ROOT, input: changed, payload },
  },
  {
    name: "deleteSharingRule",
    effect,
    noCapability: { as: "hal@acme.test", input: theRule, code: "NOT_FOUND", field: "input.id" },
    outOfReach,
    notWritable: { why: WHY },
    allowed: { as: ROOT, input: theRule, payload: "id" },
  },
  {
    name: "activateSharingRule",
    effect,
    noCapability: { as: "hal@acme.test", input: inactiveRule, code: "NOT_FOUND", field: "input.id" },
    outOfReach,
    notWritable: { why: WHY },
    allowed: { as: ROOT, input: inactiveRule, payload },
  },
  {
    name: "deactivateSharingRule",
    effect,
    noCapability: { as: "hal@acme.test", input: theRule, code: "NOT_FOUND", field: "input.id" },
    outOfReach,
    notWritable: { why: WHY },
    allowed: { as: ROOT, input: theRule, payload },
  },
];
