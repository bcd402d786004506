import { AGENT, type Gateway } from "../../gateway.ts";
import { absentId } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";
import { mutationText } from "../rows.ts";

const ROOT = "root@acme.test";
const effect = `{ organization { supportAccess { isOpen expiresOn expiresAt agentEmail }
  supportAccesses { edges { node { id expiresOn revokedAt reason extraDenials } } } } }`;

/** Closes the door of the world, so that another can be opened. */
async function closed(gateway: Gateway, input: object): Promise<object> {
  await gateway.ask(ROOT, mutationText("revokeSupportAccess"), { input: { confirm: true } });
  return input;
}

/** Of the agent, D01. */
export const supportRows: readonly MutationRow[] = [
  {
    name: "grantSupportAccess",
    effect,
    noCapability: {
      as: "pia@acme.test",
      input: async () => ({ expiresOn: "2026-12-05", acknowledgeDataVisible: true }),
      code: "FORBIDDEN",
    },
    outOfReach: { why: "an address is nothing to reach" },
    notWritable: { why: "the agent, who sees it, has a table of its own" },
    allowed: {
      as: ROOT,
      input: (gateway) =>
        closed(gateway, {
          expiresOn: "2026-12-05",
          agent: AGENT,
          reason: "The import fails",
          extraDenials: ["VIEW_ALL_DATA"],
          acknowledgeDataVisible: true,
        }),
      payload: "supportAccess { isOpen reason }",
    },
  },
  {
    name: "updateSupportAccess",
    effect,
    noCapability: {
      as: "pia@acme.test",
      input: async () => ({ expiresOn: "2026-12-05" }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ expiresOn: "2026-12-05", id: absentId("SupportAccess") }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: { as: AGENT, input: async () => ({ expiresOn: "2027-01-05" }), code: "FORBIDDEN" },
    allowed: {
      as: ROOT,
      input: async () => ({ expiresOn: "2026-12-05" }),
      payload: "supportAccess { expiresOn }",
    },
  },
  {
    name: "revokeSupportAccess",
    effect,
    noCapability: { as: "pia@acme.test", input: async () => ({ confirm: true }), code: "FORBIDDEN" },
    outOfReach: {
      as: ROOT,
      input: async () => ({ confirm: true, id: absentId("SupportAccess") }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: { as: AGENT, input: async () => ({ confirm: true }), code: "FORBIDDEN" },
    allowed: { as: ROOT, input: async () => ({ confirm: true }), payload: "supportAccess { isOpen }" },
  },
];
