import type { MutationName } from "../../src/policy/rights/needs.ts";
import type { Gateway } from "../graphql/gateway.ts";
import type { MutationRow } from "../graphql/mutations/row.ts";
import { allRows } from "../graphql/mutations/rows.ts";
import { atVersion, moduleId, profileId } from "../graphql/noun-id.ts";
import type { Caller } from "./world.ts";

/** One mutation that somebody tries. */
export type Attempt = {
  readonly name: MutationName;
  readonly input: (gateway: Gateway, caller: Caller) => Promise<object>;
};

/** Every input of every mutation's row; and those by which people were moved and values destroyed through other doors. */
export async function allAttempts(): Promise<readonly Attempt[]> {
  return [...(await allRows()).flatMap(attemptsOf), ...DOORS];
}

function attemptsOf(row: MutationRow): readonly Attempt[] {
  const columns = [row.allowed, row.noCapability, row.outOfReach, row.notWritable];
  return columns.flatMap((column) => ("why" in column ? [] : [{ name: row.name, input: column.input }]));
}

const role = (gateway: Gateway, key: string) => gateway.id("Role", key);
const removal = (id: string, heir: string): Attempt => ({
  name: "deleteRole",
  input: async (gateway) => ({
    id: await role(gateway, id),
    transferTo: await role(gateway, heir),
    force: true,
  }),
});
const heir = (id: string, transferTo: string): Attempt => ({
  name: "deleteProfile",
  input: async (gateway) => ({
    id: await profileId(gateway, id),
    transferTo: await profileId(gateway, transferTo),
  }),
});
const user = (email: string | null, change: (gateway: Gateway) => Promise<object>): Attempt => ({
  name: "updateUser",
  input: async (gateway, { as }) => {
    const self = as === "agent@vendor.test" ? "ray@acme.test" : as;
    return { id: await gateway.user(email ?? self), ...(await change(gateway)) };
  },
});
const address = (email: string | null): Attempt => ({
  name: "changeUserEmail",
  input: async (gateway, { as }) => {
    const self = as === "agent@vendor.test" ? "ray@acme.test" : as;
    return { id: await gateway.user(email ?? self), email: "somebody-else@acme.test" };
  },
});
const leaving = (name: "deactivateUser" | "deleteUser", email: string | null, meant: object): Attempt => ({
  name,
  input: async (gateway, { as }) => {
    const self = as === "agent@vendor.test" ? "sue@acme.test" : as;
    return { id: await gateway.user(email ?? self), ...meant };
  },
});
const administrators = (email: string | null): Attempt => ({
  name: "addAdministrators",
  input: async (gateway, { as }) => {
    const self = as === "agent@vendor.test" ? "sue@acme.test" : as;
    return { users: [await gateway.user(email ?? self)] };
  },
});
const field = (key: string, change: object): Attempt => ({
  name: "updateField",
  input: async (gateway) =>
    atVersion(gateway, { id: await gateway.field("leads", key), confirm: true, ...change }),
});
const module = (key: string): Attempt => ({
  name: "deleteModule",
  input: async (gateway) => ({ id: await moduleId(gateway, key), confirm: true }),
});

const DOORS: readonly Attempt[] = [
  // People go to another role, the super administrator, the caller and a tombstone among them.
  removal("rep", "head"),
  removal("service", "ceo"),
  removal("chief", "outside"),
  removal("outside", "service"),
  // Whose children go below another one: the super administrator's role too.
  removal("ceo", "outside"),
  {
    name: "moveRole",
    input: async (gateway) => ({
      id: await role(gateway, "chief"),
      parent: await role(gateway, "service"),
    }),
  },
  {
    name: "moveRole",
    input: async (gateway) => ({ id: await role(gateway, "ceo"), parent: await role(gateway, "outside") }),
  },
  // People get another profile.
  heir("auditor", "standard"),
  heir("auditor", "administrator"),
  heir("people", "auditor"),
  heir("manage-profiles", "standard"),
  // Somebody gets another place; oneself, and who comes to stand above the super administrator.
  user("root@acme.test", async (gateway) => ({ reportsTo: await gateway.user("boss@acme.test") })),
  user("root@acme.test", async (gateway) => ({ role: await role(gateway, "rep") })),
  user("root@acme.test", async (gateway) => ({ profile: await profileId(gateway, "standard") })),
  user("ray@acme.test", async (gateway) => ({ profile: await profileId(gateway, "administrator") })),
  user("ray@acme.test", async (gateway) => ({ profile: await profileId(gateway, "auditor") })),
  user(null, async (gateway) => ({ role: await role(gateway, "ceo") })),
  user(null, async (gateway) => ({ reportsTo: await gateway.user("boss@acme.test") })),
  user(null, async (gateway) => ({ profile: await profileId(gateway, "standard") })),
  // Addresses change hands: of administrators, of who may more, of the caller, of who has not come yet.
  address("root@acme.test"),
  address("ann@acme.test"),
  address("pam@acme.test"),
  address("manage-users@acme.test"),
  address(null),
  // Work ends, that of the super administrator, of oneself, and of whom rules, groups and shares name.
  ...["root@acme.test", "hal@acme.test", null].flatMap((email) => [
    leaving("deactivateUser", email, {}),
    leaving("deleteUser", email, { confirm: true }),
    leaving("deleteUser", email, { confirm: true, force: true }),
  ]),
  // Somebody becomes an administrator, oneself; and is none any more.
  ...["ray@acme.test", null].map((email) => administrators(email)),
  // People get another place together, oneself and the super administrator among them.
  {
    name: "moveUsers",
    input: async (gateway, { as }) => {
      const self = as === "agent@vendor.test" ? "ray@acme.test" : as;
      const people = ["root@acme.test", "rex@acme.test", ...(self === "root@acme.test" ? [] : [self])];
      return {
        items: await Promise.all(
          people.map(async (email) => ({
            id: await gateway.user(email),
            role: await role(gateway, "outside"),
            profile: await profileId(gateway, "auditor"),
          })),
        ),
      };
    },
  },
  {
    name: "cloneProfile",
    input: async (gateway) => ({ id: await profileId(gateway, "standard"), name: "Clone" }),
  },
  {
    name: "cloneProfile",
    input: async (gateway) => ({ id: await profileId(gateway, "administrator"), name: "Clone" }),
  },
  // Values and records vanish.
  field("status", { options: ["new"] }),
  field("tags", { options: ["cold"] }),
  field("revenue", { type: "TEXT" }),
  field("account", { lookupModule: "deals" }),
  module("leads"),
  module("tickets"),
  // What a profile gives is given, and taken.
  {
    name: "updateProfile",
    input: async (gateway) =>
      atVersion(gateway, { id: await profileId(gateway, "standard"), capabilities: [] }),
  },
  {
    name: "updateProfile",
    input: async (gateway) =>
      atVersion(gateway, {
        id: await profileId(gateway, "standard"),
        capabilities: ["MASS_EMAIL", "EXPORT_DATA"],
      }),
  },
  {
    name: "updateProfile",
    input: async (gateway) =>
      atVersion(gateway, {
        id: await profileId(gateway, "auditor"),
        permissions: [{ module: "leads", permissions: ["VIEW", "DELETE", "EXPORT"] }],
      }),
  },
];
