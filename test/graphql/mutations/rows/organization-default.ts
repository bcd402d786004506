import type { MutationRow } from "../row.ts";

const defaults = async () => ({ defaults: [{ module: "leads", access: "PUBLIC_READ_ONLY" }] });

export const organizationDefaultsRows: readonly MutationRow[] = [
  {
    name: "setOrganizationDefaults",
    effect: "{ modules { edges { node { key defaultAccess } } } }",
    noCapability: { as: "hal@acme.test", input: defaults, code: "FORBIDDEN" },
    outOfReach: { why: "modules are no secret: an unknown key is a mistake of the asker (AP-04)" },
    notWritable: { as: "ray@acme.test", input: defaults, code: "FORBIDDEN" },
    allowed: { as: "root@acme.test", input: defaults, payload: "ids modules { key defaultAccess }" },
  },
];
