import type { MutationRow } from "../row.ts";

export const organizationRows: readonly MutationRow[] = [
  {
    name: "updateOrganization",
    effect: "{ organization { language } }",
    noCapability: { as: "pia@acme.test", input: async () => ({ language: "DE" }), code: "FORBIDDEN" },
    outOfReach: { why: "everybody reads that there is an organisation" },
    notWritable: { why: "who may change the organisation may change all of it" },
    allowed: {
      as: "root@acme.test",
      input: async () => ({ language: "JA" }),
      payload: "organization { language }",
    },
  },
];
