import type { Capability } from "../../src/policy/capability.ts";
import { AGENT } from "../graphql/gateway.ts";
import { ACME } from "../graphql/world.ts";

/** What guards a mutation, each held by one person alone; the last guards none here, like others of its kind. */
const MANAGING = [
  "MANAGE_DATA_SHARING",
  "MANAGE_ROLES",
  "MANAGE_GROUPS",
  "MANAGE_PROFILES",
  "MANAGE_MODULES",
  "MANAGE_USERS",
  "MANAGE_ADMIN_PERMISSIONS",
  "MODIFY_ALL_DATA",
  "MANAGE_ORGANIZATION",
  "MANAGE_SUPPORT_ACCESS",
] as const satisfies readonly Capability[];

/** What may be denied to the agent by its grant, and guards something here. */
const DENIABLE: readonly Capability[] = [
  "RECORD_DELETE",
  "MANAGE_DATA_SHARING",
  "MANAGE_ROLES",
  "MANAGE_GROUPS",
  "MANAGE_PROFILES",
  "MANAGE_MODULES",
  "MODIFY_ALL_DATA",
];

/** Who asks, and in which world: the agent's denials stand in the file. */
export type Caller = { readonly title: string; readonly as: string; readonly text: string };

const addressOf = (capability: string) => `${capability.toLowerCase().replaceAll("_", "-")}@acme.test`;
const profileOf = (capability: string) => capability.toLowerCase().replaceAll("_", "-");

/**
 * The organisation, with the super administrator in the middle of the tree, so that somebody can be put above; `boss` is
 * above by role alone. Each manager holds one capability and opens no module; `remover` manages modules and deletes deals.
 */
const WORLD = ACME.replace(/ {4}lead-(?:[5-9]|\d\d+): .*\n/gu, "")
  .replace(
    "  service: { name: Service, parent: ceo }\n",
    "  service: { name: Service, parent: ceo }\n  chief: { name: Chief, parent: ceo }\n  outside: { name: Outside }\n",
  )
  // So that there is an email capability to take away.
  .replace("[SEND_EMAIL, BE_LOOKED_UP]", "[SEND_EMAIL, MASS_EMAIL, BE_LOOKED_UP]")
  .replace("root@acme.test: { name: Root, role: ceo,", "root@acme.test: { name: Root, role: chief,")
  .replace(
    "profiles:\n",
    `profiles:\n${MANAGING.map((each) => `  ${profileOf(each)}: { name: Only ${each}, modules: {}, capabilities: [${each}] }\n`).join("")}  remover: { name: Remover, modules: { deals: [VIEW, DELETE] }, capabilities: [MANAGE_MODULES] }\n`,
  )
  .replace(
    "groups:\n",
    `${MANAGING.map((each) => `  ${addressOf(each)}: { name: ${each}, role: service, profile: ${profileOf(each)} }\n`).join("")}  remover@acme.test: { name: Remover, role: service, profile: remover }
  boss@acme.test: { name: Boss, role: ceo }
  gone@acme.test: { name: Gone, role: outside, profile: people, status: DELETED }
groups:
`,
  );

const denying = (denials: string) =>
  WORLD.replace("extraDenials: [RECORD_DELETE]", `extraDenials: [${denials}]`);

export const CALLERS: readonly Caller[] = [
  { title: "the super administrator", as: "root@acme.test", text: WORLD },
  { title: "somebody without any", as: "ray@acme.test", text: WORLD },
  { title: "the support agent", as: AGENT, text: denying("") },
  ...DENIABLE.map((each) => ({ title: `the support agent without ${each}`, as: AGENT, text: denying(each) })),
  ...MANAGING.map((each) => ({ title: `who holds ${each} alone`, as: addressOf(each), text: WORLD })),
  { title: "who manages modules and deletes deals", as: "remover@acme.test", text: WORLD },
];
